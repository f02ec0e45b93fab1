/** `…/updated` and `…/deleted`: which records changed or went between two moments. */
import { apiError } from '../http/api-error.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import { firstAtOrAfter } from '../org/table.ts';
import { DAY, MINUTE, parseDateTime, toWireDateTime } from '../org/wire-time.ts';
import type { SandboxState } from '../state.ts';

const invalidDate = (message: string) => apiError(400, 'INVALID_REPLICATION_DATE', message);

interface Window {
  from: string;
  to: string;
  /** Until when the answer is complete: where the next window has to begin. */
  covered: string;
}

/** Seconds are cut off both ends, so a window must be at least a minute long. */
function windowOf(state: SandboxState, start: string | undefined, end: string | undefined, days: number): Window {
  const [from, to] = [start, end].map((text) => {
    const ms = text === undefined ? undefined : parseDateTime(text.replace(/ (\d{2}:?\d{2})$/, '+$1'));
    if (ms === undefined) throw invalidDate(`Invalid date: ${text ?? ''}`);
    return Math.floor(ms / MINUTE) * MINUTE;
  }) as [number, number];
  const now = state.org.clock.now();
  if (from < now - days * DAY - MINUTE) throw invalidDate(`startDate cannot be more than ${days} days ago`);
  if (to - from < MINUTE) throw invalidDate('endDate must be at least one minute greater than startDate');
  const covered = Math.min(to, Math.floor((now - state.settings.replicationLagMs) / MINUTE) * MINUTE);
  return { from: toWireDateTime(from), to: toWireDateTime(to), covered: toWireDateTime(covered) };
}

export function updatedIds(state: SandboxState, type: ObjectType, start: string | undefined, end: string | undefined) {
  const { from, to, covered } = windowOf(state, start, end, 30);
  const rows = state.org.table(type.name).byModstamp();
  const hidden = state.org.hidden(type.name);
  const ids: string[] = [];
  for (let at = firstAtOrAfter(rows, from); at < rows.length; at++) {
    const row = rows[at];
    if (!row || String(row.SystemModstamp) >= to) break;
    if (row.IsDeleted !== true && !hidden.has(row.Id)) ids.push(row.Id);
  }
  return { ids, latestDateCovered: covered };
}

export function deletedIds(state: SandboxState, type: ObjectType, start: string | undefined, end: string | undefined) {
  const { from, to, covered } = windowOf(state, start, end, 15);
  const { org } = state;
  const hidden = org.hidden(type.name);
  // Older deletions are purged; an emptied recycle bin takes its log along.
  const earliest = Math.max(org.clock.now() - 15 * DAY, org.deletionsKnownSince() ?? 0);
  return {
    deletedRecords: org
      .deletions(type.name)
      .filter(({ id, deletedDate }) => deletedDate >= from && deletedDate < to && !hidden.has(id))
      .map(({ id, deletedDate }) => ({ deletedDate, id })),
    earliestDateAvailable: toWireDateTime(Math.floor(earliest / MINUTE) * MINUTE),
    latestDateCovered: covered,
  };
}
