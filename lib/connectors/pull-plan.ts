import type { Checkpoint, FieldType, ObjectState, OpenPull, Want } from './connector';
import type { FieldMap } from './field-map';

/** How a pull by time of change goes on from a checkpoint, for CRMs that are read page by page. Pure. */

/** A change becomes visible when its transaction commits, later than its stamp: the last minutes are asked for again. */
const OVERLAP_MS = 10 * 60_000;

/** What is known of one object when a run begins. */
export interface ObjectOpening {
  want: Want;
  wanted: string[];
  fields: string[];
  types: Record<string, FieldType>;
  stages: string[] | undefined;
  /** The scope in words of ours, to tell whether another one was chosen. */
  scope: string;
  /** Records within the scope; null when the CRM does not count them, or only their Accounts would tell. */
  count: number | null;
}

/** The time that is asked from again next time, of one in the CRM's clock. */
export const overlapFrom = (startedAt: string): string => new Date(Date.parse(startedAt) - OVERLAP_MS).toISOString();

/** How the pull of an object goes on: where it was cut off, with what changed, or from the beginning when there are new fields. */
export function planOf({ want, fields }: ObjectOpening, startedAt: string): OpenPull {
  const { since } = want;
  const begin = (from: string | null, fresh: boolean): OpenPull => ({ startedAt, from, fresh, after: null, job: null });
  if (!since) return begin(null, true);
  // A server whose clock was ahead once: what changed since then was never asked for.
  if (startedAt !== '' && since.coveredUntil !== null && since.coveredUntil > startedAt) return begin(null, false);
  if (fields.some((name) => !since.fields.includes(name))) return begin(null, false);
  return since.pull ?? begin(since.coveredUntil, false);
}

/** What the engine is told of an object before its pages. */
export function stateOf(opening: ObjectOpening, { droppedFields }: FieldMap): ObjectState {
  const { want, fields, count, scope } = opening;
  const { since, object } = want;
  return {
    count,
    total: planOf(opening, '').from === null ? (count ?? 0) : 0,
    dropped: since ? droppedFields(object, since.fields, fields) : [],
    scopeChanged: since !== null && since.scope !== scope,
  };
}

/** The checkpoint of a pull that has just begun. */
export function checkpointOf({ want, wanted, fields, types, stages, scope }: ObjectOpening, startedAt: string): Checkpoint {
  return {
    coveredUntil: want.since?.coveredUntil ?? null,
    deletedUntil: startedAt,
    wanted,
    fields,
    types,
    ...(stages ? { stages } : {}),
    describedAt: startedAt,
    scope,
    pull: null,
  };
}
