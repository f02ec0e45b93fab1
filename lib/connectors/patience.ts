import type { Sleep } from '@/lib/shared/clock';
import { AppError, type ErrorCode } from '@/lib/shared/errors';

/** Trouble that passes within a run. Limits and logins do not: they end it. */
const PASSING = new Set<ErrorCode>(['crm.busy', 'crm.unavailable', 'crm.offline', 'crm.timeout', 'crm.answer-unreadable']);
const WAITS_MS = [1000, 4000, 15_000];
/** A server that asks for a longer wait than this gets it, but the run ends and goes on then. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Tries `work` again while its trouble is of the passing kind: after the wait that the server asked for, else after a
 * growing one with jitter. The last error is thrown.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  { sleep, signal, random = Math.random }: { sleep: Sleep; signal: AbortSignal; random?: () => number },
): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || !PASSING.has(error.code)) throw error;
      const asked = error.retryAfterMs;
      if (asked !== undefined && asked > LONGEST_WAIT_MS) throw error;
      const jitter = wait * random() * 0.5;
      await sleep(asked === undefined ? wait * 0.75 + jitter : asked + jitter, signal);
    }
  }
  return work();
}
