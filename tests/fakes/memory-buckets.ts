import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Buckets } from '@/lib/storage/bucket';

globalThis.IDBKeyRange ??= IDBKeyRange;

/** Buckets in memory; deleting one destroys what is in it, as the browser's do. */
export function memoryBuckets() {
  const factories = new Map<string, IDBFactory>();
  const buckets: Buckets = {
    async open(name) {
      const indexedDB = factories.get(name) ?? new IDBFactory();
      factories.set(name, indexedDB);
      return { indexedDB, databaseName: 'sidelight', bytesUsed: async () => 1234 };
    },
    list: async () => [...factories.keys()],
    delete: async (name) => {
      factories.delete(name);
    },
  };
  return { buckets, factories };
}
