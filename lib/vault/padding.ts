/**
 * Padding hides how long a plaintext is: small ones are filled up to steps of 256 bytes, larger ones to one of 16
 * sizes per power of two (the idea of Padmé, Nikitin et al., PETS 2019), which costs at most 1/16.
 */
const STEP = 256;
const HEADER = 4;

/** The padded size for `length` bytes of content plus header, both in bytes. */
export function paddedSize(length: number): number {
  const needed = length + HEADER;
  const step = needed <= STEP * 16 ? STEP : 2 ** (Math.floor(Math.log2(needed)) - 4);
  return Math.ceil(needed / step) * step;
}

/** `content` with its length in front and zeros behind. */
export function pad(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(paddedSize(content.length));
  new DataView(padded.buffer).setUint32(0, content.length);
  padded.set(content, HEADER);
  return padded;
}

/** The content of what `pad` made, or null when the length in front cannot be true. */
export function unpad(padded: Uint8Array): Uint8Array | null {
  if (padded.length < HEADER) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - HEADER || paddedSize(length) !== padded.length) return null;
  return padded.subarray(HEADER, HEADER + length);
}
