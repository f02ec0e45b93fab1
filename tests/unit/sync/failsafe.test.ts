import { describe, expect, it } from 'vitest';
import { isTooMuch } from '@/lib/sync/failsafe';

describe('deletions of one object at once', () => {
  it.each([
    [0, 0, false],
    [1, 1, false],
    [50, 50, false],
    [50, 1, false],
    [51, 51, true],
    [51, 254, true],
    [51, 255, false],
    [200, 1000, false],
    [201, 1000, true],
    [200_000, 1_000_000, false],
    [200_001, 1_000_000, true],
  ])('are asked about first when they are more than fifty and more than a fifth: %i of %i: %s', (deletions, live, asked) => {
    expect(isTooMuch(deletions, live)).toBe(asked);
  });
});
