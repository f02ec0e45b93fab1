import type { ErrorCode } from '@/lib/shared/errors';

/** When a connection is due, and how carefully. Pure; times are milliseconds since 1970. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const MAX_JITTER = 45 * MINUTE;
/** Of an interval at most so much is added, or what is called hourly would come every two hours. */
const JITTER_SHARE = 1 / 4;
const MAX_BACKOFF = 6 * HOUR;

/** The alarm that asks who is due rings every half hour: what is later than that was missed because nothing ran. */
const MISSED_AFTER = 35 * MINUTE;
const CATCH_UP_WITHIN = 10 * MINUTE;

/** As many records as fit are written together: storing is cheap only in large batches, and two of them are in memory at once. */
const MOST_IN_A_BATCH = 5000;
const FEWEST_IN_A_BATCH = 500;

/** So many kills in a row that got nowhere, and the run waits. */
export const MOST_INTERRUPTIONS = 3;

export interface ScheduleState {
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  /** Failed runs since the last success. */
  failures: number;
  /** Not before this time, because the CRM has said so. */
  retryAt: number | null;
}

/** A share of [0, 1) that is always the same for a name, so that a company's browsers do not all call at nine. */
function spread(name: string): number {
  let hash = 2166136261;
  for (const character of name) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  // Names that differ in their last character alone must lie apart too (the finaliser of MurmurHash3, public domain).
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/**
 * When the next run is due: an interval after the last success and a little more, up to 45 minutes or a quarter of it; or, when the last run failed, after a wait that grows with
 * every failure (2 minutes doubled, at most 6 hours, each ± a quarter), and not before the CRM allows it.
 */
export function dueAt(state: ScheduleState, connectionId: string, interval = DAY): number {
  const jitter = spread(connectionId);
  if (state.failures === 0 || state.lastFailureAt === null) {
    return state.lastSuccessAt === null
      ? 0
      : state.lastSuccessAt + interval + jitter * Math.min(MAX_JITTER, interval * JITTER_SHARE);
  }
  const wait = Math.min(MAX_BACKOFF, 2 ** Math.min(state.failures, 20) * MINUTE);
  return Math.max(state.lastFailureAt + wait * (0.75 + jitter / 2), state.retryAt ?? 0);
}

/**
 * Until when a failure forbids another try, or null when it does not. A wait that the CRM asked for is kept, up to a day:
 * its limits count a day's calls, and no answer may end the syncs for ever. A used-up limit and a reserve that is reached
 * do not pass within minutes, so they wait for an hour at least, apart from each other by the connection's jitter.
 */
export function retryAfter(code: ErrorCode, askedMs: number | undefined, failedAt: number, connectionId: string): number | null {
  const asked = askedMs === undefined || !(askedMs > 0) ? null : Math.min(askedMs, DAY);
  const hour = HOUR * (1 + spread(connectionId) / 4);
  if (code === 'crm.reserve') return failedAt + Math.max(hour, asked ?? 0);
  if (code === 'crm.limit') return failedAt + (asked ?? hour);
  return asked === null ? null : failedAt + asked;
}

/** True when a run was due so long ago that the computer must have slept. A connection that never ran (0) is new, not late. */
export function wasMissed(due: number, now: number): boolean {
  return due > 0 && now - due > MISSED_AFTER;
}

/**
 * When a missed run is made up for, seen at `now`: within ten minutes. A company's laptops are opened at the same time, so
 * each connection has its own moment, and another one each day.
 */
export function catchUpAt(now: number, connectionId: string): number {
  return now + Math.floor(spread(`${connectionId}/${Math.floor(now / DAY)}`) * CATCH_UP_WITHIN);
}

/** Records to a batch, after so many kills that came before the first one was written. */
export function batchRecords(halvings: number): number {
  return Math.max(FEWEST_IN_A_BATCH, Math.floor(MOST_IN_A_BATCH / 2 ** halvings));
}
