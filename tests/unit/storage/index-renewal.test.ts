import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import type { Placement } from '@/lib/storage/batch-plan';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createRecordStore } from '@/lib/storage/record-store';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { rootKey } from '../../builders/keys';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

/** Rules whose keys and homes say by which version they were made. */
const rules = (version: number): Placement => ({
  version,
  home: (one) => {
    if (one.object === 'contact') return one.fields.accountId ?? one.id;
    return one.object === 'lead' ? `v${version} ${one.fields.email}` : one.id;
  },
  keys: (one) => (one.object === 'account' || one.object === 'contact' ? [`v${version} ${one.object}`] : []),
});

async function disk() {
  const db = new ConnectionDatabase(new IDBFactory());
  const root = await rootKey();
  return (placement: Placement) =>
    createRecordStore({ db, cipher: createCipher(root), hash: createCellHash(root), connectionId: 'c1', placement });
}

const RECORDS: AnyRecord[] = [
  record('account', 'a1'),
  record('account', 'a2'),
  record('contact', 'c1', { accountId: 'a1' }),
  record('lead', 'l1', { email: 'x' }),
];

async function fill(store: ReturnType<typeof createRecordStore>, records = RECORDS) {
  for (const one of records) await store.apply({ object: one.object, upserts: [one], deletions: [], newBefore: null });
}

const idsAt = async (store: ReturnType<typeof createRecordStore>, key: string) =>
  ((await store.indexed([key])).get(key) ?? []).map(({ id }) => id).sort();

describe('a copy that was placed by older rules', () => {
  it('is found by the new ones after the next opening, and no longer by the old ones', async () => {
    const open = await disk();
    await fill(open(rules(1)));
    const store = open(rules(2));
    await store.placed();
    expect(await idsAt(store, 'v2 account')).toEqual(['a1', 'a2']);
    expect(await store.indexed(['v2 contact'])).toEqual(new Map([['v2 contact', [{ id: 'c1', home: 'a1' }]]]));
    expect(await idsAt(store, 'v1 account')).toEqual([]);
    expect(await idsAt(store, 'v1 contact')).toEqual([]);
  });

  it('has its leads where the new rules look for them, once', async () => {
    const open = await disk();
    await fill(open(rules(1)));
    const store = open(rules(2));
    await store.placed();
    expect((await store.at('lead', 'v2 x')).map(({ id }) => id)).toEqual(['l1']);
    expect(await store.at('lead', 'v1 x')).toEqual([]);
    expect(await store.counts()).toMatchObject({ account: 2, contact: 1, lead: 1 });
  });

  it('forgets the keys of a record that changes or goes afterwards', async () => {
    const open = await disk();
    await fill(open(rules(1)));
    const store = open(rules(2));
    await store.placed();
    await store.apply({ object: 'contact', upserts: [], deletions: ['c1'], newBefore: null });
    await store.apply({ object: 'account', upserts: [], deletions: ['a1'], newBefore: null });
    expect(await idsAt(store, 'v2 contact')).toEqual([]);
    expect(await idsAt(store, 'v2 account')).toEqual(['a2']);
  });

  it('goes through it once: the next opening writes nothing', async () => {
    const open = await disk();
    await fill(open(rules(1)));
    await open(rules(2)).placed();
    const store = open(rules(2));
    const before = await store.writes();
    await store.placed();
    expect(await store.writes()).toBe(before);
  });

  it('keeps what is written while it is placed anew', async () => {
    const open = await disk();
    await fill(open(rules(1)));
    const store = open(rules(2));
    const writing = fill(store, [record('account', 'a3'), record('contact', 'c2', { accountId: 'a3' })]);
    await Promise.all([writing, store.placed(), store.compact()]);
    expect(await idsAt(store, 'v2 account')).toEqual(['a1', 'a2', 'a3']);
    expect(await idsAt(store, 'v2 contact')).toEqual(['c1', 'c2']);
  });

  describe('and whose placing anew was cut off', () => {
    /** Dies at the first contact, when the Accounts are done. */
    const dying = (version: number, asked: string[] = []): Placement => ({
      ...rules(version),
      keys(one) {
        if (one.object === 'contact') throw new Error('the worker has died');
        asked.push(one.id);
        return rules(version).keys(one);
      },
    });

    it('goes on where it was', async () => {
      const open = await disk();
      await fill(open(rules(1)));
      await expect(open(dying(2)).placed()).rejects.toThrow('died');
      const asked: string[] = [];
      const again = open({
        ...rules(2),
        keys(one) {
          asked.push(one.object);
          return rules(2).keys(one);
        },
      });
      await again.placed();
      expect(asked).not.toContain('account');
      expect(await idsAt(again, 'v2 account')).toEqual(['a1', 'a2']);
      expect(await idsAt(again, 'v2 contact')).toEqual(['c1']);
      expect(await idsAt(again, 'v1 account')).toEqual([]);
    });

    it('begins again when the rules have changed once more', async () => {
      const open = await disk();
      await fill(open(rules(1)));
      await expect(open(dying(2)).placed()).rejects.toThrow('died');
      const store = open(rules(3));
      await store.placed();
      expect(await idsAt(store, 'v3 account')).toEqual(['a1', 'a2']);
      expect(await idsAt(store, 'v2 account')).toEqual([]);
      expect(await idsAt(store, 'v1 account')).toEqual([]);
    });

    it('still answers by the old rules meanwhile', async () => {
      const open = await disk();
      await fill(open(rules(1)));
      const store = open(dying(2));
      await expect(store.placed()).rejects.toThrow('died');
      expect(await idsAt(store, 'v1 account')).toEqual(['a1', 'a2']);
    });
  });

  it('is nothing to do for an empty one', async () => {
    const open = await disk();
    const store = open(rules(1));
    await store.placed();
    expect(await store.writes()).toBe(1);
  });
});

describe('what the user has decided about sites', () => {
  it('outlives a copy that is fetched anew', async () => {
    const { store, db, root } = await testStore();
    const boxes = createSealedBoxes(db, createCipher(root), 'c1');
    await boxes.put('site-decisions', { decisions: [], never: ['banking'] });
    await fill(store);
    await store.startOver();
    expect(await store.counts()).toMatchObject({ account: 0 });
    expect(await boxes.get('site-decisions')).toEqual({ decisions: [], never: ['banking'] });
  });
});
