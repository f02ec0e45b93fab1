/** What is done to text of the CRM before it is shown. React escapes it; these take care of the rest. */

/** Characters that turn the reading direction of what follows, so that `gpj.exe` can pose as `exe.jpg`. */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/gu;

/** No name or subject in a CRM needs more than this, and a megabyte of text would freeze the view. */
const LONGEST = 500;

/** `value` as it may be shown: whole characters, no direction controls (each becomes a visible mark), capped. */
export function readable(value: string): string {
  const cut = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  return cut.toWellFormed().replace(DIRECTION_CONTROLS, '\ufffd').trim();
}

/** One or two letters for an avatar: first and last word of a name. Empty when the name has no letter or digit. */
export function initialsOf(name: string): string {
  const words = readable(name).match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu) ?? [];
  const first = words.at(0);
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last]
    .map((word) => (word ? (Array.from(word)[0] ?? '') : ''))
    .join('')
    .toLocaleUpperCase();
}

const TINTS = 8;

/** The same name always gets the same tint. */
export function tintOf(name: string): number {
  let sum = 0;
  for (let index = 0; index < Math.min(name.length, LONGEST); index += 1) sum = (sum * 31 + name.charCodeAt(index)) >>> 0;
  return sum % TINTS;
}

/** A link that may be followed: absolute http or https. A bare `acme.com` is read as https. Null for everything else. */
export function webLink(value: string | null): string | null {
  const text = value?.trim() ?? '';
  if (text === '') return null;
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(candidate)) return null;
  const url = new URL(candidate);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
}

/** `https://www.acme.com/` → `acme.com`: the part of a web address that people read. */
export function shortAddress(value: string): string {
  return readable(value)
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/\/+$/, '');
}

/** A `mailto:` link, or null when the text is not one plain address (a second address or a header could hide in it). */
export function mailLink(email: string | null): string | null {
  const text = email?.trim() ?? '';
  return /^[^\s@<>,;?&"]+@[^\s@<>,;?&"]+$/.test(text) ? `mailto:${encodeURIComponent(text).replace('%40', '@')}` : null;
}

/** A `tel:` link of the digits, or null when there are too few to dial. An extension stays visible but is not dialled. */
export function phoneLink(phone: string | null): string | null {
  const number = (phone ?? '').split(/\s*(?:ext\.?|x)\s*\d/i)[0] ?? '';
  const digits = number.replace(/\D/g, '');
  return digits.length >= 3 && digits.length <= 15 ? `tel:${number.trim().startsWith('+') ? '+' : ''}${digits}` : null;
}
