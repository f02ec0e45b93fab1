/** Runs `work` while all of these locks are held. They are taken in one order everywhere, so that nobody waits in a circle. */
export function holding<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = [...names].sort();
  return first === undefined ? work() : navigator.locks.request(first, () => holding(rest, work));
}
