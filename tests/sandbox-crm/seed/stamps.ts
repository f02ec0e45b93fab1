import { DAY, toWireDateTime } from '../org/wire-time.ts';
import type { Random } from './random.ts';

/**
 * When records were last changed. In real orgs many share one second, because imports and mass updates touch hundreds
 * at once; a pull that pages by time alone loses some of those. So half of these stamps are ties.
 */
export function createStamps(random: Random, now: number): () => string {
  const hour = DAY / 24;
  const imports = Array.from({ length: 24 }, () => toWireDateTime(now - hour - random.next() * 500 * DAY));
  return () => {
    if (random.chance(0.5)) return random.pick(imports) ?? toWireDateTime(now - hour);
    // Of the others, more are recent than old.
    return toWireDateTime(now - hour - random.next() ** 2 * 500 * DAY);
  };
}
