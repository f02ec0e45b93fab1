import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeyListMaker, openKeyList } from '@/lib/storage/key-list';
import type { Placement } from '@/lib/storage/batch-plan';
import { tableNumber } from '@/lib/storage/tables';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { plainPlacement, type TestStore, testStore } from '../../builders/store';

const MANY = 2500;
/** 2,500 keys of 128 a cell take 2^5 cells. */
const CELLS = 32;
const rules = (version = 1): Placement => ({
  ...plainPlacement,
  asked: { version, are: (key) => !key.startsWith('~') },
});
const at = (n: number, website: string) => record('account', `a${n}`, { website });
const many = () => Array.from({ length: MANY }, (_, n) => at(n, `site-${n}.com`));
const batch = (upserts: ReturnType<typeof at>[], deletions: string[] = []) => ({
  object: 'account' as const,
  upserts,
  deletions,
  newBefore: null,
});

async function listRows(test: TestStore) {
  const rows = await test.db.cells.toArray();
  return rows.filter(({ t, c }) => t === tableNumber('domain') && c >= CELLS);
}

describe('the keys of the index that are known in memory', () => {
  let test: TestStore;
  let store: TestStore['store'];
  const readsOf = async (work: () => Promise<unknown>) => {
    const reads = vi.spyOn(test.db, 'cellsAt');
    await work();
    const cells = reads.mock.calls.reduce((sum, [keys]) => sum + keys.length, 0);
    reads.mockRestore();
    return cells;
  };
  /** Asks once, as the first page visit of a worker does, and waits until the list is there that `key` is in. */
  const afterFirstQuestion = async (key = 'site-9.com') => {
    await store.indexed(['first.com']);
    await vi.waitFor(async () => expect(await store.holdsSurely([key])).toBe(true));
  };

  describe('given a copy whose sync is over', () => {
    beforeEach(async () => {
      test = await testStore(rules());
      await test.store.apply(batch(many()));
      await test.store.compact();
      store = test.reopen();
    });

    it('know nothing before the first question, and delay nobody', async () => {
      expect(await store.holdsSurely(['site-1.com'])).toBe(false);
      expect(await readsOf(() => store.indexed(['site-1.com']))).toBeGreaterThan(0);
    });

    it('answer without the disk that a site is nobody’s, and that another is somebody’s', async () => {
      await afterFirstQuestion();
      const reads = await readsOf(async () => {
        expect(await store.accountsAt('nobody.com')).toEqual([]);
        expect(await store.holdsSurely(['nobody.com'])).toBe(false);
        expect(await store.holdsSurely(['nobody.com', 'site-7.com'])).toBe(true);
      });
      expect(reads).toBe(0);
    });

    it('follow what is written later: new, moved and deleted', async () => {
      await afterFirstQuestion();
      await store.apply(batch([at(1, 'moved.com'), at(9001, 'new.com')], ['a2']));
      for (const [key, surely, ids] of [
        ['site-1.com', false, []],
        ['moved.com', true, ['a1']],
        ['new.com', true, ['a9001']],
        ['site-2.com', false, []],
        ['site-3.com', true, ['a3']],
      ] as const) {
        expect(await store.holdsSurely([key]), key).toBe(surely);
        expect(await store.accountsAt(key), key).toEqual(ids);
      }
    });

    it('say nothing of keys that no page visit asks for, and those are found as before', async () => {
      await store.apply(batch([at(9002, '~brand')]));
      await afterFirstQuestion();
      expect(await store.holdsSurely(['~brand'])).toBe(false);
      expect(await store.accountsAt('~brand')).toEqual(['a9002']);
    });

    it('are dropped for good when the copy is closed', async () => {
      await afterFirstQuestion();
      store.forget();
      expect(await store.holdsSurely(['site-7.com'])).toBe(false);
      await store.indexed(['site-7.com']);
      expect(await store.holdsSurely(['site-7.com'])).toBe(false);
    });

    it('lie in boxes whose size tells no more than the number of cells does', async () => {
      const other = await testStore(rules());
      await other.store.apply(batch(Array.from({ length: 4000 }, (_, n) => at(n, `other-${n}.com`))));
      await other.store.compact();
      const sizes = async (of: TestStore) => (await listRows(of)).map(({ b }) => b.length);
      expect(await sizes(test)).toHaveLength(1);
      expect(await sizes(other)).toEqual(await sizes(test));
    });

    it('are made anew by other rules', async () => {
      store = test.reopen(rules(2));
      await store.compact();
      await afterFirstQuestion();
      expect(await store.holdsSurely(['site-7.com'])).toBe(true);
    });

    it('go with their run when it is merged away', async () => {
      const [before] = await listRows(test);
      await store.apply({ ...batch([], ['a0']), thorough: true });
      await store.compact();
      expect((await listRows(test)).filter(({ r }) => r === before?.r)).toEqual([]);
      await afterFirstQuestion();
      expect(await store.holdsSurely(['site-0.com'])).toBe(false);
      expect(await store.holdsSurely(['site-1.com'])).toBe(true);
    });

    it('are not believed when a bit of them was changed: the cells answer, and the check of the copy counts it', async () => {
      const [row] = await listRows(test);
      if (!row) throw new Error('no row');
      row.b[row.b.length - 1] = (row.b.at(-1) ?? 0) ^ 1;
      await test.db.cells.put(row);
      await store.indexed(['first.com']);
      await vi.waitFor(() => expect(store.isDamaged()).toBe(true));
      expect(await store.accountsAt('site-7.com')).toEqual(['a7']);
      expect(await store.holdsSurely(['site-7.com'])).toBe(false);
      expect(await codeOf(test.reopen(rules()).check(new AbortController().signal))).toBe('vault.tampered');
    });
  });

  it('are known to the worker that writes them; to the next one at the end of the sync where a run is large', async () => {
    test = await testStore(rules());
    store = test.store;
    await store.apply(batch([at(1, 'small.com')]));
    await afterFirstQuestion('small.com');
    await store.apply(batch(many().slice(2)));
    expect(await store.holdsSurely(['site-7.com'])).toBe(true);
    store = test.reopen(rules());
    await store.indexed(['first.com']);
    expect(await store.holdsSurely(['site-7.com'])).toBe(false);
    expect(await store.accountsAt('site-7.com')).toEqual(['a7']);
  });
});

