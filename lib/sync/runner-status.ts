import type { ObjectKind } from '@/lib/crm/records';
import type { ErrorCode } from '@/lib/shared/errors';
import type { HeldEntry } from './held-deletions';
import type { Progress } from './progress';
import { errorOf, iso, type StoredStatus } from './sync-status';

/** How a connection's syncs stand, as views get to see it. Times are ISO. No record data. */
export interface RunnerStatus {
  running: Progress | null;
  lastSuccessAt: string | null;
  lastError: { code: ErrorCode; at: string } | null;
  nextDueAt: string | null;
  /** Of the last run: malformed records that were left out, and API calls. */
  skipped: number;
  calls: number;
  /** The org's daily API calls as the last run heard of them; `reserve` is the number of them that is left alone. */
  usage: { used: number; max: number; reserve: number } | null;
  held: Pick<HeldEntry, 'object' | 'count' | 'of' | 'at' | 'answer'>[];
  unavailable: ObjectKind[];
}

/** The status for views, from what is stored and what goes on. `due` and `now` in milliseconds. Pure. */
export function statusView(
  stored: StoredStatus,
  moment: { running: Progress | null; due: number | null; now: number; held: readonly HeldEntry[] },
): RunnerStatus {
  const { lastSuccessAt, skipped, calls, usage, unavailable } = stored;
  return {
    running: moment.running,
    lastSuccessAt,
    lastError: errorOf(stored),
    nextDueAt: moment.due === null ? null : iso(Math.max(moment.due, moment.now)),
    skipped,
    calls,
    usage,
    held: moment.held.map(({ object, count, of, at, answer }) => ({ object, count, of, at, answer })),
    unavailable,
  };
}
