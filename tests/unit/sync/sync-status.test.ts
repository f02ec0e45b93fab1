import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { DAY } from '@/lib/sync/schedule';
import {
  afterFailure,
  afterKill,
  afterSuccess,
  errorOf,
  isStale,
  NEVER_RUN,
  nextDue,
  readStatus,
  type StoredStatus,
} from '@/lib/sync/sync-status';
import { needsUser } from '@/lib/sync/trouble';

const NOW = Date.parse('2026-05-01T00:00:00.000Z');
const HOUR = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();
const status = (change: Partial<StoredStatus>): StoredStatus => ({ ...NEVER_RUN, ...change });
const figures = { skipped: 2, calls: 9, usage: { used: 100, max: 15_000, reserve: 3000 } };

describe('sync status', () => {
  it.each([null, undefined, 'x', {}, { ...NEVER_RUN, failures: 'two' }])(
    'is that of a connection that never ran when %j is stored',
    (stored) => {
      expect(readStatus(stored)).toEqual(NEVER_RUN);
    },
  );

  it('is read as it was written', () => {
    const written = status({ lastSuccessAt: iso(NOW), failures: 2, halvings: 3, unavailable: ['lead'], usage: figures.usage });
    expect(readStatus(structuredClone(written))).toEqual(written);
  });

  it('is read from what an earlier version wrote, which knew less', () => {
    const old = { runStartedAt: null, lastSuccessAt: iso(NOW), lastError: null, failures: 0, skipped: 1, calls: 6 };
    expect(readStatus(old)).toEqual(status({ lastSuccessAt: iso(NOW), skipped: 1, calls: 6 }));
  });

  it('tells an error only when its code is still in the table', () => {
    expect(errorOf(status({ lastError: { code: 'crm.busy', at: 'x' } }))).toEqual({ code: 'crm.busy', at: 'x' });
    expect(errorOf(status({ lastError: { code: 'of.old', at: 'x' } }))).toBeNull();
    expect(errorOf(NEVER_RUN)).toBeNull();
  });

  describe('given a run that was killed', () => {
    const begun = (change: Partial<StoredStatus> = {}) => status({ runStartedAt: iso(NOW), writesAtStart: 7, ...change });

    it('counts the kill, and makes the next batch smaller, when nothing had been written', () => {
      expect(afterKill(begun(), 7, NOW)).toMatchObject({ runStartedAt: null, interruptions: 1, halvings: 1, lastError: null });
    });

    it('does not count it when something had been written, which ends the row', () => {
      expect(afterKill(begun({ interruptions: 2, halvings: 2 }), 8, NOW)).toMatchObject({ interruptions: 0, halvings: 2 });
    });

    it('does not count a run that was left on purpose', () => {
      expect(afterKill(begun({ writesAtStart: null, interruptions: 1 }), 7, NOW)).toMatchObject({
        interruptions: 1,
        halvings: 0,
      });
    });

    it('does not count what nobody can tell', () => {
      expect(afterKill(begun({ interruptions: 1 }), null, NOW)).toMatchObject({ interruptions: 1, halvings: 0 });
    });

    it('fails at the third in a row, and says why', () => {
      const third = afterKill(begun({ interruptions: 2, halvings: 2 }), 7, NOW);
      expect(third).toMatchObject({ interruptions: 3, failures: 1, lastError: { code: 'sync.interrupted', at: iso(NOW) } });
      expect(nextDue(third, 'c1', NOW)).toBeGreaterThan(NOW + 60_000);
    });

    it('waits longer after the fourth', () => {
      const wait = (interruptions: number, failures: number) =>
        (nextDue(afterKill(begun({ interruptions, failures }), 7, NOW), 'c1', NOW) ?? 0) - NOW;
      expect(wait(3, 1)).toBeGreaterThan(wait(2, 0));
    });

    it('changes nothing when no run was under way', () => {
      expect(afterKill(NEVER_RUN, 7, NOW)).toEqual(NEVER_RUN);
    });
  });

  it('after a run that went well knows nothing of earlier trouble', () => {
    const after = afterSuccess(NOW, figures, ['task']);
    expect(after).toEqual(status({ ...figures, lastSuccessAt: iso(NOW), unavailable: ['task'] }));
  });

  describe('given a run that failed', () => {
    const run = { connectionId: 'c1', figures, moved: false };
    const before = status({ lastSuccessAt: iso(NOW - HOUR), interruptions: 2, halvings: 2, unavailable: ['lead'] });

    it('remembers why, when, what it cost, and what was known before', () => {
      const after = afterFailure(before, new AppError('crm.offline'), NOW, run);
      expect(after).toEqual({
        ...before,
        ...figures,
        failures: 1,
        lastError: { code: 'crm.offline', at: iso(NOW) },
        retryAt: null,
      });
    });

    it('keeps the CRM’s word when it may be asked again', () => {
      const after = afterFailure(before, new AppError('crm.busy', { retryAfterMs: 2 * HOUR }), NOW, run);
      expect(after.retryAt).toBe(iso(NOW + 2 * HOUR));
      expect(nextDue(after, 'c1', NOW)).toBe(NOW + 2 * HOUR);
    });

    it.each(['crm.limit', 'crm.reserve'] as const)('waits an hour at least after %s', (code) => {
      const after = afterFailure(before, new AppError(code), NOW, run);
      expect(nextDue(after, 'c1', NOW)).toBeGreaterThanOrEqual(NOW + HOUR);
    });

    it('forgets an earlier word of the CRM with the next failure', () => {
      const limited = afterFailure(before, new AppError('crm.limit'), NOW, run);
      expect(afterFailure(limited, new AppError('crm.offline'), NOW, run).retryAt).toBeNull();
    });

    it('is the end of a row of kills when it had written something', () => {
      expect(afterFailure(before, new AppError('crm.offline'), NOW, { ...run, moved: true }).interruptions).toBe(0);
    });

    it('is due never again by itself when the login has ended: the user has to act', () => {
      expect(nextDue(afterFailure(before, new AppError('auth.reconnect'), NOW, run), 'c1', NOW)).toBeNull();
    });
  });

  describe('given a clock that was ahead when a run ended', () => {
    const year = 365 * DAY;

    it('is due at once, not in a year', () => {
      expect(nextDue(status({ lastSuccessAt: iso(NOW + year) }), 'c1', NOW)).toBe(0);
    });

    it('is due in the usual way when only the failure lies ahead', () => {
      const after = status({
        lastSuccessAt: iso(NOW - HOUR),
        failures: 3,
        lastError: { code: 'crm.busy', at: iso(NOW + year) },
        retryAt: iso(NOW + year),
      });
      expect(nextDue(after, 'c1', NOW)).toBeLessThan(NOW + DAY);
    });
  });

  it.each([
    [null, false],
    [NOW, false],
    [NOW - 2 * DAY, false],
    [NOW - 2 * DAY - 1, true],
  ])('of a copy last brought up to date at %s is stale: %s', (lastSuccessAt, stale) => {
    expect(isStale(status({ lastSuccessAt: lastSuccessAt === null ? null : iso(lastSuccessAt) }), NOW)).toBe(stale);
  });

  it.each([
    [HOUR, 1, false],
    [HOUR, 3, true],
    [7 * DAY, 13, false],
    [7 * DAY, 15, true],
  ])('that is to run every %i ms, %i days after its last run, is stale: %s', (interval, days, stale) => {
    expect(isStale(status({ lastSuccessAt: iso(NOW - days * DAY) }), NOW, interval)).toBe(stale);
  });
});

