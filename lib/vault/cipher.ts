import { AppError } from '@/lib/shared/errors';
import { associatedData, type BoxPlace, decodeEnvelope, encodeEnvelope, NONCE_BYTES } from './envelope';
import { type CipherPurpose, deriveCipherKey, type RootKey } from './keys';
import { pad, unpad } from './padding';

/** Seals and opens boxes of one connection. The only code that encrypts or decrypts what is stored. */
export interface Cipher {
  /** Pads and encrypts `content` for `place` under the current key generation. */
  seal(place: BoxPlace, content: Uint8Array): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * The content of a box that was sealed for exactly this place.
   * @throws AppError `vault.tampered` when one bit of box or place differs, `storage.newer-version` for a newer envelope.
   */
  open(place: BoxPlace, box: Uint8Array): Promise<Uint8Array>;
}

/** The purpose whose key seals the boxes of a table: tokens have a key of their own. */
function purposeOf(table: string): CipherPurpose {
  return table === 'token' ? 'token' : `record/${table}`;
}

export interface CipherOptions {
  /** The key generation (0..65535) that new boxes are sealed with, 0 by default; older ones can still be opened. */
  generation?: number;
}

/** A cipher on `root`. */
export function createCipher(root: RootKey, { generation = 0 }: CipherOptions = {}): Cipher {
  const cache = new Map<string, Promise<CryptoKey>>();
  const keyFor = (table: string, gen: number) => {
    const name = `${table}/${gen}`;
    const known = cache.get(name) ?? deriveCipherKey(root, purposeOf(table), gen);
    cache.set(name, known);
    return known;
  };
  return {
    async seal(place, content) {
      const key = await keyFor(place.table, generation);
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: associatedData(place, generation) };
      const ciphertext = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, pad(content)));
      return encodeEnvelope({ generation, nonce, ciphertext });
    },
    open: openBox,
  };

  async function openBox(place: BoxPlace, box: Uint8Array): Promise<Uint8Array> {
    const envelope = decodeEnvelope(box);
    const key = await keyFor(place.table, envelope.generation);
    const additionalData = associatedData(place, envelope.generation);
    const padded = await crypto.subtle
      .decrypt({ name: 'AES-GCM', iv: envelope.nonce, additionalData }, key, envelope.ciphertext)
      .catch(() => Promise.reject(new AppError('vault.tampered')));
    const content = unpad(new Uint8Array(padded));
    if (!content) throw new AppError('vault.tampered');
    return content;
  }
}
