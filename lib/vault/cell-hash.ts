import { deriveMacKey, type RootKey } from './keys';

/**
 * A keyed hash to 32 bits that says where something lives, so that the place tells a reader of the disk nothing.
 * One HMAC-SHA-256 each; the results of one batch are kept because records of an Account share their home.
 */
export interface CellHash {
  /** Hashes of `values`, in their order. Each is an unsigned 32-bit number. */
  many(values: readonly string[]): Promise<number[]>;
  one(value: string): Promise<number>;
}

/** The cell hash of the connection with this root key. */
export function createCellHash(root: RootKey): CellHash {
  const key = deriveMacKey(root, 'cell');
  const encoder = new TextEncoder();
  const one = async (value: string) => {
    const mac = await crypto.subtle.sign('HMAC', await key, encoder.encode(value));
    return new DataView(mac).getUint32(0);
  };
  return {
    one,
    async many(values) {
      const unique = new Map<string, Promise<number>>();
      for (const value of values) if (!unique.has(value)) unique.set(value, one(value));
      return Promise.all(values.map((value) => unique.get(value) ?? one(value)));
    },
  };
}
