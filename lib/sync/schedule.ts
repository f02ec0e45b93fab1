/** When a connection is due. Pure; times are milliseconds since 1970. */
const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
const MAX_JITTER = 45 * MINUTE;
const MAX_BACKOFF = 6 * 60 * MINUTE;

export interface ScheduleState {
  lastSuccessAt: number | null;
  lastFailureAt: number | null;
  /** Failed runs since the last success. */
  failures: number;
}

/** A share of [0, 1) that is always the same for a connection, so that a company's browsers do not all call at nine. */
function spread(connectionId: string): number {
  let hash = 2166136261;
  for (const character of connectionId) hash = Math.imul(hash ^ character.charCodeAt(0), 16777619);
  return (hash >>> 0) / 2 ** 32;
}

/** When the next run is due: a day after the last success, or after a growing wait when the last run failed. */
export function dueAt(state: ScheduleState, connectionId: string, interval = DAY): number {
  const jitter = spread(connectionId);
  const regular = state.lastSuccessAt === null ? 0 : state.lastSuccessAt + interval + jitter * MAX_JITTER;
  if (state.failures === 0 || state.lastFailureAt === null) return regular;
  const wait = Math.min(MAX_BACKOFF, 2 ** Math.min(state.failures, 20) * MINUTE);
  return Math.max(regular, state.lastFailureAt + wait * (0.75 + jitter / 2));
}
