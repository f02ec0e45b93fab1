import type { Random } from './random.ts';

/** A number in the 555-01xx block, which is kept free for fiction. */
export const fictionalPhone = (random: Random, dial: string): string =>
  `+${dial} ${random.between(200, 989)} 555 01${String(random.between(0, 99)).padStart(2, '0')}`;
