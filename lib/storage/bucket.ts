import { AppError } from '@/lib/shared/errors';

/**
 * One storage bucket per connection: deleting it removes its bytes from the disk at once, which `clear()` and
 * `deleteDatabase()` do not do in Chromium (LevelDB keeps old versions). Storage Buckets API, Chromium 122 and later.
 */
interface StorageBucketLike {
  readonly indexedDB: IDBFactory;
  estimate(): Promise<StorageEstimate>;
}
interface StorageBucketManagerLike {
  open(name: string, options?: { durability?: 'strict' | 'relaxed'; persisted?: boolean }): Promise<StorageBucketLike>;
  keys(): Promise<string[]>;
  delete(name: string): Promise<void>;
}

/** The buckets of the extension's origin, or a stand-in with the same three operations in tests. */
export interface Buckets {
  open(connectionId: string): Promise<{ indexedDB: IDBFactory; bytesUsed(): Promise<number> }>;
  list(): Promise<string[]>;
  delete(connectionId: string): Promise<void>;
}

const PREFIX = 'connection-';

/**
 * The browser's own buckets.
 * @throws AppError `storage.quota` when the browser refuses to open one for lack of space.
 */
export function browserBuckets(): Buckets {
  const manager = (navigator as Navigator & { storageBuckets?: StorageBucketManagerLike }).storageBuckets;
  if (!manager) throw new AppError('storage.unreadable', { cause: new Error('no storage buckets in this browser') });
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
      return { indexedDB: bucket.indexedDB, bytesUsed: async () => (await bucket.estimate()).usage ?? 0 };
    },
    async list() {
      const names = await manager.keys();
      return names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length));
    },
    delete: (connectionId) => manager.delete(PREFIX + connectionId),
  };
}
