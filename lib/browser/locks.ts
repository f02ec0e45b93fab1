/**
 * Runs `work` while all of these locks are held. They are taken in one order everywhere, so that nobody waits in a circle.
 * Rejects with the reason of `signal` when that is aborted before all are held; then `work` is not run.
 */
export function holding<T>(names: readonly string[], work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const [first, ...rest] = [...names].sort();
  if (first === undefined) return work();
  return navigator.locks.request(first, signal ? { signal } : {}, () => holding(rest, work, signal));
}
