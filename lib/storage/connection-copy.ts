import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { createRootKey, type KeyObjectStore, openRootKey, type ShareStore } from '@/lib/vault/root-key';
import type { VaultSecret } from '@/lib/vault/vault';
import type { Placement } from './batch-plan';
import type { MarkStore } from './box-marks';
import type { Buckets } from './bucket';
import type { AnchorStore } from './connection-list';
import { ConnectionDatabase } from './database';
import { createRecordStore, type RecordStore } from './record-store';
import { createSealedBoxes, type SealedBoxes } from './sealed-boxes';
import { createWriteGate, type WriteGate } from './write-gate';

/** Everything stored for one connection, opened. */
export interface ConnectionCopy {
  boxes: SealedBoxes;
  store: RecordStore;
  /** All writes of boxes and store go through it. */
  writes: WriteGate;
  bytesUsed(): Promise<number>;
  close(): void;
}

export interface CopyOptions {
  buckets: Buckets;
  /** The bucket's name. */
  name: string;
  connectionId: string;
  shares: ShareStore;
  anchor: AnchorStore;
  marks: MarkStore;
  secret: VaultSecret;
  placement: Placement;
  pace?: Pace;
}

/**
 * Opens the copy of a connection.
 * @throws AppError `storage.evicted` when its bucket is gone, `storage.unreadable` when bucket and shares do not belong together
 * any more, `storage.newer-version`, `storage.quota`
 */
export async function openConnectionCopy(options: CopyOptions): Promise<ConnectionCopy> {
  // What lies outside of the bucket is asked for meanwhile: every page visit of a new worker waits for all of it.
  const { shares, anchor, marks } = options;
  const [share, commits, numbers] = [early(shares.load), early(anchor.load), early(marks.load)];
  if (!(await options.buckets.list()).includes(options.name)) throw new AppError('storage.evicted');
  return openIn(
    {
      ...options,
      shares: { ...shares, load: share },
      anchor: { ...anchor, load: commits },
      marks: { ...marks, load: numbers },
    },
    false,
  );
}

/** Makes the bucket and the keys of a new copy. @throws AppError `storage.quota`, `storage.unreadable` */
export async function createConnectionCopy(options: CopyOptions): Promise<ConnectionCopy> {
  return openIn(options, true);
}

async function openIn(options: CopyOptions, create: boolean): Promise<ConnectionCopy> {
  const { buckets, name, connectionId, shares, anchor, marks, secret, placement, pace = UNPACED } = options;
  const bucket = await buckets.open(name);
  const db = new ConnectionDatabase(bucket.indexedDB, bucket.databaseName);
  const keys: KeyObjectStore = {
    load: async (key) => (await db.keyAt(key))?.key ?? null,
    save: async (key, object) => {
      await db.keys.put({ name: key, key: object });
    },
  };
  try {
    await db.open();
    if (db.isFromTheFuture()) throw new AppError('storage.newer-version');
    const root = await (create ? createRootKey : openRootKey)(keys, shares, secret);
    const cipher = createCipher(root);
    const boxes = createSealedBoxes(db, cipher, connectionId, marks);
    const store = createRecordStore({ db, cipher, hash: createCellHash(root, pace), connectionId, placement, pace, anchor });
    const writes = createWriteGate();
    return {
      boxes: {
        ...boxes,
        put: (box, value) => writes.run(() => boxes.put(box, value)),
        miss: (box) => writes.run(() => boxes.miss(box)),
      },
      store: {
        ...store,
        apply: (batch, checkpoint) => writes.run(() => store.apply(batch, checkpoint)),
        compact: () => writes.run(() => store.compact()),
        startOver: () => writes.run(() => store.startOver()),
      },
      writes,
      bytesUsed: bucket.bytesUsed,
      close() {
        store.forget();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw asOpeningError(error);
  }
}

/** Starts `load` now; the first call of the result gets that answer, later ones ask anew. */
function early<T>(load: () => Promise<T>): () => Promise<T> {
  let first: Promise<T> | null = load();
  first.catch(() => undefined);
  return () => {
    const answer = first ?? load();
    first = null;
    return answer;
  };
}

/** Why a copy could not be opened. */
function asOpeningError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const name = error instanceof Error ? error.name : '';
  return new AppError(name === 'QuotaExceededError' ? 'storage.quota' : 'storage.unreadable', { cause: error });
}
