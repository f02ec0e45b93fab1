const MOST_BYTES = 1 << 28;

/**
 * Decompresses a raw Snappy block that starts at `start` and ends wherever it ends: leftovers in a profile have no known
 * length, which the usual libraries insist on. What could be decoded before a fault is returned; `undefined` when there
 * is nothing. Format: https://github.com/google/snappy/blob/main/format_description.txt
 */
export function decodeSnappy(data: Uint8Array, start = 0): Uint8Array | undefined {
  let at = start;
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = data[at++];
      if (byte === undefined) return -1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return -1;
  };
  const little = (bytes: number) => {
    let value = 0;
    for (let index = 0; index < bytes; index++) value += (data[at++] ?? 0) * 2 ** (8 * index);
    return value;
  };
  const length = varint();
  // A copy makes 64 bytes of 3: what claims to grow more than that is not Snappy.
  if (length <= 0 || length > MOST_BYTES || length > (data.length - at) * 64) return undefined;
  const out = new Uint8Array(length);
  let written = 0;
  while (written < length && at < data.length) {
    const tag = data[at++] ?? 0;
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const run = (short < 60 ? short : little(short - 59)) + 1;
      const taken = Math.min(run, length - written, data.length - at);
      out.set(data.subarray(at, at + taken), written);
      written += taken;
      at += taken;
      if (taken < run) break;
      continue;
    }
    const run = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const distance = kind === 1 ? ((tag >> 5) << 8) | little(1) : little(kind === 2 ? 2 : 4);
    if (distance === 0 || distance > written) break;
    const end = Math.min(written + run, length);
    for (; written < end; written++) out[written] = out[written - distance] ?? 0;
  }
  return written === 0 ? undefined : out.subarray(0, written);
}
