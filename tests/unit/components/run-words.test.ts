import { describe, expect, it, vi } from 'vitest';
import type { RunSummary } from '@/lib/messaging/protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
const { changesOf, secondsOf } = await import('@/components/sync/run-words');

const run = (rest: Partial<RunSummary>): RunSummary => ({
  startedAt: '2026-05-12T09:00:00.000Z',
  endedAt: '2026-05-12T09:00:42.000Z',
  why: 'due',
  outcome: 'ok',
  code: null,
  objects: [],
  calls: 1,
  skipped: 0,
  refused: 0,
  renewed: 0,
  ...rest,
});

describe('how long a run took', () => {
  it('is the time between its start and its end', () => expect(secondsOf(run({}))).toBe(42));

  it.each([[null], ['soon'], ['2026-05-12T08:00:00.000Z']])('is unknown when it ended at %j', (endedAt) =>
    expect(secondsOf(run({ endedAt }))).toBeNull(),
  );
});

describe('what a run changed', () => {
  it('is told in the order of the page, and what did not change is left out', () => {
    const objects: RunSummary['objects'] = [
      { object: 'task', received: 4, deleted: 0 },
      { object: 'contact', received: 1200, deleted: 3 },
      { object: 'lead', received: 0, deleted: 7 },
      { object: 'account', received: 0, deleted: 0 },
    ];
    expect(changesOf(run({ objects }))).toEqual(['1,200 Contacts (3 deleted)', '7 Leads deleted', '4 Tasks']);
  });

  it('is nothing when nothing came', () => expect(changesOf(run({}))).toEqual([]));
});
