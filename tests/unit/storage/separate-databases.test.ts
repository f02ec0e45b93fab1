import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { separateDatabases } from '@/lib/storage/bucket';
import { ConnectionDatabase } from '@/lib/storage/database';

globalThis.IDBKeyRange ??= IDBKeyRange;

const storage = { estimate: async () => ({ usage: 4711, quota: 9999 }) };

async function filled(factory: IDBFactory, id: string) {
  const bucket = await separateDatabases(factory, storage).open(id);
  const db = new ConnectionDatabase(bucket.indexedDB, bucket.databaseName);
  await db.boxes.put({ name: 'token', b: Uint8Array.of(1) });
  return { bucket, db };
}

describe('connections in a browser without storage buckets', () => {
  it('have a database each', async () => {
    const factory = new IDBFactory();
    const { db: first } = await filled(factory, 'c1');
    const { bucket } = await filled(factory, 'c2');
    await first.boxes.delete('token');
    expect(await separateDatabases(factory, storage).list()).toEqual(['c1', 'c2']);
    expect(await new ConnectionDatabase(bucket.indexedDB, bucket.databaseName).boxes.count()).toBe(1);
    expect(await bucket.bytesUsed()).toBe(4711);
  });

  it('are not there before something is written, and other databases are none of them', async () => {
    const factory = new IDBFactory();
    await separateDatabases(factory, storage).open('c1');
    await new ConnectionDatabase(factory, 'something-else').boxes.count();
    expect(await separateDatabases(factory, storage).list()).toEqual([]);
  });

  it('are deleted as a whole, also while one is open', async () => {
    const factory = new IDBFactory();
    await filled(factory, 'c1');
    await filled(factory, 'c2');
    await separateDatabases(factory, storage).delete('c1');
    expect((await factory.databases()).map(({ name }) => name)).toEqual(['connection-c2']);
  });
});
