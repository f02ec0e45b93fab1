/**
 * A person who mistypes waits for nothing, somebody who tries the dog's names waits ever longer. It keeps people at this
 * keyboard off; whoever has the files tries elsewhere, which is what the memory-hard derivation is for.
 */
const FREE_TRIES = 3;
const LONGEST_MS = 5 * 60_000;

export interface Failures {
  count: number;
  /** When the last one was, milliseconds since 1970. */
  at: number;
}

/** When the next try may be made (ms since 1970); not before `now`. A clock that was set back makes nobody wait longer than the delay. */
export function nextTryAt({ count, at }: Failures, now: number): number {
  if (count < FREE_TRIES) return now;
  const delay = Math.min(LONGEST_MS, 1000 * 2 ** (count - FREE_TRIES));
  return Math.max(now, Math.min(at, now) + delay);
}
