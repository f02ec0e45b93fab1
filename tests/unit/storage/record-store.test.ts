import { beforeEach, describe, expect, it } from 'vitest';
import type { Pace } from '@/lib/shared/pace';
import { tableNumber } from '@/lib/storage/tables';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { plainPlacement, type TestStore, testStore } from '../../builders/store';

const contacts = (count: number, stamp?: string) =>
  Array.from({ length: count }, (_, n) => record('contact', `c${n}`, { accountId: `a${n % 40}`, name: `Contact ${n}` }, stamp));
const batch = (upserts: ReturnType<typeof contacts>, deletions: string[] = []) => ({
  object: 'contact' as const,
  upserts,
  deletions,
  newBefore: null,
});
const stampOf = (n: number) => `2026-02-01T00:00:00.${String(n).padStart(3, '0')}Z`;

async function idsIn(store: TestStore['store']): Promise<string[]> {
  const ids: string[] = [];
  for await (const group of store.all('contact')) ids.push(...group.map((row) => row.id));
  return ids.sort();
}

/** Rows on disk that no run of the manifest names, found by what a fresh opening can account for. */
async function rowsByRun(test: TestStore): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { t, r } of await test.db.cells.toArray()) counts.set(`${t}/${r}`, (counts.get(`${t}/${r}`) ?? 0) + 1);
  return counts;
}

