import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DAY, dueAt } from '@/lib/sync/schedule';
import { errorOf, isStale, NEVER_RUN, nextDue, readStatus, type StoredStatus } from '@/lib/sync/sync-status';

const NOW = Date.parse('2026-05-01T00:00:00.000Z');
const iso = (time: number) => new Date(time).toISOString();
const status = (change: Partial<StoredStatus>): StoredStatus => ({ ...NEVER_RUN, ...change });

describe('schedule', () => {
  it('is due at once when the connection never ran', () => {
    expect(dueAt({ lastSuccessAt: null, lastFailureAt: null, failures: 0 }, 'c1')).toBe(0);
  });

  it('is due a day after the last success, and up to 45 minutes later', () => {
    const due = dueAt({ lastSuccessAt: NOW, lastFailureAt: null, failures: 0 }, 'c1');
    expect(due - NOW).toBeGreaterThanOrEqual(DAY);
    expect(due - NOW).toBeLessThan(DAY + 45 * 60_000);
  });

  it('spreads connections over the 45 minutes', () => {
    const ids = Array.from({ length: 300 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex'));
    const offsets = ids.map((id) => (dueAt({ lastSuccessAt: 0, lastFailureAt: null, failures: 0 }, id) - DAY) / (45 * 60_000));
    const thirds = [0, 1, 2].map((third) => offsets.filter((offset) => Math.floor(offset * 3) === third).length);
    expect(Math.min(...thirds)).toBeGreaterThan(60);
  });
});

describe('sync status', () => {
  it.each([null, undefined, 'x', {}, { ...NEVER_RUN, failures: 'two' }])(
    'is that of a connection that never ran when %j is stored',
    (stored) => {
      expect(readStatus(stored)).toEqual(NEVER_RUN);
    },
  );

  it('is read as it was written', () => {
    const written = status({ lastSuccessAt: iso(NOW), failures: 2, lastError: { code: 'crm.busy', at: iso(NOW) } });
    expect(readStatus(structuredClone(written))).toEqual(written);
  });

  it('tells an error only when its code is still in the table', () => {
    expect(errorOf(status({ lastError: { code: 'crm.busy', at: 'x' } }))).toEqual({ code: 'crm.busy', at: 'x' });
    expect(errorOf(status({ lastError: { code: 'of.old', at: 'x' } }))).toBeNull();
    expect(errorOf(NEVER_RUN)).toBeNull();
  });

  it('is due never again by itself when the login has ended: the user has to act', () => {
    expect(nextDue(status({ failures: 1, lastError: { code: 'auth.reconnect', at: iso(NOW) } }), 'c1')).toBeNull();
  });

  it('is due a little after a failure, longer after several', () => {
    const waitAfter = (failures: number) =>
      (nextDue(status({ failures, lastError: { code: 'crm.offline', at: iso(NOW) } }), 'c1') ?? 0) - NOW;
    expect(waitAfter(1)).toBeGreaterThan(0);
    expect(waitAfter(1)).toBeLessThan(5 * 60_000);
    expect(waitAfter(5)).toBeGreaterThan(waitAfter(2));
  });

  it.each([
    [null, false],
    [NOW, false],
    [NOW - 2 * DAY, false],
    [NOW - 2 * DAY - 1, true],
  ])('of a copy last brought up to date at %s is stale: %s', (lastSuccessAt, stale) => {
    expect(isStale(status({ lastSuccessAt: lastSuccessAt === null ? null : iso(lastSuccessAt) }), NOW)).toBe(stale);
  });
});
