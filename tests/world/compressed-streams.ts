import { brotliDecompressSync, constants, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { decodeSnappy } from './snappy.ts';

/** A compressed stream found inside other bytes, decompressed. */
export interface Unpacked {
  readonly container: 'gzip' | 'zlib' | 'snappy value' | 'cached body';
  readonly content: Uint8Array;
}

/** Streams that are cut off at the end of the file still give what they hold. */
const LENIENT = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 28 };

/**
 * Compressed streams that begin anywhere in `data` and can be told by their first bytes: gzip members, zlib streams, and
 * IndexedDB values that Chromium compressed with Snappy (0xff 0x11 0x02, `IDBValueWrapper` in Blink).
 */
export function* streamsInside(data: Uint8Array): Generator<Unpacked> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (const at of startsOf(bytes, [0x1f, 0x8b, 0x08])) {
    // Not gunzip: it takes what follows the member in the file for a broken second member.
    const content = attempt(() => inflateRawSync(bytes.subarray(gzipHeaderEnd(bytes, at)), LENIENT));
    if (content !== undefined) yield { container: 'gzip', content };
  }
  // 0x78 and a second byte that makes both together a multiple of 31 (RFC 1950): the four usual compression levels.
  for (const second of [0x01, 0x5e, 0x9c, 0xda]) {
    for (const at of startsOf(bytes, [0x78, second])) {
      const content = attempt(() => inflateSync(bytes.subarray(at), LENIENT));
      if (content !== undefined) yield { container: 'zlib', content };
    }
  }
  for (const at of startsOf(bytes, [0xff, 0x11, 0x02])) {
    const content = decodeSnappy(bytes, at + 3);
    if (content !== undefined) yield { container: 'snappy value', content };
  }
}

/** First bytes of an entry of Chromium's simple HTTP cache, little-endian 0xfcfb6d1ba7725c30. */
const SIMPLE_CACHE = Buffer.from([0x30, 0x5c, 0x72, 0xa7, 0x1b, 0x6d, 0xfb, 0xfc]);
const SIMPLE_CACHE_END = Buffer.from([0xd8, 0x41, 0x0d, 0x97, 0x45, 0x6f, 0xfa, 0xf4]);
const SIMPLE_CACHE_HEADER_BYTES = 24;

/**
 * The body of an HTTP cache entry whose compression has no mark of its own (Brotli, raw deflate) or was named in the stored
 * headers. Simple cache (net/disk_cache/simple/simple_entry_format.h): header, key, body, end mark, HTTP headers.
 * Blockfile cache: a body above 16 KiB is a file `f_…` of its own, tried with each compression; smaller Brotli bodies
 * inside its `data_…` files are NOT decoded. Firefox (netwerk/cache2/CacheFileMetadata.cpp): body, then what the last four
 * bytes point to, with the HTTP headers.
 */
export function* cachedBody(name: string, file: Uint8Array): Generator<Unpacked> {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (/^f_[0-9a-f]{6}$/.test(name)) {
    yield* decoded(bytes, ['br', 'zstd', 'deflate']);
    return;
  }
  if (/^[0-9A-F]{40}$/.test(name) && bytes.length >= 4) {
    const bodyEnd = bytes.readUInt32BE(bytes.length - 4);
    if (bodyEnd < bytes.length) yield* decoded(bytes.subarray(0, bodyEnd), encodingsNamed(bytes, bodyEnd));
    return;
  }
  if (bytes.length < SIMPLE_CACHE_HEADER_BYTES || !bytes.subarray(0, 8).equals(SIMPLE_CACHE)) return;
  const start = SIMPLE_CACHE_HEADER_BYTES + bytes.readUInt32LE(12);
  const end = bytes.indexOf(SIMPLE_CACHE_END, start);
  if (end < 0) return;
  yield* decoded(bytes.subarray(start, end), encodingsNamed(bytes, end));
}

/** What the stored headers say of the body's compression. */
function encodingsNamed(bytes: Buffer, headers: number): string[] {
  const named = /content-encoding:\s*([a-z, ]+)/i.exec(bytes.toString('latin1', headers))?.[1];
  return named === undefined ? [] : named.toLowerCase().split(/[ ,]+/);
}

function* decoded(body: Buffer, encodings: readonly string[]): Generator<Unpacked> {
  for (const encoding of encodings) {
    const content = attempt(() => {
      if (encoding === 'br') return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
      if (encoding === 'zstd') return zstdDecompressSync(body);
      if (encoding === 'deflate') return attempt(() => inflateSync(body, LENIENT)) ?? inflateRawSync(body, LENIENT);
      return undefined;
    });
    if (content !== undefined) yield { container: 'cached body', content };
  }
}

/** RFC 1952: ten bytes, then what the flags announce (extra field, file name, comment, checksum). */
function gzipHeaderEnd(bytes: Buffer, start: number): number {
  const flags = bytes[start + 3] ?? 0;
  let at = start + 10;
  if (flags & 0x04) at += 2 + bytes.readUInt16LE(at);
  for (const named of [0x08, 0x10]) if (flags & named) at = bytes.indexOf(0, at) + 1;
  return flags & 0x02 ? at + 2 : at;
}

function* startsOf(bytes: Buffer, mark: readonly number[]): Generator<number> {
  const wanted = Buffer.from(mark);
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) yield at;
}

/** Most places that look like a stream are none: then there is nothing to unpack. */
function attempt(unpack: () => Uint8Array | undefined): Uint8Array | undefined {
  try {
    const content = unpack();
    return content === undefined || content.length === 0 ? undefined : content;
  } catch {
    return undefined;
  }
}