describe('record store', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await testStore();
  });

  describe('given one batch', () => {
    it('writes records and checkpoint together', async () => {
      await test.store.apply(batch(contacts(3)), { at: 1 });
      const reopened = test.reopen();
      expect(await reopened.checkpoint('contact')).toEqual({ at: 1 });
      expect(await reopened.counts()).toMatchObject({ contact: 3, lead: 0 });
    });

    it('writes neither when the transaction fails', async () => {
      await test.store.apply(batch(contacts(2)), { at: 1 });
      test.db.boxes.hook('updating', () => {
        throw new Error('the disk is gone');
      });
      expect(await codeOf(test.store.apply(batch(contacts(9)), { at: 2 }))).not.toBe('it did not fail');
      const reopened = test.reopen();
      for (const store of [test.store, reopened]) {
        expect(await store.checkpoint('contact')).toEqual({ at: 1 });
        expect(await idsIn(store)).toEqual(['c0', 'c1']);
      }
    });

    it('says that the disk is full when it is', async () => {
      test.db.cells.hook('creating', () => {
        throw new DOMException('full', 'QuotaExceededError');
      });
      expect(await codeOf(test.store.apply(batch(contacts(3)), { at: 1 }))).toBe('storage.quota');
    });

    it('goes on after a failed batch', async () => {
      const fail = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
      test.db.cells.hook('creating', fail);
      await codeOf(test.store.apply(batch(contacts(3)), { at: 1 }));
      test.db.cells.hook('creating').unsubscribe(fail);
      await test.store.apply(batch(contacts(3)), { at: 2 });
      expect(await idsIn(test.reopen())).toEqual(['c0', 'c1', 'c2']);
    });

    it('keeps the checkpoint when it brings none, and that of other objects', async () => {
      await test.store.apply(batch(contacts(1)), { at: 1 });
      await test.store.apply({ object: 'lead', upserts: [], deletions: [], newBefore: null }, { lead: 1 });
      await test.store.apply(batch(contacts(2)));
      expect(await test.store.checkpoint('contact')).toEqual({ at: 1 });
      expect(await test.store.checkpoint('lead')).toEqual({ lead: 1 });
      expect(await test.store.checkpoint('task')).toBeNull();
    });

    it('takes a second change that bears the same stamp: stamps have whole seconds', async () => {
      const named = (name: string) => record('contact', 'c1', { accountId: 'a1', name }, stampOf(1));
      await test.store.apply(batch([named('First')]));
      await test.store.apply(batch([named('Second')]));
      expect((await test.store.get('contact', 'c1'))?.fields.name).toBe('Second');
      expect(await test.store.counts()).toMatchObject({ contact: 1 });
    });

    it('changes nothing when it comes twice', async () => {
      expect(await test.store.apply(batch(contacts(5)))).toMatchObject({ upserted: 5, liveDelta: 5 });
      expect(await test.store.apply(batch(contacts(5)))).toMatchObject({ liveDelta: 0, deleted: 0 });
      expect(await test.store.apply(batch([], ['c0', 'c0', 'gone']))).toMatchObject({ deleted: 1, liveDelta: -1 });
      expect(await test.store.apply(batch([], ['c0']))).toMatchObject({ deleted: 0, liveDelta: 0 });
    });

    it('plans each batch on what the one before left, however they are called', async () => {
      await Promise.all(Array.from({ length: 5 }, (_, n) => test.store.apply(batch(contacts(4, stampOf(n))))));
      expect(await test.store.counts()).toMatchObject({ contact: 4 });
      expect((await test.store.get('contact', 'c0'))?.modifiedAt).toBe(stampOf(4));
    });
  });

  describe('given what an attacker may do with the disk', () => {
    const contactRows = () => test.db.cells.filter(({ t }) => t === tableNumber('contact'));
    beforeEach(async () => {
      await test.store.apply(batch(contacts(400)), { at: 1 });
    });

    it('shows nothing of the records in the clear', async () => {
      const bytes = Buffer.concat(
        [...(await test.db.cells.toArray()), ...(await test.db.boxes.toArray())].map(({ b }) => Buffer.from(b)),
      );
      expect(bytes.includes('Contact')).toBe(false);
      expect(bytes.includes('a17')).toBe(false);
    });

    it('refuses a cell of which one bit was flipped', async () => {
      const rows = await contactRows().toArray();
      for (const row of rows)
        await test.db.cells.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
      expect(await codeOf(test.reopen().at('contact', 'a1'))).toBe('vault.tampered');
    });

    it('refuses a cell whose version is a later one: a newer Sidelight would have written the manifest too', async () => {
      const rows = await contactRows().toArray();
      for (const row of rows) await test.db.cells.put({ ...row, b: row.b.map((byte, index) => (index === 0 ? 9 : byte)) });
      expect(await codeOf(test.reopen().at('contact', 'a1'))).toBe('vault.tampered');
    });

    it('refuses cells that were swapped', async () => {
      const [one, other] = await contactRows().toArray();
      if (one && other)
        await test.db.cells.bulkPut([
          { ...one, b: other.b },
          { ...other, b: one.b },
        ]);
      expect(await codeOf(idsIn(test.reopen()))).toBe('vault.tampered');
    });

    it('notices a cell that was removed', async () => {
      const [row] = await contactRows().toArray();
      if (row) await test.db.cells.delete([row.t, row.r, row.c]);
      expect(await codeOf(idsIn(test.reopen()))).toBe('vault.tampered');
    });

    it('refuses a cell of another table', async () => {
      const home = (await test.db.cells.toArray()).find(({ t }) => t === tableNumber('home'));
      const [row] = await contactRows().toArray();
      if (home && row) await test.db.cells.put({ ...row, b: home.b });
      expect(await codeOf(idsIn(test.reopen()))).toBe('vault.tampered');
    });

    it('refuses an older version of a cell that was put back', async () => {
      const before = await test.db.cells.toArray();
      for (let n = 0; n < 7; n += 1) await test.store.apply(batch(contacts(3, stampOf(n))));
      await test.store.compact();
      const after = await contactRows().toArray();
      const old = before.find(({ t }) => t === tableNumber('contact'));
      const row = after.at(-1);
      if (row && old) await test.db.cells.put({ ...row, b: old.b });
      expect(await codeOf(idsIn(test.reopen()))).toBe('vault.tampered');
    });

    it('refuses a manifest of which one bit was flipped, and everything with it', async () => {
      const box = await test.db.boxes.get('manifest');
      if (box) await test.db.boxes.put({ ...box, b: box.b.map((byte, index) => (index === 20 ? byte ^ 1 : byte)) });
      const reopened = test.reopen();
      expect(await codeOf(reopened.counts())).toBe('vault.tampered');
      expect(await codeOf(reopened.apply(batch(contacts(1))))).toBe('vault.tampered');
    });

    it('refuses a manifest in the place of another box', async () => {
      const box = await test.db.boxes.get('manifest');
      await test.db.boxes.put({ name: 'manifest', b: Uint8Array.from([...(box?.b ?? [])].reverse()) });
      expect(['vault.tampered', 'storage.newer-version']).toContain(await codeOf(test.reopen().counts()));
    });

    it('does not count rows that the manifest does not name', async () => {
      const [row] = await test.db.cells.toArray();
      if (row) await test.db.cells.put({ ...row, r: 999 });
      expect(await idsIn(test.reopen())).toHaveLength(400);
    });
  });

  describe('given a batch of so many cells that it takes several transactions', () => {
    const many = () => batch(contacts(4000, stampOf(1)));

    /** Lets the `nth` writing of rows fail with `error`, and all behind it. A worker that is dead takes nothing back either. */
    async function failing(nth: number, error: Error, work: () => Promise<unknown>, isDead = false): Promise<void> {
      const { cells } = test.db;
      const original = { put: cells.bulkPut.bind(cells), where: cells.where };
      let writes = 0;
      cells.bulkPut = ((...args: Parameters<typeof original.put>) => {
        writes += 1;
        if (writes < nth) return original.put(...args);
        if (isDead) cells.where = () => raise(error);
        return Promise.reject(error);
      }) as typeof cells.bulkPut;
      await expect(work()).rejects.toThrow();
      Object.assign(cells, { bulkPut: original.put, where: original.where });
    }
    const raise = (error: Error): never => {
      throw error;
    };

    it.each([1, 2, 3])('is as if nothing had come when the worker dies at the %i. of them', async (kill) => {
      await test.store.apply(batch(contacts(30)), { at: 0 });
      const before = await idsIn(test.store);
      await failing(kill, new Error('the worker died'), () => test.store.apply(many(), { at: 1 }), true);

      expect((await rowsByRun(test)).size).toBe(kill === 1 ? 2 : 3);
      const reopened = test.reopen();
      expect(await idsIn(reopened)).toEqual(before);
      expect(await reopened.checkpoint('contact')).toEqual({ at: 0 });
      await reopened.apply(many(), { at: 1 });
      expect(await idsIn(reopened)).toHaveLength(4000);
      expect((await rowsByRun(test)).size).toBe(kill === 1 ? 4 : 5);
      await reopened.compact();
      // Contacts and their homes, of both batches.
      expect((await rowsByRun(test)).size).toBe(4);
    });

    it('answers at once after such a death: what was left behind is taken away when the next run ends', async () => {
      await test.store.apply(batch(contacts(30)), { at: 0 });
      await failing(3, new Error('the worker died'), () => test.store.apply(many(), { at: 1 }), true);
      const whileSomebodyIsInAHurry: Pace = { breathe: () => new Promise(() => undefined), hurry: (work) => work() };
      const reopened = test.reopen(plainPlacement, whileSomebodyIsInAHurry);
      expect(await reopened.writes()).toBeGreaterThan(1);
      expect(await reopened.counts()).toMatchObject({ contact: 30 });
    });

    it('takes what was written back off a disk that is full, and can be tried again', async () => {
      await failing(3, new DOMException('full', 'QuotaExceededError'), () => test.store.apply(many(), { at: 1 }));
      expect((await rowsByRun(test)).size).toBe(0);
      expect(await test.store.checkpoint('contact')).toBeNull();
      await test.store.apply(many(), { at: 1 });
      expect(await idsIn(test.reopen())).toHaveLength(4000);
    });

    it('is not seen in part by those who read meanwhile', async () => {
      await test.store.apply(batch(contacts(30)), { at: 0 });
      const seen: number[] = [];
      let done = false;
      const writing = test.store.apply(many(), { at: 1 }).finally(() => {
        done = true;
      });
      while (!done) seen.push((await idsIn(test.store)).length);
      await writing;
      expect(new Set([...seen, 4000])).toEqual(new Set([30, 4000]));
    });
  });

  describe('given somebody in a hurry, and so many runs that a question reaches into a thousand cells', () => {
    it('does not stand back, which would be behind itself', async () => {
      const accounts = (stamp: string) =>
        Array.from({ length: 4000 }, (_, n) => record('account', `a${n}`, { name: `${n}` }, stamp));
      for (let n = 0; n < 12; n += 1)
        await test.store.apply({ object: 'account', upserts: accounts(stampOf(n)), deletions: [], newBefore: null });
      let breaths = 0;
      const pace: Pace = {
        breathe: async () => {
          breaths += 1;
        },
        hurry: (work) => work(),
      };
      const store = test.reopen(plainPlacement, pace);
      await store.placed();
      breaths = 0;
      const ids = Array.from({ length: 300 }, (_, n) => `a${n}`);
      expect((await store.getMany('account', ids)).size).toBe(300);
      expect(breaths).toBe(0);
    });
  });

  describe('given a worker that dies while runs are merged', () => {
    /** Eight runs a table, with so many entries that their merge takes several transactions. */
    async function manyRuns(): Promise<string[]> {
      await test.store.apply(batch(contacts(900)), { at: 0 });
      for (let n = 0; n < 7; n += 1) await test.store.apply(batch(contacts(880, stampOf(n)), [`c${890 + n}`]), { at: n });
      return idsIn(test.store);
    }

    it.each([1, 2, 3])('keeps the content whole and no rows that nobody needs, when it dies at the %i. write', async (kill) => {
      const before = await manyRuns();
      const original = test.db.cells.bulkPut.bind(test.db.cells);
      let writes = 0;
      test.db.cells.bulkPut = ((...args: Parameters<typeof original>) => {
        writes += 1;
        if (writes === kill) throw new Error('the worker died');
        return original(...args);
      }) as typeof test.db.cells.bulkPut;
      await expect(test.store.compact()).rejects.toThrow();
      test.db.cells.bulkPut = original as typeof test.db.cells.bulkPut;

      const reopened = test.reopen();
      expect(await idsIn(reopened)).toEqual(before);
      expect(await reopened.checkpoint('contact')).toEqual({ at: 6 });
      await reopened.compact();
      expect(await idsIn(reopened)).toEqual(before);
      // Of contacts and of their homes one run is left each, and the rows of no other.
      const runs = [...(await rowsByRun(test)).keys()].map((key) => key.split('/')[0]);
      expect(runs.sort()).toEqual([String(tableNumber('contact')), String(tableNumber('home'))]);
    });

    it('says that the disk is full, and leaves no rows behind when it is merged again without a restart', async () => {
      const before = await manyRuns();
      const original = test.db.cells.bulkPut.bind(test.db.cells);
      let writes = 0;
      test.db.cells.bulkPut = ((...args: Parameters<typeof original>) => {
        writes += 1;
        if (writes === 3) throw new DOMException('full', 'QuotaExceededError');
        return original(...args);
      }) as typeof test.db.cells.bulkPut;
      await expect(test.store.compact()).rejects.toMatchObject({ code: 'storage.quota' });
      test.db.cells.bulkPut = original as typeof test.db.cells.bulkPut;
      await test.store.compact();
      expect(await idsIn(test.reopen())).toEqual(before);
      expect((await rowsByRun(test)).size).toBe(2);
    });

    it('leaves one run and as many records when it does not die', async () => {
      const before = await manyRuns();
      await test.store.compact();
      expect(await idsIn(test.reopen())).toEqual(before);
      expect((await rowsByRun(test)).size).toBe(2);
      expect(await test.store.counts()).toMatchObject({ contact: before.length });
    });

    it('lets readers read on while runs are merged', async () => {
      const before = await manyRuns();
      const [, during, one] = await Promise.all([test.store.compact(), idsIn(test.store), test.store.at('contact', 'a1')]);
      expect(during).toEqual(before);
      expect(one.length).toBeGreaterThan(20);
    });
  });
});
