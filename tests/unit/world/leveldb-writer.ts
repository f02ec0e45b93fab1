import { compress } from 'snappyjs';

/** Writes LevelDB files as the format's own documents describe them, to prove the reader on; checksums are left zero. */

const BLOCK_BYTES = 32 * 1024;

export type Entry = readonly [key: string | Uint8Array, value: string | Uint8Array];

/** A `.ldb` table: data blocks with prefix-compressed keys, a filter block, meta index, index, footer. */
export function levelDbTable(
  blocks: readonly (readonly Entry[])[],
  options: { readonly snappy?: boolean; readonly filter?: Buffer } = {},
): Buffer {
  const parts: Buffer[] = [];
  let offset = 0;
  const add = (content: Buffer, snappy = false): Buffer => {
    const stored = snappy ? Buffer.from(compress(content)) : content;
    parts.push(stored, Buffer.of(snappy ? 1 : 0, 0, 0, 0, 0));
    const handle = Buffer.concat([varint(offset), varint(stored.length)]);
    offset += stored.length + 5;
    return handle;
  };
  const handles = blocks.map((entries) => add(block(entries), options.snappy ?? true));
  const filter = add(options.filter ?? Buffer.alloc(8));
  const meta = add(block([['filter.leveldb.BuiltinBloomFilter2', filter]]));
  const index = add(block(handles.map((handle, at) => [`separator ${String(at).padStart(4, '0')}`, handle])));
  const footer = Buffer.alloc(48);
  Buffer.concat([meta, index]).copy(footer);
  Buffer.from('57fb808b247547db', 'hex').copy(footer, 40);
  return Buffer.concat([...parts, footer]);
}

/** A `.log` file: each record cut into fragments so that none crosses the border of a 32 KiB block. */
export function levelDbLog(records: readonly Uint8Array[]): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  const push = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const record of records) {
    let written = 0;
    do {
      let room = BLOCK_BYTES - (at % BLOCK_BYTES);
      if (room < 7) {
        push(Buffer.alloc(room));
        room = BLOCK_BYTES;
      }
      const piece = record.subarray(written, written + room - 7);
      const first = written === 0;
      written += piece.length;
      const last = written === record.length;
      const header = Buffer.alloc(7);
      header.writeUInt16LE(piece.length, 4);
      header.writeUInt8(first ? (last ? 1 : 2) : last ? 4 : 3, 6);
      push(Buffer.concat([header, piece]));
    } while (written < record.length);
  }
  return Buffer.concat(parts);
}

function block(entries: readonly Entry[]): Buffer {
  const parts: Buffer[] = [];
  let before = Buffer.alloc(0);
  for (const [key, value] of entries) {
    const full = Buffer.from(key as Uint8Array);
    const content = Buffer.from(value as Uint8Array);
    let shared = 0;
    while (shared < before.length && shared < full.length && before[shared] === full[shared]) shared++;
    parts.push(varint(shared), varint(full.length - shared), varint(content.length), full.subarray(shared), content);
    before = full;
  }
  const tail = Buffer.alloc(8); // one restart point, at zero
  tail.writeUInt32LE(1, 4);
  return Buffer.concat([...parts, tail]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.of(...bytes, rest);
}
