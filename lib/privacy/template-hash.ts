import { sha256 } from '@noble/hashes/sha2.js';
import type { BasisTemplate, KeptTemplate } from '@/lib/shared/person-basis';

const LENGTH = 16;

/**
 * `template` with the hash of what is in it: the first 16 hexadecimal digits of SHA-256, so that a record names the very words it
 * rests on. The number of the version is not in it: the same words are the same under another number. Pure.
 */
export function named(template: BasisTemplate): KeptTemplate {
  const { controller, purpose, necessity, safeguards, owner, reviewBy, kinds, marginDays } = template;
  const words = JSON.stringify([controller, purpose, necessity, safeguards, owner, reviewBy, kinds.toSorted(), marginDays]);
  const digits = [...sha256(new TextEncoder().encode(words))].map((byte) => byte.toString(16).padStart(2, '0'));
  return { ...template, hash: digits.join('').slice(0, LENGTH) };
}
