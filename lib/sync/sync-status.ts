import * as z from 'zod/mini';
import { OBJECTS } from '@/lib/crm/records';
import { type AppError, type ErrorCode, isErrorCode } from '@/lib/shared/errors';
import { DAY, dueAt, MOST_INTERRUPTIONS, retryAfter } from './schedule';

const count = z._default(z.number(), 0);

/** What is remembered of a connection's runs, sealed in its bucket. Times are ISO. Later fields have a default. */
const stored = z.object({
  /** Set while a run is under way; still set after a kill, so that the next wake-up goes on. */
  runStartedAt: z.nullable(z.string()),
  /** The store's count of writes when that run began. Null: it was left on purpose, which is no kill. */
  writesAtStart: z._default(z.nullable(z.number()), null),
  lastSuccessAt: z.nullable(z.string()),
  /** When all records were deleted because they were too old, until a run has ended well again. */
  emptiedAt: z._default(z.nullable(z.string()), null),
  lastError: z.nullable(z.object({ code: z.string(), at: z.string() })),
  /** Failed runs since the last success. */
  failures: z.number(),
  /** Kills in a row that came before anything was written. */
  interruptions: count,
  /** How often the batch was halved since the last success. */
  halvings: count,
  retryAt: z._default(z.nullable(z.string()), null),
  skipped: z.number(),
  calls: z.number(),
  usage: z._default(z.nullable(z.object({ used: z.number(), max: z.number(), reserve: z.number() })), null),
  unavailable: z._default(z.array(z.enum(OBJECTS)), []),
});
export type StoredStatus = z.infer<typeof stored>;

export const NEVER_RUN: StoredStatus = {
  runStartedAt: null,
  writesAtStart: null,
  lastSuccessAt: null,
  emptiedAt: null,
  lastError: null,
  failures: 0,
  interruptions: 0,
  halvings: 0,
  retryAt: null,
  skipped: 0,
  calls: 0,
  usage: null,
  unavailable: [],
};

/** What a run that is over tells of itself, well ended or not. */
export type RunFigures = Pick<StoredStatus, 'skipped' | 'calls' | 'usage'>;

/** The remembered status, or that of a connection that never ran. */
export function readStatus(value: unknown): StoredStatus {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : NEVER_RUN;
}

/** The error of the last run, when there is one and this version knows it. */
export function errorOf(status: StoredStatus): { code: ErrorCode; at: string } | null {
  return status.lastError && isErrorCode(status.lastError.code) ? { code: status.lastError.code, at: status.lastError.at } : null;
}

/** `time` (ms) as the status keeps it. */
export const iso = (time: number): string => new Date(time).toISOString();

/**
 * The status after the run that it says is under way was killed, seen at `now` (ms) with the store's count of writes.
 * A kill that came after a write ends the row of those that got nowhere. Each of them makes the next batch smaller; too many
 * in a row are a failure.
 */
export function afterKill(status: StoredStatus, writes: number | null, now: number): StoredStatus {
  if (status.runStartedAt === null) return status;
  const over = { ...status, runStartedAt: null, writesAtStart: null };
  if (status.writesAtStart === null || writes === null) return over;
  if (status.writesAtStart !== writes) return { ...over, interruptions: 0 };
  const interruptions = status.interruptions + 1;
  const counted = { ...over, interruptions, halvings: status.halvings + 1 };
  if (interruptions < MOST_INTERRUPTIONS) return counted;
  return {
    ...counted,
    failures: status.failures + 1,
    lastError: { code: 'sync.interrupted' satisfies ErrorCode, at: iso(now) },
    retryAt: null,
  };
}

/** The status after a run that ended well at `now` (ms). */
export function afterSuccess(now: number, figures: RunFigures, unavailable: StoredStatus['unavailable']): StoredStatus {
  return { ...NEVER_RUN, ...figures, lastSuccessAt: iso(now), unavailable };
}

/** The status after a run that failed at `now` (ms). `moved`: it had written something before. */
export function afterFailure(
  before: StoredStatus,
  error: AppError,
  now: number,
  run: { connectionId: string; figures: RunFigures; moved: boolean },
): StoredStatus {
  const retryAt = retryAfter(error.code, error.retryAfterMs, now, run.connectionId);
  return {
    ...before,
    ...run.figures,
    runStartedAt: null,
    writesAtStart: null,
    lastError: { code: error.code, at: iso(now) },
    failures: before.failures + 1,
    interruptions: run.moved ? 0 : before.interruptions,
    retryAt: retryAt === null ? null : iso(retryAt),
  };
}

/**
 * When the next run is due, in milliseconds; null when a login that has ended or is damaged waits for the user. Times that lie ahead of
 * `now` are those of a clock that was wrong, and count as never: else the syncs would stop until then. `interval` (ms) lies between runs that end well.
 */
export function nextDue(status: StoredStatus, connectionId: string, now: number, interval = DAY): number | null {
  if (status.lastError?.code === 'auth.reconnect' || status.lastError?.code === 'auth.damaged') return null;
  const upTo = (latest: number, time: string | null | undefined) =>
    time && Date.parse(time) <= latest ? Date.parse(time) : null;
  const state = {
    lastSuccessAt: upTo(now, status.lastSuccessAt),
    lastFailureAt: upTo(now, status.lastError?.at),
    failures: status.failures,
    retryAt: upTo(now + DAY, status.retryAt),
  };
  return dueAt(state, connectionId, interval);
}

/** A copy that missed two of its runs is called stale, one of the last two days never. `interval` (ms) lies between its runs. */
export function isStale(status: StoredStatus, now: number, interval = DAY): boolean {
  return status.lastSuccessAt !== null && now - Date.parse(status.lastSuccessAt) > 2 * Math.max(DAY, interval);
}
