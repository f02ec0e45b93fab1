/** Something that must not stand on disk: a text (name, e-mail, token) or bytes (a key). */
export interface Needle {
  /** What kind of thing it is, such as `account name`; reports and exceptions go by it. */
  readonly label: string;
  readonly value: string | Uint8Array;
}

/** How a value can stand on disk. */
export type NeedleEncoding = 'utf-8' | 'latin-1' | 'utf-16' | 'base64' | 'hex' | 'percent' | 'bytes';

export interface EncodedNeedle {
  readonly encoding: NeedleEncoding;
  readonly bytes: Uint8Array;
}

/** Every byte sequence that gives `value` away. */
export function encodingsOf(value: string | Uint8Array): EncodedNeedle[] {
  if (typeof value !== 'string') return [{ encoding: 'bytes', bytes: value }, ...base64(value), ...hex(value)];
  const utf8 = Buffer.from(value, 'utf8');
  return [
    { encoding: 'utf-8', bytes: utf8 },
    ...latin1(value),
    ...utf16(value),
    ...base64(utf8),
    ...hex(utf8),
    ...percent(value),
  ];
}

/** V8 writes a string whose characters are all below 256 as Latin-1: so does IndexedDB with "Müller". */
function latin1(value: string): EncodedNeedle[] {
  const plain = [...value].every((char) => char < '\u0080');
  const fits = [...value].every((char) => char < '\u0100');
  return fits && !plain ? [{ encoding: 'latin-1', bytes: Buffer.from(value, 'latin1') }] : [];
}

/**
 * IndexedDB writes values in little-endian and keys in big-endian UTF-16. As long as the characters are below 256, the
 * little-endian form without its last zero stands inside the big-endian one, so one pattern finds both.
 */
function utf16(value: string): EncodedNeedle[] {
  const little = Buffer.from(value, 'utf16le');
  if ([...value].every((char) => char < '\u0100')) return [{ encoding: 'utf-16', bytes: little.subarray(0, -1) }];
  return [
    { encoding: 'utf-16', bytes: little },
    { encoding: 'utf-16', bytes: Buffer.from(little).swap16() },
  ];
}

/** Inside a longer base64 text a value looks different at each of the three places it can start in a group of bytes. */
function base64(bytes: Uint8Array): EncodedNeedle[] {
  const texts = new Set<string>();
  for (const before of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // Only the characters that no neighbouring byte has a share in.
    const own = whole.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    texts.add(own).add(own.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...texts].map((text) => ({ encoding: 'base64', bytes: Buffer.from(text, 'latin1') }));
}

function hex(bytes: Uint8Array): EncodedNeedle[] {
  const text = Buffer.from(bytes).toString('hex');
  return [...new Set([text, text.toUpperCase()])].map((form) => ({ encoding: 'hex', bytes: Buffer.from(form, 'latin1') }));
}

/** As part of an address, with a space as `%20` or `+`. */
function percent(value: string): EncodedNeedle[] {
  const escaped = encodeURIComponent(value.toWellFormed());
  if (escaped === value) return [];
  return [...new Set([escaped, escaped.replaceAll('%20', '+')])].map((form) => ({
    encoding: 'percent',
    bytes: Buffer.from(form, 'latin1'),
  }));
}
