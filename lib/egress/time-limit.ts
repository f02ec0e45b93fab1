import { AppError } from '@/lib/shared/errors';

/** The time limits of one call, whose parts may each have their own. */
export interface TimeLimit {
  /** For `fetch`: aborted when a part took too long or the caller has given up. */
  signal: AbortSignal;
  /**
   * Runs a part of the call that ends when `signal` is aborted, within `ms` milliseconds.
   *
   * @throws the reason of the caller's signal when that was aborted, an AppError of the part itself, or AppError `crm.timeout`
   *   or `crm.offline`
   */
  within<T>(ms: number, part: () => Promise<T>): Promise<T>;
}

/** Time limits for a call that ends early when the caller's signal, if it gave one, is aborted. */
export function createTimeLimit(caller: AbortSignal | undefined): TimeLimit {
  const late = new AbortController();
  const signal = caller ? AbortSignal.any([caller, late.signal]) : late.signal;
  return {
    signal,
    async within(ms, part) {
      const timer = setTimeout(() => late.abort(), ms);
      try {
        return await part();
      } catch (cause) {
        if (caller?.aborted) throw caller.reason;
        if (cause instanceof AppError) throw cause;
        throw new AppError(late.signal.aborted ? 'crm.timeout' : 'crm.offline', { cause });
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
