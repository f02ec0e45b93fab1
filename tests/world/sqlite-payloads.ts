const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const WAL_MAGICS = [0x377f0682, 0x377f0683];
const WAL_HEADER = 32;
const WAL_FRAME_HEADER = 24;
const FILE_HEADER = 100;
const TABLE_LEAF = 0x0d;
const INDEX_LEAF = 0x0a;
const INDEX_INTERIOR = 0x02;

/** The pages of a database or its write-ahead log, each with where it stands; `find` looks one up by its number. */
interface Pages {
  /** Bytes of a page that SQLite uses. */
  usable: number;
  all: readonly { page: Buffer; first: boolean }[];
  find(number: number): Buffer | undefined;
}

/**
 * The records of a SQLite file that do not lie in one piece, put together: a value cut at the border of a page would be
 * overlooked. Every page is read, not only those of living tables, since deleting a row leaves its page as it was. What lies
 * in one piece is not repeated here. Format: https://www.sqlite.org/fileformat.html
 */
export function* sqlitePayloads(file: Uint8Array): Generator<Uint8Array> {
  const pages = pagesOf(Buffer.from(file.buffer, file.byteOffset, file.byteLength));
  if (pages === undefined) return;
  for (const { page, first } of pages.all) {
    const header = first ? FILE_HEADER : 0;
    const type = page[header];
    if (type !== TABLE_LEAF && type !== INDEX_LEAF && type !== INDEX_INTERIOR) continue;
    const pointers = header + (type === INDEX_INTERIOR ? 12 : 8);
    const cells = page.readUInt16BE(header + 3);
    for (let cell = 0; cell < cells && pointers + cell * 2 + 2 <= page.length; cell++) {
      const payload = spilled(pages, page, page.readUInt16BE(pointers + cell * 2), type);
      if (payload !== undefined) yield payload;
    }
  }
}

function pagesOf(file: Buffer): Pages | undefined {
  if (file.length >= FILE_HEADER && file.subarray(0, 16).equals(MAGIC)) {
    const stated = file.readUInt16BE(16);
    const size = stated === 1 ? 65_536 : stated;
    if (size < 512) return undefined;
    const find = (number: number) =>
      number > 0 && number * size <= file.length ? file.subarray((number - 1) * size, number * size) : undefined;
    const all = Array.from({ length: Math.floor(file.length / size) }, (_, index) => ({
      page: file.subarray(index * size, (index + 1) * size),
      first: index === 0,
    }));
    return { usable: size - (file[20] ?? 0), all, find };
  }
  if (file.length < WAL_HEADER || !WAL_MAGICS.includes(file.readUInt32BE(0))) return undefined;
  const size = file.readUInt32BE(8);
  if (size < 512 || size > 65_536) return undefined;
  const latest = new Map<number, Buffer>();
  const all: { page: Buffer; first: boolean }[] = [];
  for (let at = WAL_HEADER; at + WAL_FRAME_HEADER + size <= file.length; at += WAL_FRAME_HEADER + size) {
    const number = file.readUInt32BE(at);
    const page = file.subarray(at + WAL_FRAME_HEADER, at + WAL_FRAME_HEADER + size);
    latest.set(number, page);
    all.push({ page, first: number === 1 });
  }
  return { usable: size, all, find: (number) => latest.get(number) };
}

/** The payload of a cell that goes on in overflow pages. */
function spilled({ usable, find }: Pages, page: Buffer, start: number, type: number): Buffer | undefined {
  let at = start + (type === INDEX_INTERIOR ? 4 : 0);
  const varint = () => {
    let value = 0;
    for (let count = 0; count < 9; count++) {
      const byte = page[at++] ?? 0;
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    return value;
  };
  const total = varint();
  if (type === TABLE_LEAF) varint(); // the row's number
  const most = type === TABLE_LEAF ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23;
  if (total <= most || total > 1 << 30) return undefined;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const fitting = least + ((total - least) % (usable - 4));
  const local = fitting <= most ? fitting : least;
  if (at + local + 4 > page.length) return undefined;
  const pieces = [page.subarray(at, at + local)];
  let next = page.readUInt32BE(at + local);
  for (let left = total - local; left > 0; left -= usable - 4) {
    const overflow = find(next);
    if (overflow === undefined) break;
    pieces.push(overflow.subarray(4, Math.min(usable, 4 + left)));
    next = overflow.readUInt32BE(0);
  }
  return Buffer.concat(pieces);
}
