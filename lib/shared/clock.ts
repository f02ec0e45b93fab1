/** Time as an argument, so that tests can turn it. Milliseconds since 1970-01-01 UTC. */
export interface Clock {
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
