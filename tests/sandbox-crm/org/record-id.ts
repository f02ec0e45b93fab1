/**
 * Salesforce record ids: 3 characters of key prefix, 12 of instance and counter in base 62, 3 of checksum. The checksum
 * keeps the case of the first 15 readable for software that ignores case.
 */

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The three checksum characters of a 15-character id: one per block of five, one bit per capital letter, lowest first. */
export function checksumOf(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const code = id15.charCodeAt(block + i);
      if (code >= 65 && code <= 90) bits |= 1 << i;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return suffix;
}

/** The 18-character form of an id given in either form; undefined when it is no id or its checksum is wrong. */
export function toId18(id: string): string | undefined {
  if (!/^[0-9A-Za-z]+$/.test(id)) return undefined;
  if (id.length === 15) return id + checksumOf(id);
  if (id.length !== 18) return undefined;
  const id15 = id.slice(0, 15);
  return checksumOf(id15) === id.slice(15).toUpperCase() ? id15 + id.slice(15).toUpperCase() : undefined;
}

/** The n-th id of an object: ids made with a growing n sort in that order, as those of a real org do. */
export function makeId(keyPrefix: string, n: number): string {
  let rest = n;
  let digits = '';
  for (let i = 0; i < 7; i++) {
    digits = BASE62.charAt(rest % 62) + digits;
    rest = Math.floor(rest / 62);
  }
  const id15 = `${keyPrefix}gK000${digits}`;
  return id15 + checksumOf(id15);
}
