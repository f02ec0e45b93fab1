import type { ObjectState, Pull } from '@/lib/connectors/connector';
import type { ObjectKind } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import type { StoredCheckpoint } from './checkpoint';

/** Some changes leave no trace in the CRM's lists (shared records that are no longer shared): once a week all ids are compared. */
const COMPARED_EVERY_MS = 7 * 24 * 60 * 60_000;

/**
 * Whether all ids have to be compared, and why. `live` is how many records the copy has. The counts tell cheaply when the
 * two sides differ; a difference that a comparison has left (malformed records, held deletions) is no reason for another one.
 * Held deletions are looked at again as soon as that difference is not the same any more, be it gone.
 */
export function needOfComparing(
  stored: StoredCheckpoint,
  state: ObjectState,
  live: number,
  now: number,
): 'scope' | 'sweep' | null {
  if (stored.owed) return stored.owed;
  const { compared } = stored;
  if (!compared) return 'sweep';
  if (isOverdue(stored, now)) return 'sweep';
  const gap = state.count === null ? compared.gap : state.count - live;
  if (gap === compared.gap) return null;
  return gap !== 0 || stored.held ? 'sweep' : null;
}

/** True when a comparison is due whatever the counts say. A time that lies ahead was written by a clock that was wrong. */
export function isOverdue({ compared }: StoredCheckpoint, now: number): boolean {
  return !compared || compared.at > now || now - compared.at > COMPARED_EVERY_MS;
}

/**
 * Compares the ids of an object on both sides.
 * @param isOvertaken true for a record that somebody else wrote since the comparison began
 * @returns ids that only the copy has, and ids that only the CRM has
 */
export async function compareIds(
  pull: Pull,
  store: RecordStore,
  object: ObjectKind,
  isOvertaken: (id: string) => boolean,
): Promise<{ gone: string[]; missing: string[] }> {
  const onlyThere = new Set<string>();
  for await (const ids of pull.ids(object)) for (const id of ids) onlyThere.add(id);
  const gone: string[] = [];
  for await (const records of store.all(object)) {
    for (const { id } of records) if (!onlyThere.delete(id) && !isOvertaken(id)) gone.push(id);
  }
  return { gone, missing: [...onlyThere] };
}
