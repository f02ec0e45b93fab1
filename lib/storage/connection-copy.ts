import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { createDeviceKey, type KeyObjectStore, openDeviceKey, type ShareStore } from '@/lib/vault/device-key';
import type { Placement } from './batch-plan';
import type { Buckets } from './bucket';
import { ConnectionDatabase } from './database';
import { createRecordStore, type RecordStore } from './record-store';
import { createSealedBoxes, type SealedBoxes } from './sealed-boxes';

/** Everything stored for one connection, opened. */
export interface ConnectionCopy {
  boxes: SealedBoxes;
  store: RecordStore;
  bytesUsed(): Promise<number>;
  close(): void;
}

/**
 * Opens the copy of a connection, or with `create` makes its bucket and keys.
 * @throws AppError `storage.unreadable` when bucket and key share do not belong together any more, `storage.quota`.
 */
export async function openConnectionCopy(options: {
  buckets: Buckets;
  shares: ShareStore;
  connectionId: string;
  placement: Placement;
  pace?: Pace;
  create: boolean;
}): Promise<ConnectionCopy> {
  const { buckets, shares, connectionId, placement, pace = UNPACED, create } = options;
  if (!create && !(await buckets.list()).includes(connectionId)) throw new AppError('storage.unreadable');
  const bucket = await buckets.open(connectionId);
  const db = new ConnectionDatabase(bucket.indexedDB, bucket.databaseName);
  const keys: KeyObjectStore = {
    load: async (name) => (await db.keys.get(name))?.key ?? null,
    save: async (name, key) => {
      await db.keys.put({ name, key });
    },
  };
  try {
    const root = create ? await createDeviceKey(keys, shares) : await openDeviceKey(keys, shares);
    const cipher = createCipher(root);
    return {
      boxes: createSealedBoxes(db, cipher, connectionId),
      store: createRecordStore({ db, cipher, hash: createCellHash(root, pace), connectionId, placement, pace }),
      bytesUsed: bucket.bytesUsed,
      close: () => db.close(),
    };
  } catch (error) {
    db.close();
    throw error instanceof AppError ? error : new AppError('storage.unreadable', { cause: error });
  }
}
