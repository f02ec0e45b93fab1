import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES } from '@/lib/shared/errors';
import { OBJECTS } from '@/lib/crm/records';
import { createProgress } from '@/lib/sync/progress';
import { catchUpAt, DAY, dueAt, retryAfter } from '@/lib/sync/schedule';

const HOUR = 3_600_000;
const times = fc.integer({ min: 0, max: 4e12 });
const ids = fc.uuid();

describe('the schedule', () => {
  it('is never due earlier than the interval after a success when nothing has failed since', () => {
    fc.assert(
      fc.property(times, ids, fc.constantFrom(HOUR, DAY, 7 * DAY), (success, id, interval) => {
        const state = { lastSuccessAt: success, lastFailureAt: null, failures: 0, retryAt: null };
        expect(dueAt(state, id, interval)).toBeGreaterThanOrEqual(success + interval);
      }),
    );
  });

  it('is never due earlier than the CRM allows', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 2000 }), ids, times, (failedAt, failures, id, retryAt) => {
        const state = { lastSuccessAt: null, lastFailureAt: failedAt, failures, retryAt };
        expect(dueAt(state, id)).toBeGreaterThanOrEqual(retryAt);
      }),
    );
  });

  it('keeps the wait that the CRM asks for, and never waits more than a day for it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ERROR_CODES),
        fc.option(fc.double({ min: -1e15, max: 1e15 }), { nil: undefined }),
        times,
        ids,
        (code, asked, at, id) => {
          const until = retryAfter(code, asked, at, id);
          if (asked !== undefined && asked > 0) expect(until).toBeGreaterThanOrEqual(at + Math.min(asked, DAY));
          if (until !== null) expect(until - at).toBeLessThanOrEqual(DAY);
          if (code === 'crm.reserve') expect((until ?? at) - at).toBeGreaterThanOrEqual(HOUR);
        },
      ),
    );
  });

  it('makes up for a missed run within ten minutes after the look, at the same moment for the same day', () => {
    fc.assert(
      fc.property(times, ids, (now, id) => {
        const wait = catchUpAt(now, id) - now;
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThan(10 * 60_000);
        const dayStart = now - (now % DAY);
        expect(catchUpAt(dayStart, id) - dayStart).toBe(wait);
      }),
    );
  });

  it('waits longer after every failure, at least a minute and a half and at most seven and a half hours', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5000 }), ids, (failedAt, failures, id) => {
        const wait = (count: number) =>
          dueAt({ lastSuccessAt: null, lastFailureAt: failedAt, failures: count, retryAt: null }, id) - failedAt;
        expect(wait(failures)).toBeGreaterThanOrEqual(90_000);
        expect(wait(failures)).toBeLessThanOrEqual(7.5 * HOUR);
        expect(wait(failures + 1)).toBeGreaterThanOrEqual(wait(failures));
      }),
    );
  });

  it('gives a connection the same answer every time', () => {
    fc.assert(
      fc.property(times, fc.nat({ max: 9 }), ids, (at, failures, id) => {
        const state = { lastSuccessAt: at, lastFailureAt: at, failures, retryAt: null };
        expect(dueAt(state, id)).toBe(dueAt({ ...state }, `${id}`));
      }),
    );
  });
});

describe('progress', () => {
  const events = fc.array(
    fc.record({
      what: fc.constantFrom('expect', 'add'),
      object: fc.constantFrom(...OBJECTS),
      count: fc.nat({ max: 50_000 }),
      ms: fc.integer({ min: -5000, max: 60_000 }),
    }),
    { maxLength: 40, size: 'max' },
  );

  it('is never negative, never above its total, never without end, and never goes back, also when the clock is set back', () => {
    fc.assert(
      fc.property(times, events, (startedAt, list) => {
        const progress = createProgress(startedAt);
        let now = startedAt;
        let totalBefore = 0;
        let doneBefore = 0;
        for (const { what, object, count, ms } of list) {
          now += ms;
          if (what === 'expect') progress.expect(object, count);
          else progress.add(object, count);
          const { done, total, overallDone, overallTotal, recordsPerSecond, secondsLeft } = progress.at(object, now);
          expect(done).toBeGreaterThanOrEqual(0);
          expect(done).toBeLessThanOrEqual(total);
          expect(overallDone).toBeLessThanOrEqual(overallTotal);
          expect(overallDone).toBeGreaterThanOrEqual(done);
          expect(overallTotal).toBeGreaterThanOrEqual(totalBefore);
          expect(overallDone).toBeGreaterThanOrEqual(doneBefore);
          [totalBefore, doneBefore] = [overallTotal, overallDone];
          if (recordsPerSecond !== null) expect(Number.isInteger(recordsPerSecond) && recordsPerSecond >= 0).toBe(true);
          if (secondsLeft !== null) expect(Number.isInteger(secondsLeft) && secondsLeft >= 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
