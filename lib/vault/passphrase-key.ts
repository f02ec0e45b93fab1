import { argon2id } from '@noble/hashes/argon2.js';
import * as z from 'zod/mini';
import { fromBase64, toBase64 } from './base64';

/**
 * From a passphrase to the key that wraps the vault key. Argon2id (RFC 9106) with 64 MiB and 3 passes, the values of the
 * RFC's second recommendation; where that much memory cannot be had, PBKDF2-HMAC-SHA-256 with 600,000 rounds (OWASP Password
 * Storage Cheat Sheet). What was used stands beside the wrapped key and is authenticated with it, so it cannot be weakened.
 */
/** Four times what is ever written: more would only let whoever edits the profile stop the browser for want of memory. */
const MOST_KIB = 256 * 1024;
const salt = z.string().check(z.regex(/^[A-Za-z0-9+/]{22}==$/));
export const kdfParameters = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('argon2id'),
    memoryKiB: z.number().check(z.int(), z.minimum(8), z.maximum(MOST_KIB)),
    passes: z.number().check(z.int(), z.minimum(1), z.maximum(16)),
    lanes: z.number().check(z.int(), z.minimum(1), z.maximum(8)),
    salt,
  }),
  z.strictObject({
    name: z.literal('pbkdf2-sha256'),
    rounds: z.number().check(z.int(), z.minimum(1), z.maximum(10_000_000)),
    salt,
  }),
]);
export type KdfParameters = z.infer<typeof kdfParameters>;

const ARGON2ID = { name: 'argon2id', memoryKiB: 64 * 1024, passes: 3, lanes: 1 } as const;
const PBKDF2 = { name: 'pbkdf2-sha256', rounds: 600_000 } as const;
const KEY_BYTES = 32;

/** Parameters for a new passphrase, with a fresh salt. */
export function newKdf(name: KdfParameters['name'] = 'argon2id'): KdfParameters {
  const fresh = toBase64(crypto.getRandomValues(new Uint8Array(16)));
  return name === 'argon2id' ? { ...ARGON2ID, salt: fresh } : { ...PBKDF2, salt: fresh };
}

/** Whether `kdf` is weaker than what a new passphrase would get here and now, so that it is to be raised at the next unlock. */
export function isWeakerThan(kdf: KdfParameters, best: KdfParameters): boolean {
  if (kdf.name !== best.name) return best.name === 'argon2id';
  if (kdf.name === 'argon2id' && best.name === 'argon2id') return kdf.memoryKiB < best.memoryKiB || kdf.passes < best.passes;
  return kdf.name === 'pbkdf2-sha256' && best.name === 'pbkdf2-sha256' && kdf.rounds < best.rounds;
}

/**
 * The 32 bytes that `passphrase` gives with `kdf`. The text is taken in Unicode form NFKC, so that the same keys on another
 * keyboard give the same bytes. Costs about a second with Argon2id.
 * @throws RangeError when the memory cannot be had
 */
export async function derivePassphraseKey(passphrase: string, kdf: KdfParameters): Promise<Uint8Array<ArrayBuffer>> {
  const password = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const saltBytes = fromBase64(kdf.salt) ?? new Uint8Array(16);
  if (kdf.name === 'argon2id') {
    const { memoryKiB: m, passes: t, lanes: p } = kdf;
    return new Uint8Array(argon2id(password, saltBytes, { m, t, p, dkLen: KEY_BYTES }));
  }
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits']);
  const algorithm = { name: 'PBKDF2', hash: 'SHA-256', salt: saltBytes, iterations: kdf.rounds };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, KEY_BYTES * 8));
}

const LEAST_CHARACTERS = 12;
const LEAST_DIFFERENT = 6;

/** Whether a passphrase is too easy to guess to be worth a memory-hard derivation: short, or the same few characters. */
export function isWeakPassphrase(passphrase: string): boolean {
  const characters = [...passphrase.normalize('NFKC').trim()];
  return characters.length < LEAST_CHARACTERS || new Set(characters).size < LEAST_DIFFERENT;
}
