import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Buckets } from '@/lib/storage/bucket';
import { openConnectionCopy } from '@/lib/storage/connection-copy';
import { createConnectionList, type ListArea } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { plainPlacement } from '../../builders/store';

globalThis.IDBKeyRange ??= IDBKeyRange;

/** Buckets in memory; deleting one destroys what is in it, as the browser's do. */
function memoryBuckets() {
  const factories = new Map<string, IDBFactory>();
  const buckets: Buckets = {
    async open(id) {
      const indexedDB = factories.get(id) ?? new IDBFactory();
      factories.set(id, indexedDB);
      return { indexedDB, databaseName: 'sidelight', bytesUsed: async () => 1234 };
    },
    list: async () => [...factories.keys()],
    delete: async (id) => {
      factories.delete(id);
    },
  };
  return { buckets, factories };
}

function memoryArea() {
  const held: Record<string, unknown> = {};
  const area: ListArea = {
    get: async (key) => held[key],
    set: async (key, value) => {
      held[key] = value;
    },
    all: async () => ({ ...held }),
    replaceAll: async (rest) => {
      for (const key of Object.keys(held)) delete held[key];
      Object.assign(held, rest);
    },
  };
  return { area, held };
}

const ENTRY = { id: 'c1', crm: 'salesforce' as const, connectedAt: '2026-05-01T00:00:00.000Z', disconnecting: false };
const contact = record('contact', 'p1', { name: 'Cora' });

describe('the copy of a connection', () => {
  let disk: ReturnType<typeof memoryBuckets>;
  let list: ReturnType<typeof createConnectionList>;
  const open = (create: boolean, connectionId = 'c1', shares = list.share(connectionId)) =>
    openConnectionCopy({ buckets: disk.buckets, shares, connectionId, placement: plainPlacement, create });
  beforeEach(async () => {
    disk = memoryBuckets();
    list = createConnectionList(memoryArea().area);
    const copy = await open(true);
    await copy.boxes.put('token', { refreshToken: 'secret-token' });
    await copy.store.apply({ object: 'contact', upserts: [contact], deletions: [], newBefore: null }, { at: 1 });
    copy.close();
  });

  it('is what it was when it is opened again', async () => {
    const copy = await open(false);
    expect(await copy.boxes.get('token')).toEqual({ refreshToken: 'secret-token' });
    expect(await copy.store.get('contact', 'p1')).toEqual(contact);
    expect(await copy.bytesUsed()).toBe(1234);
  });

  it('has no box that nobody wrote', async () => {
    expect(await (await open(false)).boxes.get('profile')).toBeNull();
  });

  it('is unreadable, and no bucket is made, when its bucket is gone', async () => {
    await disk.buckets.delete('c1');
    expect(await codeOf(open(false))).toBe('storage.unreadable');
    expect(await disk.buckets.list()).toEqual([]);
  });

  it('is unreadable when the key share is gone', async () => {
    await list.remove('c1');
    expect(await codeOf(open(false))).toBe('storage.unreadable');
  });

  it('is unreadable when the key share was damaged', async () => {
    await list.share('c1').save('???');
    expect(await codeOf(open(false))).toBe('storage.unreadable');
  });

  it('opens nothing with the key share of another connection', async () => {
    await open(true, 'c2');
    const copy = await open(false, 'c1', list.share('c2'));
    expect(await codeOf(copy.boxes.get('token'))).toBe('vault.tampered');
    expect(await codeOf(copy.store.get('contact', 'p1'))).toBe('vault.tampered');
  });

  it('refuses a box in the place of another', async () => {
    const db = new ConnectionDatabase(disk.factories.get('c1') ?? new IDBFactory());
    const token = await db.boxes.get('token');
    if (token) await db.boxes.put({ ...token, name: 'profile' });
    expect(await codeOf((await open(false)).boxes.get('profile'))).toBe('vault.tampered');
  });

  it('keeps the token sealed on disk', async () => {
    const db = new ConnectionDatabase(disk.factories.get('c1') ?? new IDBFactory());
    const bytes = Buffer.concat((await db.boxes.toArray()).map(({ b }) => Buffer.from(b)));
    expect(bytes.includes('secret-token')).toBe(false);
  });
});

describe('the list of connections', () => {
  it('holds nothing personal: an id, the CRM, a time and whether it is going', async () => {
    const { area, held } = memoryArea();
    await createConnectionList(area).put(ENTRY);
    expect(held).toEqual({ connections: [ENTRY] });
  });

  it('replaces an entry of the same id and keeps the others', async () => {
    const list = createConnectionList(memoryArea().area);
    await list.put(ENTRY);
    await list.put({ ...ENTRY, id: 'c2' });
    await list.put({ ...ENTRY, disconnecting: true });
    expect((await list.list()).map(({ id, disconnecting }) => [id, disconnecting])).toEqual([
      ['c2', false],
      ['c1', true],
    ]);
  });

  it('forgets an entry with its share, and leaves others and what else is stored', async () => {
    const { area, held } = memoryArea();
    const list = createConnectionList(area);
    held.settings = { theme: 'dark' };
    for (const id of ['c1', 'c2']) {
      await list.put({ ...ENTRY, id });
      await list.share(id).save(`share of ${id}`);
    }
    await list.remove('c1');
    expect(held).toEqual({ settings: { theme: 'dark' }, connections: [{ ...ENTRY, id: 'c2' }], 'share:c2': 'share of c2' });
    expect(await list.share('c1').load()).toBeNull();
  });

  it.each([undefined, null, 'x', {}, [null, 7, { id: 7 }, { ...ENTRY, crm: 'other' }]])(
    'is empty when %j is stored',
    async (stored) => {
      const { area, held } = memoryArea();
      held.connections = stored;
      expect(await createConnectionList(area).list()).toEqual([]);
    },
  );
});
