import { importRootKey, type RootKey } from '@/lib/vault/keys';

/** Thirty-two bytes that are all `value`. */
export const bytesOf = (value: number) => new Uint8Array(32).fill(value);

/** A root key that is always the same for a `seed`. */
export function rootKey(seed = 1): Promise<RootKey> {
  return importRootKey(bytesOf(seed));
}
