/** Lets writes through until it is shut; those that come then wait until it is known what becomes of them. */
export interface WriteGate {
  run<T>(write: () => Promise<T>): Promise<T>;
  /** Resolves when the writes that had begun are over. No other begins from now on. */
  shut(): Promise<void>;
  /** Lets those that waited go on. */
  open(): void;
  /** Those that waited, and all that come later, fail with `reason`. */
  discard(reason: Error): void;
}

/** An open gate. */
export function createWriteGate(): WriteGate {
  const under = new Set<Promise<unknown>>();
  let barrier: PromiseWithResolvers<void> | null = null;

  return {
    async run(write) {
      while (barrier) await barrier.promise;
      const work = write();
      under.add(work);
      return work.finally(() => under.delete(work));
    },
    async shut() {
      barrier ??= Promise.withResolvers<void>();
      // Nobody may be waiting for it; what those who are get is theirs.
      barrier.promise.catch(() => undefined);
      await Promise.allSettled([...under]);
    },
    open() {
      barrier?.resolve();
      barrier = null;
    },
    discard(reason) {
      barrier ??= Promise.withResolvers<void>();
      barrier.promise.catch(() => undefined);
      barrier.reject(reason);
    },
  };
}
