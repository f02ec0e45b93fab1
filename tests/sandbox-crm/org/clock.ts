import { toWireDateTime } from './wire-time.ts';

/** The org's clock. It runs with the machine's unless frozen, from a start of the test's choosing, and can be moved. */
export interface SandboxClock {
  /** Milliseconds since 1970 UTC, as the CRM sees them. */
  now(): number;
  /** The same in the CRM's own notation, to the second. */
  stamp(): string;
  advance(ms: number): void;
  set(ms: number): void;
  freeze(): void;
}

/** @param start what the clock shows at first @param frozen whether it stands still until moved */
export function createClock(start: number, frozen: boolean): SandboxClock {
  let base = start;
  let runningSince = frozen ? undefined : Date.now();
  const now = () => base + (runningSince === undefined ? 0 : Date.now() - runningSince);
  return {
    now,
    stamp: () => toWireDateTime(now()),
    advance(ms) {
      base += ms;
    },
    set(ms) {
      base = ms;
      if (runningSince !== undefined) runningSince = Date.now();
    },
    freeze() {
      base = now();
      runningSince = undefined;
    },
  };
}
