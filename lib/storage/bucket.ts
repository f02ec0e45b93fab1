import { AppError } from '@/lib/shared/errors';

interface StorageBucketLike {
  readonly indexedDB: IDBFactory;
  estimate(): Promise<StorageEstimate>;
}
interface StorageBucketManagerLike {
  open(name: string, options?: { durability?: 'strict' | 'relaxed'; persisted?: boolean }): Promise<StorageBucketLike>;
  keys(): Promise<string[]>;
  delete(name: string): Promise<void>;
}

/** Where one connection's database stands. */
interface Bucket {
  indexedDB: IDBFactory;
  databaseName: string;
  bytesUsed(): Promise<number>;
}

/** A place for each connection that can be deleted to the last byte; a stand-in with the same three operations in tests. */
export interface Buckets {
  open(connectionId: string): Promise<Bucket>;
  list(): Promise<string[]>;
  delete(connectionId: string): Promise<void>;
}

const PREFIX = 'connection-';

/** The database's name inside a bucket, which holds one only. */
const IN_A_BUCKET = 'sidelight';

/** What this browser has: storage buckets, or else a database for each connection. */
export function browserBuckets(): Buckets {
  const manager = (navigator as Navigator & { storageBuckets?: StorageBucketManagerLike }).storageBuckets;
  return manager ? storageBuckets(manager) : separateDatabases(globalThis.indexedDB, navigator.storage);
}

/**
 * One storage bucket per connection: deleting it removes its bytes from the disk at once, which `clear()` and
 * `deleteDatabase()` do not do in Chromium (LevelDB keeps old versions). Storage Buckets API, Chromium 122 and later.
 * Opening throws AppError `storage.quota` when there is no room.
 */
function storageBuckets(manager: StorageBucketManagerLike): Buckets {
  return {
    async open(connectionId) {
      const bucket = await manager.open(PREFIX + connectionId, { durability: 'strict', persisted: true }).catch((cause) => {
        throw new AppError(
          cause instanceof DOMException && cause.name === 'QuotaExceededError' ? 'storage.quota' : 'storage.unreadable',
          {
            cause,
          },
        );
      });
      return {
        indexedDB: bucket.indexedDB,
        databaseName: IN_A_BUCKET,
        bytesUsed: async () => (await bucket.estimate()).usage ?? 0,
      };
    },
    async list() {
      const names = await manager.keys();
      return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    },
    delete: (connectionId) => manager.delete(PREFIX + connectionId),
  };
}

/**
 * One database per connection, for a browser without storage buckets. Firefox keeps each database in files of its own and
 * removes them in `deleteDatabase()` (tests/e2e-firefox/disk.test.ts keeps it so); `clear()` leaves the bytes there.
 * It counts bytes for all databases of the extension together, so with several connections `bytesUsed` is their sum.
 * Nothing here may be named `storage` alone: WXT takes that for its own and imports it (9 KB).
 */
export function separateDatabases(indexedDB: IDBFactory, room: Pick<StorageManager, 'estimate'>): Buckets {
  return {
    open: async (connectionId) => ({
      indexedDB,
      databaseName: PREFIX + connectionId,
      bytesUsed: async () => (await room.estimate()).usage ?? 0,
    }),
    async list() {
      const names = (await indexedDB.databases()).map(({ name = '' }) => name);
      return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    },
    delete: (connectionId) =>
      new Promise((resolve, reject) => {
        // While somebody has it open the request waits; Dexie closes when it is told that the database is to go.
        const request = indexedDB.deleteDatabase(PREFIX + connectionId);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(new AppError('storage.unreadable', { cause: request.error }));
      }),
  };
}
