/** Time as an argument, so that tests can turn it. Milliseconds since 1970-01-01 UTC. */
export interface Clock {
  now(): number;
}

/** Waits `ms` milliseconds, or rejects with the signal's reason when it is aborted first. */
export type Sleep = (ms: number, signal: AbortSignal) => Promise<void>;

export const systemSleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    function stop() {
      clearTimeout(timer);
      reject(signal.reason);
    }
    signal.addEventListener('abort', stop, { once: true });
  });

export const systemClock: Clock = { now: () => Date.now() };