describe('the mark on the toolbar', () => {
  const at = iso(NOW);
  const running = {
    object: 'user',
    done: 0,
    total: 0,
    overallDone: 0,
    overallTotal: 0,
    recordsPerSecond: null,
    secondsLeft: null,
  } as const;
  const held = (answer: 'keep' | 'remove' | null) => [{ object: 'contact' as const, count: 60, of: 90, at, answer }];

  it('is not there when all is well', () => {
    expect(needsUser({ running: null, lastError: null, held: [] })).toBe(false);
  });

  it('is not there for trouble that passes by itself', () => {
    for (const code of ['crm.offline', 'crm.limit', 'sync.interrupted'] as const) {
      expect(needsUser({ running: null, lastError: { code, at }, held: [] })).toBe(false);
    }
  });

  it('is there for trouble that only the user can end, unless a run is about to', () => {
    const lastError = { code: 'auth.reconnect' as const, at };
    expect(needsUser({ running: null, lastError, held: [] })).toBe(true);
    expect(needsUser({ running, lastError, held: [] })).toBe(false);
  });

  it('is there while deletions wait for an answer', () => {
    expect(needsUser({ running, lastError: null, held: held(null) })).toBe(true);
    expect(needsUser({ running: null, lastError: null, held: held('keep') })).toBe(false);
    expect(needsUser({ running: null, lastError: null, held: held('remove') })).toBe(false);
  });
});
