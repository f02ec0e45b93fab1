import { fromBase64, toBase64 } from './base64';

/**
 * The vault key wrapped for one way of opening it: AES-256-GCM under a key that only a passphrase or a passkey gives.
 * `context` is authenticated with it (the derivation's parameters, the passkey's id), so neither can be exchanged or edited.
 */
const NONCE_BYTES = 12;
const NO_SALT = new Uint8Array(32);

export type WrapPurpose = 'passphrase' | 'passkey';

async function wrappingKey(secret: Uint8Array<ArrayBuffer>, purpose: WrapPurpose): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const info = new TextEncoder().encode(`sidelight/v1/wrap/${purpose}`);
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: NO_SALT, info };
  return crypto.subtle.deriveKey(algorithm, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

const associated = (purpose: WrapPurpose, context: unknown) =>
  new TextEncoder().encode(JSON.stringify(['sidelight/vault-key', 1, purpose, context]));

/** The vault key as base64 text that only `secret` (32 bytes) opens. */
export async function wrapKey(
  vaultKey: Uint8Array<ArrayBuffer>,
  secret: Uint8Array<ArrayBuffer>,
  purpose: WrapPurpose,
  context: unknown,
): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const key = await wrappingKey(secret, purpose);
  const box = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: associated(purpose, context) }, key, vaultKey);
  return toBase64(new Uint8Array([...iv, ...new Uint8Array(box)]));
}

/** The vault key that `wrapped` holds, or null when `secret` is not the right one or anything was changed. */
export async function unwrapKey(
  wrapped: string,
  secret: Uint8Array<ArrayBuffer>,
  purpose: WrapPurpose,
  context: unknown,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = fromBase64(wrapped);
  if (!bytes || bytes.length <= NONCE_BYTES) return null;
  const key = await wrappingKey(secret, purpose);
  const algorithm = { name: 'AES-GCM', iv: bytes.slice(0, NONCE_BYTES), additionalData: associated(purpose, context) };
  const opened = await crypto.subtle.decrypt(algorithm, key, bytes.slice(NONCE_BYTES)).catch(() => null);
  return opened && opened.byteLength === 32 ? new Uint8Array(opened) : null;
}
