import { beforeEach, describe, expect, it } from 'vitest';
import type { Pull } from '@/lib/connectors/connector';
import type { StoredCheckpoint } from '@/lib/sync/checkpoint';
import { isNarrow } from '@/lib/crm/selection';
import { compareIds, needOfComparing } from '@/lib/sync/compare';
import { record } from '../../builders/records';
import { type TestStore, testStore } from '../../builders/store';

const DAY = 24 * 60 * 60_000;
const NOW = Date.parse('2026-06-01T09:00:00Z');
const checkpoint = {
  coveredUntil: 'x',
  deletedUntil: 'x',
  wanted: [],
  fields: [],
  types: {},
  describedAt: 'x',
  scope: '',
  pull: null,
};
const HELD = { count: 60, of: 100, ids: [] };
const stored = (change: Partial<StoredCheckpoint>): StoredCheckpoint => ({
  checkpoint,
  compared: { at: NOW, gap: 0 },
  held: null,
  owed: null,
  ...change,
});
const need = (change: Partial<StoredCheckpoint>, count: number | null, live: number) =>
  needOfComparing(stored(change), { count, total: 0, dropped: [], scopeChanged: false }, live, NOW);

describe('the need to compare all ids', () => {
  it.each<[string, Partial<StoredCheckpoint>, number | null, number, 'scope' | 'sweep' | null]>([
    ['both sides have as many', {}, 10, 10, null],
    ['the CRM has more', {}, 11, 10, 'sweep'],
    ['the copy has more', {}, 9, 10, 'sweep'],
    ['the CRM does not say how many it has', {}, null, 10, null],
    ['the difference is the one that a comparison has left', { compared: { at: NOW, gap: 1 } }, 11, 10, null],
    ['the difference has grown since', { compared: { at: NOW, gap: 1 } }, 12, 10, 'sweep'],
    ['the difference has turned round since', { compared: { at: NOW, gap: 1 } }, 9, 10, 'sweep'],
    ['the difference is gone', { compared: { at: NOW, gap: 1 } }, 10, 10, null],
    ['the difference is gone that was held deletions', { compared: { at: NOW, gap: -60 }, held: HELD }, 100, 100, 'sweep'],
    ['held deletions are the difference as before', { compared: { at: NOW, gap: -60 }, held: HELD }, 40, 100, null],
    ['it was never done', { compared: null }, 10, 10, 'sweep'],
    ['it was done a week ago', { compared: { at: NOW - 7 * DAY, gap: 0 } }, 10, 10, null],
    ['it was done more than a week ago', { compared: { at: NOW - 7 * DAY - 1, gap: 0 } }, 10, 10, 'sweep'],
    ['it was done in the future, by a clock that was wrong', { compared: { at: NOW + 1, gap: 0 } }, 10, 10, 'sweep'],
    ['an earlier run owes it', { owed: 'sweep' }, 10, 10, 'sweep'],
    ['the scope has changed', { owed: 'scope' }, 10, 10, 'scope'],
  ])('when %s', (_, change, count, live, expected) => {
    expect(need(change, count, live)).toBe(expected);
  });
});

describe('a scope', () => {
  const all = { owner: 'all', withWebsite: false, conditions: [] } as const;

  it('is narrow when any Account may be outside of it', () => {
    const condition = { field: 'Name', operator: 'is' as const, values: ['x'] };
    expect(isNarrow({ ...all, conditions: [] })).toBe(false);
    expect(isNarrow({ ...all, conditions: [], owner: 'mine' })).toBe(true);
    expect(isNarrow({ ...all, conditions: [], withWebsite: true })).toBe(true);
    expect(isNarrow({ ...all, conditions: [condition] })).toBe(true);
  });
});

describe('comparing all ids', () => {
  let test: TestStore;
  beforeEach(async () => {
    test = await testStore();
    const upserts = ['a', 'b', 'c', 'd'].map((id) => record('lead', id));
    await test.store.apply({ object: 'lead', upserts, deletions: [], newBefore: null });
  });
  /** A CRM whose ids come in these pages. */
  const crm = (...pages: string[][]): Pull => ({
    state: () => null,
    async *pages() {},
    async *ids() {
      yield* pages;
    },
    async *byIds() {},
  });
  const compare = async (pull: Pull, overtaken: string[] = []) => {
    const { gone, missing } = await compareIds(pull, test.store, 'lead', (id) => overtaken.includes(id));
    return { gone: [...gone].sort(), missing };
  };

  it('finds what only one of the sides has', async () => {
    expect(await compare(crm(['a', 'x'], ['c', 'y', 'x']))).toEqual({ gone: ['b', 'd'], missing: ['x', 'y'] });
  });

  it('finds nothing when both have the same', async () => {
    expect(await compare(crm(['d', 'c'], [], ['b', 'a']))).toEqual({ gone: [], missing: [] });
  });

  it('finds everything when a side is empty', async () => {
    expect(await compare(crm([]))).toEqual({ gone: ['a', 'b', 'c', 'd'], missing: [] });
    await test.store.startOver();
    expect(await compare(crm(['a']))).toEqual({ gone: [], missing: ['a'] });
  });

  it('does not take for gone what somebody has written since it began', async () => {
    expect(await compare(crm(['a']), ['b'])).toEqual({ gone: ['c', 'd'], missing: [] });
  });
});
