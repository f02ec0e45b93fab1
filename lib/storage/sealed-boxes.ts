import type { Cipher } from '@/lib/vault/cipher';
import type { ConnectionDatabase } from './database';

/** Single sealed values of a connection by name: its profile, token, manifest, sync status. */
export interface SealedBoxes {
  /** The value, or null when there is none. @throws AppError `vault.tampered` when the box is not what was written. */
  get(name: BoxName): Promise<unknown>;
  put(name: BoxName, value: unknown): Promise<void>;
  /** Seals without writing, for a transaction that writes more than this box. */
  seal(name: BoxName, value: unknown): Promise<{ name: string; b: Uint8Array }>;
}

/** Every box there is. The manifest belongs to the record store. */
export const BOX_NAMES = [
  'profile',
  'token',
  'manifest',
  'sync-status',
  'sync-history',
  'held-deletions',
  'selection',
  'description',
  'site-decisions',
  'overlay-sites',
] as const;
type BoxName = (typeof BOX_NAMES)[number];

const SCHEMA = 1;

/** Boxes in `db`. Tokens are sealed under the token key, everything else under that of its own name. */
export function createSealedBoxes(db: ConnectionDatabase, cipher: Cipher, connectionId: string): SealedBoxes {
  const place = (name: BoxName) => ({ connectionId, table: name, key: name, schema: SCHEMA });
  const seal: SealedBoxes['seal'] = async (name, value) => {
    const content = new TextEncoder().encode(JSON.stringify(value));
    return { name, b: await cipher.seal(place(name), content) };
  };
  return {
    seal,
    async get(name) {
      const row = await db.boxes.get(name);
      if (!row) return null;
      return JSON.parse(new TextDecoder().decode(await cipher.open(place(name), row.b)));
    },
    async put(name, value) {
      await db.boxes.put(await seal(name, value));
    },
  };
}
