import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { type ConnectionCopy, createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { tableNumber } from '@/lib/storage/tables';
import { transferCopy } from '@/lib/storage/transfer';
import { codeOf } from '../../builders/codes';
import { bytesOf } from '../../builders/keys';
import { record } from '../../builders/records';
import { plainPlacement } from '../../builders/store';
import { memoryArea } from '../../fakes/memory-area';
import { memoryBuckets } from '../../fakes/memory-buckets';

const accounts = (count: number) =>
  Array.from({ length: count }, (_, n) => record('account', `a${n}`, { name: `Account ${n}`, website: `site${n % 30}.com` }));
const contacts = (count: number, name = 'Contact') =>
  Array.from({ length: count }, (_, n) => record('contact', `c${n}`, { accountId: `a${n % 40}`, name: `${name} ${n}` }));
const PASSPHRASE = { mode: 'passphrase', vaultKey: bytesOf(3) } as const;
const never = () => new AbortController().signal;

/** All that a reader can learn of a copy. */
async function contentOf({ store, boxes }: ConnectionCopy) {
  const records: Record<string, unknown[]> = {};
  const checkpoints: Record<string, unknown> = {};
  for (const object of OBJECTS) {
    const found: AnyRecord[] = [];
    for await (const group of store.all(object)) found.push(...(group as unknown as AnyRecord[]));
    records[object] = found.sort((a, b) => (a.id < b.id ? -1 : 1));
    checkpoints[object] = await store.checkpoint(object);
  }
  const domains = await Promise.all(
    Array.from({ length: 31 }, async (_, n) => (await store.accountsAt(`site${n}.com`)).sort().join()),
  );
  const homes = await Promise.all(
    Array.from({ length: 40 }, async (_, n) => (await store.at('contact', `a${n}`)).map(({ id }) => id).sort()),
  );
  const byId = await store.getMany('contact', ['c0', 'c7', 'c12', 'gone']);
  const named = await Promise.all(
    (['token', 'profile', 'selection', 'sync-status', 'held-deletions'] as const).map((name) => boxes.get(name)),
  );
  return { records, checkpoints, domains, homes, byId, counts: await store.counts(), named };
}

describe('a copy that is moved to new keys', () => {
  let disk: ReturnType<typeof memoryBuckets>;
  let list: ReturnType<typeof createConnectionList>;
  let from: ConnectionCopy;
  let to: ConnectionCopy;
  const options = (name: string, secret: Parameters<typeof createConnectionCopy>[0]['secret']) => ({
    buckets: disk.buckets,
    name,
    connectionId: 'c1',
    shares: list.share(name),
    anchor: list.anchor(name),
    marks: list.marks(name),
    secret,
    placement: plainPlacement,
  });
  const apply = (object: ObjectKind, upserts: AnyRecord[], deletions: string[] = [], checkpoint?: unknown) =>
    from.store.apply({ object, upserts, deletions, newBefore: null }, checkpoint);
  const database = (name: string) => new ConnectionDatabase(disk.factories.get(name) ?? new IDBFactory());

  beforeEach(async () => {
    disk = memoryBuckets();
    list = createConnectionList(memoryArea().area);
    from = await createConnectionCopy(options('c1', { mode: 'device' }));
    to = await createConnectionCopy(options('c1_1', PASSPHRASE));
    await from.boxes.put('token', { refreshToken: 'secret' });
    await from.boxes.put('profile', { userName: 'Uma' });
    await from.boxes.put('selection', { reserve: 0.3 });
    await from.boxes.put('sync-status', { lastSuccessAt: '2026-05-01T00:00:00.000Z' });
    await apply('account', accounts(200), [], { at: 'accounts' });
    await apply('contact', contacts(300), [], { at: 'contacts' });
    await apply('lead', [record('lead', 'l1', { name: 'Leo' })]);
  });
  const transfer = (signal = never(), onShare: (share: number) => void = () => undefined) =>
    transferCopy(from, to, { signal, onShare });
  async function damage(name: string, table: Parameters<typeof tableNumber>[0]): Promise<void> {
    const db = database(name);
    const [row] = await db.cells.filter(({ t }) => t === tableNumber(table)).toArray();
    if (row) await db.cells.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
    db.close();
  }

  it('is what it was: records, places, indexes, checkpoints, counts and boxes', async () => {
    const before = await contentOf(from);
    await transfer();
    expect(await contentOf(to)).toEqual(before);
    expect(before.counts).toMatchObject({ account: 200, contact: 300, lead: 1 });
  });

  it('is the same when it is opened anew with the new key, and opens with no other', async () => {
    await transfer();
    const before = await contentOf(from);
    to.close();
    expect(await contentOf(await openConnectionCopy(options('c1_1', PASSPHRASE)))).toEqual(before);
    const wrong = await openConnectionCopy(options('c1_1', { mode: 'passphrase', vaultKey: bytesOf(4) }));
    expect(await codeOf(wrong.boxes.get('token'))).toBe('vault.tampered');
    expect(await codeOf(openConnectionCopy(options('c1_1', { mode: 'device' })))).toBe('storage.unreadable');
  });

  it('has no box of the old copy, byte for byte', async () => {
    await transfer();
    const [old, fresh] = [database('c1'), database('c1_1')];
    const bytesIn = async (db: ConnectionDatabase) =>
      [...(await db.cells.toArray()), ...(await db.boxes.toArray())].map(({ b }) => Buffer.from(b).toString('base64'));
    const before = new Set(await bytesIn(old));
    expect((await bytesIn(fresh)).filter((box) => before.has(box))).toEqual([]);
  });

  it('leaves behind what was deleted or replaced', async () => {
    await apply('contact', contacts(10, 'Renamed'), ['c20', 'c21', 'c299']);
    await apply('contact', [record('contact', 'c30', { accountId: 'a1', name: 'Moved' })]);
    await apply('account', [record('account', 'a3', { name: 'Account 3', website: 'site30.com' })], ['a4']);
    const before = await contentOf(from);
    await transfer();
    expect(await contentOf(to)).toEqual(before);
    let entries = 0;
    for await (const group of to.store.transfer.entries()) entries += group.entries.length;
    const { account = 0, contact = 0, lead = 0 } = before.counts;
    // Accounts that are left have a domain each; contacts and the lead one entry that says where they live.
    expect(entries).toBe(account * 2 + (contact + lead) * 2);
    // One run a table: nothing older lies below.
    const rows = await database('c1_1').cells.toArray();
    for (const t of new Set(rows.map((row) => row.t)))
      expect(new Set(rows.filter((row) => row.t === t).map((row) => row.r)).size).toBe(1);
  });

  it('takes writes as the old one did', async () => {
    await transfer();
    for (const copy of [from, to]) {
      await copy.store.apply({ object: 'contact', upserts: contacts(5, 'New'), deletions: ['c50'], newBefore: null }, { at: 2 });
    }
    expect(await contentOf(to)).toEqual(await contentOf(from));
  });

  it('tells how far it is, from nothing to all', async () => {
    const shares: number[] = [];
    await transfer(never(), (share) => shares.push(share));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
  });

  it('comes over in several runs when it is large, and is merged to one', async () => {
    const many = Array.from({ length: 45_000 }, (_, n) =>
      record('task', `t${n}`, { subject: `Task ${n}`, accountId: `a${n % 900}` }),
    );
    await apply('task', many);
    let writes = 0;
    const { add } = to.store.transfer;
    to.store.transfer.add = (table, entries) => {
      if (table === 'task') writes += 1;
      expect(entries.length).toBeLessThan(21_000);
      return add(table, entries);
    };
    const before = await contentOf(from);
    await transfer();
    expect(writes).toBe(3);
    expect(await contentOf(to)).toEqual(before);
  });

  describe('given damage', () => {
    const EMPTY = { user: 0, account: 0, contact: 0, lead: 0, opportunity: 0, task: 0 };

    it.each(['account', 'contact', 'domain', 'home'] as const)(
      'in a cell of %s: logins and settings come, records do not, and the next sync is due at once',
      async (table) => {
        await damage('c1', table);
        await transfer();
        expect(await to.store.counts()).toEqual(EMPTY);
        const { records, checkpoints } = await contentOf(to);
        expect(Object.values(records).flat()).toEqual([]);
        expect(Object.values(checkpoints).filter((one) => one !== null)).toEqual([]);
        expect(await to.boxes.get('token')).toEqual({ refreshToken: 'secret' });
        expect(await to.boxes.get('selection')).toEqual({ reserve: 0.3 });
        expect(await to.boxes.get('sync-status')).toBeNull();
      },
    );

    async function damageBox(name: string): Promise<void> {
      const db = database('c1');
      const row = await db.boxes.get(name);
      if (row) await db.boxes.put({ ...row, b: row.b.slice(0, 20) });
      db.close();
      from.close();
      from = await openConnectionCopy(options('c1', { mode: 'device' }));
    }

    it('of the manifest: the same', async () => {
      await damageBox('manifest');
      await transfer();
      expect(await to.store.counts()).toEqual(EMPTY);
      expect(await to.boxes.get('profile')).toEqual({ userName: 'Uma' });
    });

    it('of what the next sync tells anew: everything else comes', async () => {
      await damageBox('sync-status');
      await transfer();
      expect(await to.boxes.get('sync-status')).toBeNull();
      expect(await to.store.counts()).toMatchObject({ account: 200, contact: 300 });
    });

    it.each(['selection', 'site-decisions', 'profile'] as const)(
      'of the %s: everything else comes, and it stays refused until the user has said it anew',
      async (name) => {
        await from.boxes.put(name, { said: 'before' });
        await damageBox(name);
        await transfer();
        expect(await codeOf(to.boxes.get(name))).toBe('vault.tampered');
        to.close();
        const opened = await openConnectionCopy(options('c1_1', PASSPHRASE));
        expect(await codeOf(opened.boxes.get(name))).toBe('vault.tampered');
        expect(await opened.boxes.get('token')).toEqual({ refreshToken: 'secret' });
        await opened.boxes.put(name, { said: 'anew' });
        expect(await opened.boxes.get(name)).toEqual({ said: 'anew' });
      },
    );

    it('of the token: everything else comes, and it stays refused until the user has signed in again', async () => {
      await damageBox('token');
      await transfer();
      expect(await codeOf(to.boxes.get('token'))).toBe('vault.tampered');
      expect(await to.boxes.get('profile')).toEqual({ userName: 'Uma' });
      expect(await to.store.counts()).toMatchObject({ account: 200, contact: 300 });
    });
  });

  it('leaves the old copy whole when it is stopped in the middle', async () => {
    const before = await contentOf(from);
    const abort = new AbortController();
    await expect(
      transfer(abort.signal, (share) => {
        if (share > 0.2) abort.abort();
      }),
    ).rejects.toThrow();
    expect(await contentOf(from)).toEqual(before);
    from.close();
    expect(await contentOf(await openConnectionCopy(options('c1', { mode: 'device' })))).toEqual(before);
  });
});
