import { decodeMozLz4 } from './mozlz4.ts';
import { decodeSnappy } from './snappy.ts';
import { sqlitePayloads } from './sqlite-payloads.ts';

/** Something that Firefox stores in a form of its own, made readable. */
interface FirefoxPart {
  readonly container: 'mozlz4' | 'sqlite record' | 'structured clone' | 'indexeddb key';
  readonly content: Uint8Array;
}

/**
 * Everything in a file of a Firefox profile that a search of its bytes would overlook. `path` is its place in the profile.
 *
 * NOT decoded: the startup cache's own archives (`startupCache/*.bin`, `*.little`), which hold the browser's code; bodies in
 * the Cache API and values of localStorage that are long enough to be compressed, neither of which the add-on uses.
 */
export function* firefoxParts(path: string, file: Uint8Array): Generator<FirefoxPart> {
  const unpacked = decodeMozLz4(file);
  if (unpacked !== undefined) yield { container: 'mozlz4', content: unpacked };
  if (!/\.sqlite(?:-wal)?$/.test(path)) return;
  yield* clones(file);
  for (const content of sqlitePayloads(file)) {
    yield { container: 'sqlite record', content };
    yield* clones(content);
  }
  // IndexedDB writes a text as a key with every character one higher (dom/indexedDB/Key.cpp).
  if (/(?:^|[\\/])idb[\\/]/.test(path)) yield { container: 'indexeddb key', content: file.map((byte) => byte - 1) };
}

/** How every value begins: where it may be read, 3 for IndexedDB, and the tag of the header (js/src/vm/StructuredClone.cpp). */
const HEADER = Buffer.from([0x03, 0, 0, 0, 0, 0, 0xf1, 0xff]);
/** The same as Snappy writes it: two bytes, four times the one before, then a run that begins with the last two. */
const HEADER_IN_SNAPPY = Buffer.from([0x04, 0x03, 0x00, 0x01, 0x01]);
const LONGEST_LENGTH = 5;

/** IndexedDB values, which are Snappy blocks without a mark of their own: a length, then what their header becomes. */
function* clones(data: Uint8Array): Generator<FirefoxPart> {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  for (let at = bytes.indexOf(HEADER_IN_SNAPPY); at >= 0; at = bytes.indexOf(HEADER_IN_SNAPPY, at + 1)) {
    const content = longestAt(bytes, at);
    if (content !== undefined) yield { container: 'structured clone', content };
  }
}

/** Where the length begins cannot be told, so the longest of the possible ones counts: too much of the value harms nobody. */
function longestAt(bytes: Buffer, end: number): Uint8Array | undefined {
  for (let start = Math.max(0, end - LONGEST_LENGTH); start < end; start++) {
    const isLength = bytes.subarray(start, end).every((byte, at) => byte >= 0x80 === start + at < end - 1);
    const content = isLength ? decodeSnappy(bytes, start) : undefined;
    if (content !== undefined && HEADER.equals(content.subarray(0, HEADER.length))) return content;
  }
  return undefined;
}
