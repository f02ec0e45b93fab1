/**
 * The key hierarchy of one connection: a root key of 256 random bits, and below it one key for each purpose by
 * HKDF-SHA-256 (RFC 5869), so that no key ever serves two purposes. The root itself encrypts nothing.
 *
 *   sidelight/v1/record/<table>/<generation>   AES-256-GCM, boxes of records and of the indexes
 *   sidelight/v1/token/<generation>            AES-256-GCM, the CRM's tokens
 *   sidelight/v1/cell                          HMAC-SHA-256, which cell something lives in
 *   sidelight/v1/ledger                        HMAC-SHA-256, reserved for the processing log
 */
const INFO_PREFIX = 'sidelight/v1/';
const NO_SALT = new Uint8Array(32);

export type RootKey = CryptoKey & { readonly purpose?: 'root' };
export type CipherPurpose = `record/${string}` | 'token';
export type MacPurpose = 'cell' | 'ledger';

const info = (purpose: string) => new TextEncoder().encode(INFO_PREFIX + purpose);

/** Turns 32 bytes into the root key object; from then on the bytes cannot be exported again. */
export function importRootKey(bytes: Uint8Array<ArrayBuffer>): Promise<RootKey> {
  return crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey', 'deriveBits']);
}

/** The AES-256-GCM key of `root` for `purpose` in `generation` (0..65535). */
export function deriveCipherKey(root: RootKey, purpose: CipherPurpose, generation: number): Promise<CryptoKey> {
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info: info(`${purpose}/${generation}`) };
  return crypto.subtle.deriveKey(algorithm, root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

/** The 32 bytes of the HMAC-SHA-256 key of `root` for `purpose`. */
export async function deriveMacKey(root: RootKey, purpose: MacPurpose): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info: info(purpose) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, root, 256));
}
