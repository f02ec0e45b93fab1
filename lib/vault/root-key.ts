import { AppError } from '@/lib/shared/errors';
import { fromBase64, toBase64 } from './base64';
import { importRootKey, type RootKey } from './keys';
import type { VaultSecret } from './vault';

/**
 * The root key of one copy comes from two shares, and both are needed. One is 32 bytes in the extension's own storage, fresh
 * for every copy. The other depends on the protection:
 *
 * - Device key: a non-extractable key object inside the copy's storage bucket. What it is worth: web pages, other extensions,
 *   a leaked single file and whatever is left after Disconnect cannot give the data away. Someone who copies the whole browser
 *   profile has both shares: browsers write a "non-extractable" key to disk in the clear (measured in Chromium 156 and
 *   Firefox 153; w3c/webcrypto#269).
 * - Passphrase: the vault key, which is on no disk in the clear. The share of the profile alone opens nothing.
 */
const SHARE_BYTES = 32;

/** Where the device's key object is kept: the copy's own bucket, so that deleting the bucket destroys it. */
export interface KeyObjectStore {
  load(name: string): Promise<CryptoKey | null>;
  save(name: string, key: CryptoKey): Promise<void>;
}

/** Where the share of the extension's own storage is kept, as base64. */
export interface ShareStore {
  load(): Promise<string | null>;
  save(share: string): Promise<void>;
}

const KEY_NAME = 'device';
const INFO = {
  device: new TextEncoder().encode('sidelight/v1/root/device'),
  passphrase: new TextEncoder().encode('sidelight/v1/root/vault'),
};

async function combine(key: CryptoKey, share: Uint8Array<ArrayBuffer>, mode: VaultSecret['mode']): Promise<RootKey> {
  const algorithm = { name: 'HKDF', hash: 'SHA-256', salt: share, info: INFO[mode] };
  return importRootKey(new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256)));
}

const asKey = (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);

async function newDeviceKey(keys: KeyObjectStore): Promise<CryptoKey> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await asKey(raw);
  raw.fill(0);
  await keys.save(KEY_NAME, key);
  return key;
}

/** Makes what the root key of a new copy comes from, keeps it, and gives the root key. */
export async function createRootKey(keys: KeyObjectStore, shares: ShareStore, secret: VaultSecret): Promise<RootKey> {
  const share = crypto.getRandomValues(new Uint8Array(SHARE_BYTES));
  const key = secret.mode === 'device' ? await newDeviceKey(keys) : await asKey(secret.vaultKey);
  await shares.save(toBase64(share));
  return combine(key, share, secret.mode);
}

/**
 * The root key of a copy that exists.
 * @throws AppError `storage.unreadable` when a share is missing or damaged: the copy cannot be opened any more.
 */
export async function openRootKey(keys: KeyObjectStore, shares: ShareStore, secret: VaultSecret): Promise<RootKey> {
  const key = secret.mode === 'device' ? await keys.load(KEY_NAME) : await asKey(secret.vaultKey);
  const share = await shares.load();
  const bytes = share === null ? null : fromBase64(share);
  if (!key || bytes?.length !== SHARE_BYTES) throw new AppError('storage.unreadable');
  return combine(key, bytes, secret.mode);
}
