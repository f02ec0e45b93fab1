const BLOCK_BYTES = 32 * 1024;
const HEADER_BYTES = 7;
const FULL = 1;
const FIRST = 2;
const LAST = 4;

/** LevelDB writes its write-ahead logs (`000003.log`) and manifests in the same framing. */
export function isLevelDbLogName(name: string): boolean {
  return /^(\d{6,}\.log|MANIFEST-\d{6,})$/.test(name);
}

/**
 * The records of a LevelDB log, put together again where they were cut at the border of a 32 KiB block. Pieces whose
 * beginning or end is missing (a crash, a reused file) are handed out as they are: they may still give something away.
 * Format: https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
export function* levelDbLogRecords(file: Uint8Array): Generator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  for (const [type, piece] of fragments(file)) {
    if (type === FULL || type === FIRST) {
      if (pieces.length > 0) yield Buffer.concat(pieces);
      pieces = [];
    }
    pieces.push(piece);
    if (type === FULL || type === LAST) {
      yield pieces.length === 1 ? piece : Buffer.concat(pieces);
      pieces = [];
    }
  }
  if (pieces.length > 0) yield Buffer.concat(pieces);
}

function* fragments(file: Uint8Array): Generator<readonly [number, Uint8Array]> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let block = 0; block < file.length; block += BLOCK_BYTES) {
    const end = Math.min(block + BLOCK_BYTES, file.length);
    let at = block;
    while (at + HEADER_BYTES <= end) {
      const length = view.getUint16(at + 4, true);
      const type = view.getUint8(at + 6);
      if (type < FULL || type > LAST) break; // the rest of the block is padding or was never written
      const start = at + HEADER_BYTES;
      at = Math.min(start + length, end);
      yield [type, file.subarray(start, at)];
    }
  }
}
