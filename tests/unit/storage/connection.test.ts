import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import { copyName, createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { plainPlacement } from '../../builders/store';
import { memoryArea } from '../../fakes/memory-area';
import { memoryBuckets } from '../../fakes/memory-buckets';

const ENTRY = {
  id: 'c1',
  crm: 'salesforce' as const,
  connectedAt: '2026-05-01T00:00:00.000Z',
  disconnecting: false,
  copy: 0,
  copiedAt: null,
};
const contact = record('contact', 'p1', { name: 'Cora' });

describe('the copy of a connection', () => {
  let disk: ReturnType<typeof memoryBuckets>;
  let list: ReturnType<typeof createConnectionList>;
  const open = (create: boolean, connectionId = 'c1', shares = list.share(connectionId)) =>
    (create ? createConnectionCopy : openConnectionCopy)({
      buckets: disk.buckets,
      name: connectionId,
      shares,
      anchor: list.anchor(connectionId),
      marks: list.marks(connectionId),
      connectionId,
      secret: { mode: 'device' },
      placement: plainPlacement,
    });
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

  it('was written by a newer Sidelight when its database has a later version', async () => {
    const factory = disk.factories.get('c1') ?? new IDBFactory();
    await new Promise((resolve) => {
      factory.open('sidelight', 20).onsuccess = ({ target }) => {
        (target as IDBOpenDBRequest).result.close();
        resolve(null);
      };
    });
    expect(await codeOf(open(false))).toBe('storage.newer-version');
  });

  it('has no box that nobody wrote', async () => {
    expect(await (await open(false)).boxes.get('profile')).toBeNull();
  });

  it('was removed by the browser, and no bucket is made, when its bucket is gone', async () => {
    await disk.buckets.delete('c1');
    expect(await codeOf(open(false))).toBe('storage.evicted');
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

  it('says from one moment to the next that another copy counts, and takes the old share off the disk', async () => {
    const { area, held } = memoryArea();
    const list = createConnectionList(area);
    await list.put(ENTRY);
    await list.share('c1').save('old');
    await list.anchor('c1').save(7);
    await list.share('c1_1').save('new');
    await list.switchTo(new Map([['c1', { copy: 1, copiedAt: '2026-06-01T00:00:00.000Z' }]]), { protection: 'other' });
    expect((await list.list()).map(copyName)).toEqual(['c1_1']);
    expect(held.protection).toBe('other');
    await list.tidy();
    expect(Object.keys(held).sort()).toEqual(['connections', 'protection', 'share:c1_1']);
  });

  it('reads an entry of a version that knew no copies', async () => {
    const { area, held } = memoryArea();
    const { copy, copiedAt, ...old } = ENTRY;
    held.connections = [old];
    expect(await createConnectionList(area).list()).toEqual([{ ...old, copy, copiedAt }]);
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
