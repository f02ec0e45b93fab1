import type { AppError, ErrorCode } from '@/lib/shared/errors';

/** Refusals that come before the CRM has looked at a record: nothing was created, and the same call may succeed later. */
const NOT_YET = new Set<ErrorCode>([
  'crm.limit',
  'crm.reserve',
  'crm.conflict',
  'auth.reconnect',
  'auth.session-ended',
  'auth.session-other',
  'auth.no-session',
  'access.host-denied',
  'policy.login',
]);
/** Nothing was created, and the same call would be refused again. */
const NEVER = new Set<ErrorCode>([
  'crm.forbidden',
  'crm.refused',
  'crm.object-missing',
  'crm.answer-too-large',
  'egress.blocked',
  'policy.refused',
]);
/** Only the user, or the network, can change something: no clock is set for them. */
const NO_CLOCK = new Set<ErrorCode>([
  'auth.reconnect',
  'auth.session-ended',
  'auth.session-other',
  'auth.no-session',
  'access.host-denied',
  'policy.login',
]);

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 30 * 60_000;

/** What a failed create says about the record: `no`, it certainly is not there; `unknown`, it may be. */
export function createdAfter(code: ErrorCode): 'no' | 'unknown' {
  return NOT_YET.has(code) || NEVER.has(code) ? 'no' : 'unknown';
}

/** True when asking again can change nothing, so that a person has to look. */
export function isFinal(code: ErrorCode): boolean {
  return NEVER.has(code);
}

/** When to try again after the failure number `tries` (from 0); null: when a login or the network comes back. */
export function retryAt({ code, retryAfterMs }: AppError, tries: number, now: number): number | null {
  if (NO_CLOCK.has(code)) return null;
  const own = Math.min(FIRST_WAIT_MS * 2 ** Math.min(tries, 10), LONGEST_WAIT_MS);
  return now + Math.max(own, retryAfterMs ?? 0);
}
