import type { ObjectKind } from '@/lib/crm/records';

export interface Progress {
  object: ObjectKind;
  done: number;
  total: number;
  overallDone: number;
  overallTotal: number;
  /** Null until a second has passed and something was done. */
  recordsPerSecond: number | null;
  secondsLeft: number | null;
}

/** The rate is that of the last so many milliseconds: the first object's says nothing about the fourth's. */
const WINDOW_MS = 15_000;
const SAMPLES_APART_MS = 250;
const KNOWN_AFTER_MS = 1000;

interface Sample {
  at: number;
  done: number;
}

/** How much was done at `time`, on a straight line between the samples around it. */
function doneAt(time: number, before: Sample, after: Sample | undefined): number {
  if (!after || time <= before.at) return before.done;
  return before.done + ((after.done - before.done) * (time - before.at)) / (after.at - before.at);
}

/** Measures a rate over a sliding window; gives null while nothing can be said. Times in milliseconds. */
function createRate(startedAt: number) {
  let samples: Sample[] = [{ at: startedAt, done: 0 }];
  return (now: number, done: number): number | null => {
    const last = samples.at(-1);
    // A clock that was set back makes what was measured before worthless.
    if (!last || now < last.at) samples = [{ at: now, done }];
    else if (samples.length > 1 && now - (samples.at(-2)?.at ?? now) < SAMPLES_APART_MS)
      samples[samples.length - 1] = { at: now, done };
    else if (now > last.at) samples.push({ at: now, done });
    const edge = now - WINDOW_MS;
    while ((samples[1]?.at ?? now) <= edge) samples.shift();
    const [first, second] = samples;
    if (!first) return null;
    const from = Math.max(edge, first.at);
    if (now - from < KNOWN_AFTER_MS || done === 0) return null;
    return Math.max(0, ((done - doneAt(from, first, second)) * 1000) / (now - from));
  };
}

/**
 * Counts what a run has done and says how long the rest will take at the rate of the last seconds. Totals never fall, so
 * that a bar never jumps back. `startedAt` and `now` in milliseconds.
 */
export function createProgress(startedAt: number) {
  const done = new Map<ObjectKind, number>();
  const totals = new Map<ObjectKind, number>();
  const rate = createRate(startedAt);
  const sum = (map: Map<ObjectKind, number>) => [...map.values()].reduce((all, one) => all + one, 0);
  const atLeast = (object: ObjectKind, total: number) =>
    totals.set(object, Math.max(total, totals.get(object) ?? 0, done.get(object) ?? 0));
  return {
    expect(object: ObjectKind, total: number) {
      atLeast(object, total);
    },
    add(object: ObjectKind, records: number) {
      done.set(object, (done.get(object) ?? 0) + records);
      atLeast(object, 0);
    },
    at(object: ObjectKind, now: number): Progress {
      const overallDone = sum(done);
      const overallTotal = sum(totals);
      const left = overallTotal - overallDone;
      const perSecond = rate(now, overallDone);
      const secondsLeft = left === 0 ? 0 : Math.ceil(left / (perSecond ?? 0));
      return {
        object,
        done: done.get(object) ?? 0,
        total: totals.get(object) ?? 0,
        overallDone,
        overallTotal,
        recordsPerSecond: perSecond === null ? null : Math.round(perSecond),
        secondsLeft: perSecond !== null && Number.isSafeInteger(secondsLeft) ? secondsLeft : null,
      };
    },
  };
}
