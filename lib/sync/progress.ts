import { OBJECTS, type ObjectKind } from '@/lib/crm/records';

export interface Progress {
  object: ObjectKind;
  done: number;
  total: number;
  overallDone: number;
  overallTotal: number;
  secondsLeft: number | null;
}

/** Counts what a run has done and says how long the rest will take at the rate so far. `now` in milliseconds. */
export function createProgress(startedAt: number) {
  const done = new Map<ObjectKind, number>();
  const totals = new Map<ObjectKind, number>();
  const sum = (map: Map<ObjectKind, number>) => [...map.values()].reduce((all, one) => all + one, 0);
  return {
    expect(object: ObjectKind, total: number) {
      totals.set(object, Math.max(total, done.get(object) ?? 0));
    },
    add(object: ObjectKind, records: number) {
      done.set(object, (done.get(object) ?? 0) + records);
      totals.set(object, Math.max(totals.get(object) ?? 0, done.get(object) ?? 0));
    },
    at(object: ObjectKind, now: number): Progress {
      const overallDone = sum(done);
      const overallTotal = sum(totals);
      const seconds = (now - startedAt) / 1000;
      const known = overallDone > 0 && seconds > 1 && OBJECTS.some((kind) => totals.has(kind));
      return {
        object,
        done: done.get(object) ?? 0,
        total: totals.get(object) ?? 0,
        overallDone,
        overallTotal,
        secondsLeft: known ? Math.ceil(((overallTotal - overallDone) * seconds) / overallDone) : null,
      };
    },
  };
}
