import type { ObjectKind } from '@/lib/crm/records';

/** What a run has done so far; filled while it goes, so that a run that fails can still be told. */
export interface RunReport {
  objects: Partial<Record<ObjectKind, { received: number; deleted: number }>>;
  /** Malformed records that were left out; what the copy had of them stays. */
  skipped: number;
  /** Objects that this user cannot see at all. */
  unavailable: ObjectKind[];
  /** Deletions that are too many to be believed without asking; `ids` are the first hundred. */
  held: { object: ObjectKind; count: number; of: number; ids: string[] }[];
}

/** The report of a run that has done nothing yet. */
export function newReport(): RunReport {
  return { objects: {}, skipped: 0, unavailable: [], held: [] };
}
