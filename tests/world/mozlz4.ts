const MAGIC = Buffer.from('mozLz40\0', 'latin1');
const MOST_BYTES = 1 << 28;

/**
 * What stands in a file that Firefox compressed as a whole (`.jsonlz4`, `.mozlz4`, `.baklz4`: session, search, telemetry):
 * magic, length, one LZ4 block. `undefined` for any other file. What could be decoded before a fault is returned.
 * Format: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
 */
export function decodeMozLz4(file: Uint8Array): Uint8Array | undefined {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < 12 || !bytes.subarray(0, 8).equals(MAGIC)) return undefined;
  const out = new Uint8Array(Math.min(bytes.readUInt32LE(8), MOST_BYTES));
  let at = 12;
  let written = 0;
  const run = (nibble: number) => {
    let length = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; ) {
      more = bytes[at++] ?? 0;
      length += more;
    }
    return length;
  };
  while (at < bytes.length && written < out.length) {
    const token = bytes[at++] ?? 0;
    const literals = Math.min(run(token >> 4), bytes.length - at, out.length - written);
    out.set(bytes.subarray(at, at + literals), written);
    at += literals;
    written += literals;
    if (at + 2 > bytes.length) break; // the last sequence has no copy
    const distance = bytes.readUInt16LE(at);
    at += 2;
    if (distance === 0 || distance > written) break;
    const end = Math.min(written + run(token & 15) + 4, out.length);
    for (; written < end; written++) out[written] = out[written - distance] ?? 0;
  }
  return out.subarray(0, written);
}
