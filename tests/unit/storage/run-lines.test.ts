import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AnyRecord } from '@/lib/crm/records';
import { createRunBoxes } from '@/lib/storage/run-boxes';
import { tableNumber } from '@/lib/storage/tables';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { plainPlacement, type TestStore, testStore } from '../../builders/store';

const nameLines = (version: number) => ({
  version,
  of: (one: AnyRecord) => ('name' in one.fields ? `v${version} ${one.id} ${one.fields.name}` : null),
});
const searched = (version = 1) => ({ ...plainPlacement, lines: nameLines(version) });
const accounts = (count: number, name = 'Acme') =>
  Array.from({ length: count }, (_, n) => record('account', `a${n}`, { name: `${name} ${n}` }));
const batch = (upserts: ReturnType<typeof accounts>, deletions: string[] = []) => ({
  object: 'account' as const,
  upserts,
  deletions,
  newBefore: null,
});
const MANY = 2500;

async function linesOf(store: TestStore['store']): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of store.lines('account')) texts.push(text);
  return texts.join('').split('\n').slice(0, -1).sort();
}

/** Rows that lie behind the cells of an Account run. */
async function lineRows(test: TestStore): Promise<{ r: number; c: number }[]> {
  const rows = await test.db.cells.toArray();
  const ofAccounts = rows.filter(({ t }) => t === tableNumber('account'));
  // 2,500 entries of 96 a cell take 2^5 cells.
  return ofAccounts.filter(({ c }) => c >= 32).map(({ r, c }) => ({ r, c }));
}

describe('the lines that search looks through', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await testStore(searched());
  });

  it('are there right after a write, before anything was stored for them', async () => {
    await test.store.apply(batch(accounts(3)));
    expect(await linesOf(test.store)).toEqual(['v1 a0 Acme 0', 'v1 a1 Acme 1', 'v1 a2 Acme 2']);
  });

  it('are stored when compaction runs, and read back by the next worker without opening a cell', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    expect((await lineRows(test)).length).toBeGreaterThanOrEqual(2);
    const rows = await test.db.cells.toArray();
    for (const row of rows) if (row.t === tableNumber('account') && row.c < 32) await test.db.cells.delete([row.t, row.r, row.c]);
    expect(await linesOf(test.reopen())).toHaveLength(MANY);
  });

  it('are made anew when the rules have changed', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const next = test.reopen(searched(2));
    expect((await linesOf(next))[0]).toMatch(/^v2 /);
    await next.compact();
    expect((await linesOf(test.reopen(searched(2))))[0]).toMatch(/^v2 /);
  });

  it('are no damage when a worker dies while they are made anew', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const next = test.reopen(searched(2));
    await next.counts();
    const original = test.db.cells.put.bind(test.db.cells);
    let writes = 0;
    test.db.cells.put = ((...args: Parameters<typeof original>) => {
      writes += 1;
      return writes > 1 ? Promise.reject(new Error('the worker died')) : original(...args);
    }) as typeof test.db.cells.put;
    await expect(next.compact()).rejects.toThrow();
    test.db.cells.put = original as typeof test.db.cells.put;
    await test.reopen(searched(2)).check(new AbortController().signal);
  });

  it('are made in passing when runs are merged: the merged cells are not opened for them', async () => {
    for (let n = 0; n < 8; n += 1) await test.store.apply(batch(accounts(MANY, `Acme ${n}`)));
    const opened = vi.spyOn(test.db, 'cellsAt');
    await test.store.compact();
    const [run] = await lineRows(test);
    expect(run).toBeDefined();
    expect(opened.mock.calls.flat(2).filter(([t, r]) => t === tableNumber('account') && r === run?.r)).toEqual([]);
    expect(await linesOf(test.reopen())).toHaveLength(MANY);
  });

  it('go with their run when it is merged away', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const [before] = await lineRows(test);
    await test.store.apply({ ...batch([], ['a0']), thorough: true });
    await test.store.compact();
    expect((await lineRows(test)).filter(({ r }) => r === before?.r)).toEqual([]);
    expect(await linesOf(test.store)).not.toContain('v1 a0 Acme 0');
    expect(await linesOf(test.reopen())).toHaveLength(MANY - 1);
  });

  it('are gone when everything begins anew', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    await linesOf(test.store);
    await test.store.startOver();
    expect(await linesOf(test.store)).toEqual([]);
    expect(await test.db.cells.count()).toBe(0);
  });

  it('are refused when a bit of them was changed, and counted by the check of the copy', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const [last] = (await lineRows(test)).slice(-1);
    const key: [number, number, number] = [tableNumber('account'), last?.r ?? 0, last?.c ?? 0];
    const row = await test.db.cells.get(key);
    if (!row) throw new Error('no row');
    row.b[row.b.length - 1] = (row.b.at(-1) ?? 0) ^ 1;
    await test.db.cells.put(row);
    const reopened = test.reopen();
    expect(await codeOf(linesOf(reopened))).toBe('vault.tampered');
    expect(reopened.isDamaged()).toBe(true);
    expect(await codeOf(test.reopen().check(new AbortController().signal))).toBe('vault.tampered');
  });

  it('cannot be put in the place of others', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const [first, second] = (await lineRows(test)).map(({ r, c }) => [tableNumber('account'), r, c] as [number, number, number]);
    if (!first || !second) throw new Error('no rows');
    const [one, other] = await test.db.cells.bulkGet([first, second]);
    if (!one || !other) throw new Error('no rows');
    await test.db.cells.bulkPut([
      { ...one, b: other.b },
      { ...other, b: one.b },
    ]);
    expect(await codeOf(linesOf(test.reopen()))).toBe('vault.tampered');
  });

  describe('looking records up by the directory', () => {
    const idsFound = async (store: TestStore['store'], ...ids: string[]) =>
      (await store.lookUp('account', ids)).map(({ id, fields }) => `${id} ${fields.name}`).sort();

    it('gives what is alive as it is now, whether it lies in stored runs or in new ones', async () => {
      await test.store.apply(batch(accounts(MANY)));
      await test.store.compact();
      await test.store.apply(batch([record('account', 'a1', { name: 'Renamed' })], ['a2']));
      for (const store of [test.store, test.reopen()]) {
        expect(await idsFound(store, 'a0', 'a1', 'a2', 'nobody')).toEqual(['a0 Acme 0', 'a1 Renamed']);
      }
    });

    it('follows a contact from one Account to another and back', async () => {
      const contact = (accountId: string) => record('contact', 'c1', { accountId, name: 'Cora' });
      for (const accountId of ['a1', 'a2', 'a1']) {
        await test.store.apply({ object: 'contact', upserts: [contact(accountId)], deletions: [], newBefore: null });
        const [found, ...others] = await test.store.lookUp('contact', ['c1']);
        expect(found?.fields.accountId).toBe(accountId);
        expect(others).toEqual([]);
      }
    });
  });

  it('have boxes that say nothing outside the envelope but a number behind the cells', async () => {
    await test.store.apply(batch(accounts(MANY)));
    await test.store.compact();
    const [row] = (await test.db.cells.toArray()).filter(({ t, c }) => t === tableNumber('account') && c >= 32);
    expect(Object.keys(row ?? {}).sort()).toEqual(['b', 'c', 'r', 't']);
    const foreign = createRunBoxes(test.db, createCipher(test.root), 'c2', 'lines');
    const run = { id: row?.r ?? 0, bits: 5, entries: MANY, schema: 1, lines: { version: 1, boxes: 2 } };
    expect(await foreign.check('account', run, [0, 1])).toBe(2);
  });
});
