import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { deriveMacKey, type RootKey } from './keys';

/**
 * A keyed hash to 32 bits that says where something lives, so that the place tells a reader of the disk nothing:
 * HMAC-SHA-256, by @noble/hashes since one hash at a time costs a fifth of what WebCrypto's round trip does (measured).
 */
export interface CellHash {
  /** Hashes of `values`, in their order. Each is an unsigned 32-bit number. */
  many(values: readonly string[]): Promise<number[]>;
}

/** The cell hash of the connection with this root key. */
export function createCellHash(root: RootKey): CellHash {
  const keyed = deriveMacKey(root, 'cell').then((key) => hmac.create(sha256, key));
  return {
    async many(values) {
      const base = await keyed;
      const known = new Map<string, number>();
      return values.map((value) => {
        const before = known.get(value);
        if (before !== undefined) return before;
        const digest = base.clone().update(utf8ToBytes(value)).digest();
        const hash = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
        known.set(value, hash);
        return hash;
      });
    },
  };
}
