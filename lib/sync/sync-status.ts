import * as z from 'zod/mini';
import { type ErrorCode, isErrorCode } from '@/lib/shared/errors';
import { DAY, dueAt } from './schedule';

/** What is remembered of a connection's runs, sealed in its bucket. Times are ISO. */
const stored = z.object({
  /** Set while a run is under way; still set after a kill, so that the next wake-up goes on. */
  runStartedAt: z.nullable(z.string()),
  lastSuccessAt: z.nullable(z.string()),
  lastError: z.nullable(z.object({ code: z.string(), at: z.string() })),
  failures: z.number(),
  skipped: z.number(),
  calls: z.number(),
});
export type StoredStatus = z.infer<typeof stored>;

export const NEVER_RUN: StoredStatus = {
  runStartedAt: null,
  lastSuccessAt: null,
  lastError: null,
  failures: 0,
  skipped: 0,
  calls: 0,
};

/** The remembered status, or that of a connection that never ran. */
export function readStatus(value: unknown): StoredStatus {
  const parsed = stored.safeParse(value);
  return parsed.success ? parsed.data : NEVER_RUN;
}

export function errorOf(status: StoredStatus): { code: ErrorCode; at: string } | null {
  return status.lastError && isErrorCode(status.lastError.code) ? { code: status.lastError.code, at: status.lastError.at } : null;
}

/** When the next run is due, in milliseconds; a login that has ended waits for the user. */
export function nextDue(status: StoredStatus, connectionId: string): number | null {
  if (status.lastError?.code === 'auth.reconnect') return null;
  const time = (iso: string | null | undefined) => (iso ? Date.parse(iso) : null);
  const { failures } = status;
  return dueAt({ lastSuccessAt: time(status.lastSuccessAt), lastFailureAt: time(status.lastError?.at), failures }, connectionId);
}

/** A copy that missed two of its daily runs is called stale. */
export function isStale(status: StoredStatus, now: number): boolean {
  return status.lastSuccessAt !== null && now - Date.parse(status.lastSuccessAt) > 2 * DAY;
}
