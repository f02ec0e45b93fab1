/**
 * Deflate before sealing, since sealed bytes do not compress on disk. The first byte says which form follows.
 * A box under the threshold stays as it is: padding to 256 bytes would eat the gain.
 */
const RAW = 0;
const DEFLATE = 1;
const THRESHOLD = 1024;

async function through(bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const piped = new Blob([bytes]).stream().pipeThrough(stream as ReadableWritablePair<Uint8Array, Uint8Array<ArrayBuffer>>);
  return new Uint8Array(await new Response(piped).arrayBuffer());
}

function marked(mark: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length + 1);
  result[0] = mark;
  result.set(bytes, 1);
  return result;
}

/** `bytes` with its mark in front, deflated where that is shorter. */
export async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length < THRESHOLD) return marked(RAW, bytes);
  const deflated = await through(bytes, new CompressionStream('deflate-raw'));
  return deflated.length < bytes.length ? marked(DEFLATE, deflated) : marked(RAW, bytes);
}

/** What `compress` was given. */
export async function decompress(bytes: Uint8Array): Promise<Uint8Array> {
  const content = bytes.slice(1);
  return bytes[0] === DEFLATE ? through(content, new DecompressionStream('deflate-raw')) : content;
}
