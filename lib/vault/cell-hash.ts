import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import { deriveMacKey, type RootKey } from './keys';

/**
 * A keyed hash to 32 bits that says where something lives, so that the place tells a reader of the disk nothing:
 * HMAC-SHA-256, by @noble/hashes since one hash at a time costs a fifth of what WebCrypto's round trip does (measured).
 */
export interface CellHash {
  /** Hashes of `values`, in their order. Each is an unsigned 32-bit number. */
  many(values: readonly string[]): Promise<number[]>;
}

const HASHES_A_BREATH = 256;

/** The cell hash of the connection with this root key. Many hashes share the thread by `pace`. */
export function createCellHash(root: RootKey, pace: Pace = UNPACED): CellHash {
  const keyed = deriveMacKey(root, 'cell').then((key) => hmac.create(sha256, key));
  return {
    async many(values) {
      const base = await keyed;
      const known = new Map<string, number>();
      const hashes: number[] = [];
      for (const [index, value] of values.entries()) {
        if (index > 0 && index % HASHES_A_BREATH === 0) await pace.breathe();
        let hash = known.get(value);
        if (hash === undefined) {
          const digest = base.clone().update(utf8ToBytes(value)).digest();
          hash = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
          known.set(value, hash);
        }
        hashes.push(hash);
      }
      return hashes;
    },
  };
}
