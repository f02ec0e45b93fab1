import type { Clock } from '@/lib/shared/clock';

/** A clock that stands still until it is turned. */
export function fakeClock(
  start = Date.parse('2026-05-01T00:00:00.000Z'),
): Clock & { wait(ms: number): void; set(ms: number): void } {
  let time = start;
  return {
    now: () => time,
    wait(ms) {
      time += ms;
    },
    set(ms) {
      time = ms;
    },
  };
}
