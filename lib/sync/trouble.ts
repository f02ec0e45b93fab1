import { mayRetry } from '@/lib/shared/errors';
import type { RunnerStatus } from './runner-status';

/** True when nothing gets better unless the user does something. What passes by itself is not worth a mark on the toolbar. */
export function needsUser({ running, lastError, held }: Pick<RunnerStatus, 'running' | 'lastError' | 'held'>): boolean {
  const isStuck = running === null && lastError !== null && !mayRetry(lastError.code);
  return isStuck || held.some(({ answer }) => answer === null);
}
