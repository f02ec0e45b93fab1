import type { ObjectKind } from '@/lib/crm/records';
import type { Clock } from '@/lib/shared/clock';

/** A page that a run asked for longer ago than this has been written or given up; large jobs take hours. */
const KEPT_MS = 24 * 60 * 60_000;

/** Records that something else than a run has written meanwhile: what a run fetched before is older, and must not undo it. */
export interface Overtaken {
  /** To be called after a live answer or a creation has written these records. */
  note(object: ObjectKind, ids: Iterable<string>): void;
  /** True when the record was noted at `time` (ms) or later. What is older than a day is forgotten. */
  since(object: ObjectKind, id: string, time: number): boolean;
}

/** Bookkeeping in memory: a run dies with the worker, and so does what it has fetched. */
export function createOvertaken(clock: Clock): Overtaken {
  const noted = new Map<string, number>();
  const key = (object: ObjectKind, id: string) => `${object}/${id}`;
  const forget = () => {
    for (const [known, at] of noted) if (clock.now() - at > KEPT_MS) noted.delete(known);
  };
  return {
    note(object, ids) {
      forget();
      for (const id of ids) noted.set(key(object, id), clock.now());
    },
    since(object, id, time) {
      const at = noted.get(key(object, id));
      return at !== undefined && at >= time && clock.now() - at <= KEPT_MS;
    },
  };
}
