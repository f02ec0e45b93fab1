import { describe, expect, it } from 'vitest';
import type { Checkpoint, Page } from '@/lib/connectors/connector';
import { PageBatch } from '@/lib/sync/batch';
import { record } from '../../builders/records';

const checkpoint = (coveredUntil: string): Checkpoint => ({
  coveredUntil,
  deletedUntil: 'x',
  wanted: [],
  fields: [],
  types: {},
  describedAt: 'x',
  scope: '',
  pull: null,
});

const page = (change: Partial<Page>): Page => ({
  records: [],
  deletions: [],
  became: [],
  sweep: false,
  checkpoint: checkpoint('first'),
  skipped: 0,
  newBefore: null,
  ...change,
});

/** The pages of a batch, each with the deletions that were believed of it. */
function batchOf(...pages: [Partial<Page>, string[]?][]): PageBatch {
  const batch = new PageBatch(0);
  for (const [change, deletions = []] of pages) batch.add(page(change), deletions);
  return batch;
}
const lead = (id: string, name = id) => record('lead', id, { name });
const content = (batch: PageBatch, isOvertaken = (_: string) => false) => {
  const { upserts, deletions } = batch.content(isOvertaken);
  return { upserts: upserts.map(({ fields }) => ('name' in fields ? fields.name : '')), deletions };
};

describe('pages that are written together', () => {
  it('hold the last word about each record', () => {
    const batch = batchOf([{ records: [lead('a', 'old'), lead('b')] }], [{ records: [lead('a', 'new')] }]);
    expect(content(batch)).toEqual({ upserts: ['new', 'b'], deletions: [] });
    expect(batch.size).toBe(2);
  });

  it('delete what a page brings and names as deleted', () => {
    expect(content(batchOf([{ records: [lead('a')] }, ['a', 'b']]))).toEqual({ upserts: [], deletions: ['a', 'b'] });
  });

  it('keep what came back behind its deletion', () => {
    expect(content(batchOf([{}, ['a', 'b']], [{ records: [lead('a')] }]))).toEqual({ upserts: ['a'], deletions: ['b'] });
  });

  it('delete what has become something else', () => {
    expect(content(batchOf([{ records: [lead('a')] }], [{ became: ['a'] }]))).toEqual({ upserts: [], deletions: ['a'] });
  });

  it('believe the deletions that they are given, not those of the page', () => {
    expect(content(batchOf([{ deletions: ['a', 'b'] }, []]))).toEqual({ upserts: [], deletions: [] });
  });

  it('leave out what somebody else has written since, be it to write or to delete', () => {
    const batch = batchOf([{ records: [lead('a'), lead('b')] }, ['c', 'd']]);
    expect(content(batch, (id) => id === 'a' || id === 'c')).toEqual({ upserts: ['b'], deletions: ['d'] });
  });

  it('go as far as the last of them, and count all that came', () => {
    const batch = batchOf(
      [{ records: [lead('a')], skipped: 1, newBefore: 'x' }],
      [{ records: [lead('a')], skipped: 2, checkpoint: checkpoint('last'), newBefore: null }],
    );
    expect(batch.checkpoint?.coveredUntil).toBe('last');
    expect([batch.received, batch.skipped, batch.newBefore]).toEqual([2, 3, null]);
  });

  it('are nothing without a page', () => {
    const batch = new PageBatch(7);
    expect([batch.checkpoint, batch.size, batch.startedAt]).toEqual([null, 0, 7]);
  });
});