describe('a list of keys', () => {
  const entry = (hash: number, home: string, values: unknown[] | null = []) => ({ hash, home, values });

  it('keeps a key once, however many people have an address there', () => {
    const maker = createKeyListMaker();
    maker.add([entry(7, '@a.com'), entry(9, '@b.com'), entry(7, '@a.com'), entry(7, '@a.com')]);
    expect(maker.count()).toBe(2);
  });

  it('tells keys of one hash apart, and is unsure of a key under which something was deleted', () => {
    const maker = createKeyListMaker();
    maker.add([entry(7, 'b.com', null), entry(7, 'b.com'), entry(7, 'a.com')]);
    maker.add([entry(2 ** 32 - 1, 'last.com')]);
    const list = openKeyList([maker.bytes()], maker.count());
    expect(['a.com', 'b.com', 'c.com'].map((key) => list.says(7, key))).toEqual(['alive', 'unsure', 'nothing']);
    expect(list.says(2 ** 32 - 1, 'last.com')).toBe('alive');
    expect([6, 7, 8].map(list.mayHold)).toEqual([false, true, false]);
  });

  it('holds nothing when it is empty, not even the hash 0 that fills it up', () => {
    const maker = createKeyListMaker();
    const list = openKeyList([maker.bytes()], maker.count());
    expect(list.mayHold(0)).toBe(false);
    expect(list.says(0, '')).toBe('nothing');
  });
});
