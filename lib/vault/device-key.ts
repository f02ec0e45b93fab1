import { AppError } from '@/lib/shared/errors';
import { importRootKey, type RootKey } from './keys';

/**
 * Device-key mode: the root key comes from two shares, and both are needed. One is a non-extractable key object inside
 * the connection's storage bucket, the other 32 bytes in the extension's own storage.
 *
 * What it is worth: web pages, other extensions, a leaked single file and whatever is left after Disconnect cannot
 * give the data away. Someone who copies the whole browser profile has both shares: browsers write a "non-extractable"
 * key to disk in the clear (measured in Chromium 156 and Firefox 153; w3c/webcrypto#269).
 */
const SHARE_BYTES = 32;

/** Where the key object is kept: the connection's own bucket, so that deleting the bucket destroys it. */
export interface KeyObjectStore {
  load(name: string): Promise<CryptoKey | null>;
  save(name: string, key: CryptoKey): Promise<void>;
}

/** Where the second share is kept, as base64. */
export interface ShareStore {
  load(): Promise<string | null>;
  save(share: string): Promise<void>;
}

const KEY_NAME = 'device';
const INFO = new TextEncoder().encode('sidelight/v1/root/device');

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes));

/** The 32 bytes of a share, or null for a text that cannot be one. */
function bytesIn(share: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]{43}=$/.test(share)) return null;
  return Uint8Array.from(atob(share), (character) => character.charCodeAt(0));
}

async function combine(key: CryptoKey, share: Uint8Array<ArrayBuffer>): Promise<RootKey> {
  const bits = await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt: share, info: INFO }, key, 256);
  return importRootKey(new Uint8Array(bits));
}

/** Makes both shares, keeps them, and gives the root key of a new connection. */
export async function createDeviceKey(keys: KeyObjectStore, shares: ShareStore): Promise<RootKey> {
  const share = crypto.getRandomValues(new Uint8Array(SHARE_BYTES));
  const raw = crypto.getRandomValues(new Uint8Array(SHARE_BYTES));
  const key = await crypto.subtle.importKey('raw', raw, 'HKDF', false, ['deriveBits']);
  raw.fill(0);
  await keys.save(KEY_NAME, key);
  await shares.save(toBase64(share));
  return combine(key, share);
}

/**
 * The root key of a connection that exists.
 * @throws AppError `storage.unreadable` when a share is missing or damaged: the copy cannot be opened any more.
 */
export async function openDeviceKey(keys: KeyObjectStore, shares: ShareStore): Promise<RootKey> {
  const [key, share] = await Promise.all([keys.load(KEY_NAME), shares.load()]);
  const bytes = share ? bytesIn(share) : null;
  if (!key || !bytes) throw new AppError('storage.unreadable');
  return combine(key, bytes);
}
