import { beforeEach, describe, expect, it, vi } from 'vitest';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { type TestStore, testStore } from '../../builders/store';

const account = (n: number, website: string) => record('account', `a${n}`, { name: `Account ${n}`, website });
const batch = (upserts: ReturnType<typeof account>[]) => ({
  object: 'account' as const,
  upserts,
  deletions: [],
  newBefore: null,
});

describe('what a page visit reads', () => {
  let test: TestStore;
  const readsOf = async (work: () => Promise<unknown>) => {
    const reads = vi.spyOn(test.db, 'cellsAt');
    await work();
    const count = reads.mock.calls.length;
    reads.mockRestore();
    return count;
  };
  beforeEach(async () => {
    test = await testStore();
    await test.store.apply(batch([account(1, 'acme.com')]));
    await test.store.apply(batch([account(2, 'beta.com')]));
    await test.store.apply(batch([account(3, 'gamma.com')]));
  });

  it('is read in one transaction, however many runs there are', async () => {
    expect(await readsOf(() => test.store.indexed(['acme.com', 'beta.com']))).toBe(1);
    expect(await readsOf(() => test.store.getMany('account', ['a1', 'a2', 'a3']))).toBe(1);
  });

  it('is not read again for the next page of the site', async () => {
    const first = await test.store.getMany('account', ['a1']);
    expect(await readsOf(async () => expect(await test.store.getMany('account', ['a1'])).toEqual(first))).toBe(0);
  });

  it('is never older than the last write', async () => {
    await test.store.getMany('account', ['a1']);
    await test.store.apply(batch([account(1, 'new.com')]));
    expect((await test.store.get('account', 'a1'))?.fields.website).toBe('new.com');
    await test.store.compact();
    expect((await test.store.get('account', 'a1'))?.fields.website).toBe('new.com');
  });

  it('is not answered from memory any more when the copy was closed', async () => {
    await test.store.getMany('account', ['a1']);
    test.store.forget();
    test.db.close();
    expect(await codeOf(test.store.getMany('account', ['a1']))).not.toBe('it did not fail');
  });
});
