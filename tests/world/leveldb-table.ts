import { zstdDecompressSync } from 'node:zlib';
import { decodeSnappy } from './snappy.ts';

/** Last eight bytes of every LevelDB table, little-endian 0xdb4775248b80fb57. */
const MAGIC = Uint8Array.of(0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb);
const FOOTER_BYTES = 48;

/** True for `.ldb` and `.sst` files, by what they hold and not by their name. */
export function isLevelDbTable(file: Uint8Array): boolean {
  if (file.length < FOOTER_BYTES) return false;
  return MAGIC.every((byte, index) => file[file.length - MAGIC.length + index] === byte);
}

/**
 * All that a LevelDB table holds, as plain bytes: data blocks decompressed and with their keys written out in full
 * (a key is stored without the part it shares with the one before), then index, filter and other meta blocks.
 * Format: https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
export function* levelDbTableContents(file: Uint8Array): Generator<Uint8Array> {
  const footer = new Reader(file, file.length - FOOTER_BYTES);
  const metaIndex = block(file, footer.varint(), footer.varint());
  const index = block(file, footer.varint(), footer.varint());
  yield plainEntries(index);
  for (const [, handle] of entries(index)) yield plainEntries(blockOf(file, handle));
  yield plainEntries(metaIndex);
  for (const [, handle] of entries(metaIndex)) yield blockOf(file, handle);
}

function blockOf(file: Uint8Array, handle: Uint8Array): Uint8Array {
  const reader = new Reader(handle, 0);
  return block(file, reader.varint(), reader.varint());
}

function block(file: Uint8Array, offset: number, size: number): Uint8Array {
  const stored = file.subarray(offset, offset + size);
  const compression = file[offset + size];
  if (compression === 0) return stored;
  if (compression === 1) return decodeSnappy(stored) ?? new Uint8Array();
  if (compression === 2) return zstdDecompressSync(stored);
  throw new Error(`unknown block compression ${compression}`);
}

/** Keys and values of a block, each key in full. */
function* entries(content: Uint8Array): Generator<readonly [Uint8Array, Uint8Array]> {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length < 4) return;
  const restarts = view.getUint32(content.length - 4, true);
  const end = content.length - 4 - 4 * restarts;
  const reader = new Reader(content, 0);
  let key = new Uint8Array();
  while (reader.at < end) {
    const shared = reader.varint();
    const own = reader.varint();
    const size = reader.varint();
    if (shared > key.length || reader.at + own + size > end) throw new Error('broken block');
    const full = new Uint8Array(shared + own);
    full.set(key.subarray(0, shared));
    full.set(reader.take(own), shared);
    key = full;
    yield [key, reader.take(size)];
  }
}

function plainEntries(content: Uint8Array): Uint8Array {
  try {
    return Buffer.concat([...entries(content)].flat());
  } catch {
    return content; // no key-value block: scanned as it stands
  }
}

class Reader {
  at: number;
  readonly #data: Uint8Array;

  constructor(data: Uint8Array, at: number) {
    this.#data = data;
    this.at = at;
  }

  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = this.#data[this.at++];
      if (byte === undefined) throw new Error('ends inside a number');
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    throw new Error('number too long');
  }

  take(size: number): Uint8Array {
    const taken = this.#data.subarray(this.at, this.at + size);
    this.at += size;
    return taken;
  }
}
