import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import { createProgress } from '@/lib/sync/progress';
import { DAY, dueAt } from '@/lib/sync/schedule';

const HOUR = 3_600_000;
const times = fc.integer({ min: 0, max: 4e12 });
const ids = fc.uuid();

describe('the schedule', () => {
  it('is never due earlier than the interval after a success, whatever failed since', () => {
    fc.assert(
      fc.property(
        times,
        fc.option(times),
        fc.nat({ max: 2000 }),
        ids,
        fc.constantFrom(HOUR, DAY, 7 * DAY),
        (success, failure, failures, id, interval) => {
          expect(dueAt({ lastSuccessAt: success, lastFailureAt: failure, failures }, id, interval)).toBeGreaterThanOrEqual(
            success + interval,
          );
        },
      ),
    );
  });

  it('waits longer after every failure, at least a minute and a half and at most seven and a half hours', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 5000 }), ids, (failedAt, failures, id) => {
        const wait = (count: number) => dueAt({ lastSuccessAt: null, lastFailureAt: failedAt, failures: count }, id) - failedAt;
        expect(wait(failures)).toBeGreaterThanOrEqual(90_000);
        expect(wait(failures)).toBeLessThanOrEqual(7.5 * HOUR);
        expect(wait(failures + 1)).toBeGreaterThanOrEqual(wait(failures));
      }),
    );
  });

  it('gives a connection the same answer every time', () => {
    fc.assert(
      fc.property(times, fc.nat({ max: 9 }), ids, (at, failures, id) => {
        const state = { lastSuccessAt: at, lastFailureAt: at, failures };
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

  it('is never negative, never above its total, and never without end, also when the clock is set back', () => {
    fc.assert(
      fc.property(times, events, (startedAt, list) => {
        const progress = createProgress(startedAt);
        let now = startedAt;
        for (const { what, object, count, ms } of list) {
          now += ms;
          if (what === 'expect') progress.expect(object, count);
          else progress.add(object, count);
          const { done, total, overallDone, overallTotal, secondsLeft } = progress.at(object, now);
          expect(done).toBeGreaterThanOrEqual(0);
          expect(done).toBeLessThanOrEqual(total);
          expect(overallDone).toBeLessThanOrEqual(overallTotal);
          expect(overallDone).toBeGreaterThanOrEqual(done);
          if (secondsLeft !== null) expect(Number.isInteger(secondsLeft) && secondsLeft >= 0).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('says how long the rest takes at the rate so far, once it knows one', () => {
    const progress = createProgress(0);
    progress.expect('lead', 100);
    expect(progress.at('lead', 10_000).secondsLeft).toBeNull();
    progress.add('lead', 25);
    expect(progress.at('lead', 500).secondsLeft).toBeNull();
    expect(progress.at('lead', 10_000).secondsLeft).toBe(30);
    progress.add('lead', 75);
    expect(progress.at('lead', 20_000)).toMatchObject({ secondsLeft: 0, done: 100, total: 100 });
  });
});
