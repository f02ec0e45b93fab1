import { describe, expect, it } from 'vitest';
import { type Cells, differenceOf } from '../../gallery/difference';

const plain = (width = 100, height = 100): Cells & { data: number[] } => ({
  width,
  height,
  data: Array.from({ length: width * height * 4 }, () => 200),
});

/** The first `count` cells are another colour, by so many steps of one channel. */
function changed(count: number, steps: number): Cells {
  const cells = plain();
  for (let cell = 0; cell < count; cell += 1) cells.data[cell * 4 + 2] = 200 - steps;
  return cells;
}

describe('the difference of two pictures', () => {
  it('is none where only the edges of letters differ: a little everywhere, or much in a few cells', () => {
    expect(differenceOf(plain(), changed(10_000, 8))).toBeNull();
    expect(differenceOf(plain(), changed(20, 200))).toBeNull();
  });

  it('is seen where a part is gone or has another tint', () => {
    expect(differenceOf(plain(), changed(21, 200))).toBe('21 of 10000 cells have another colour');
    expect(differenceOf(plain(), changed(400, 9))).toBe('400 of 10000 cells have another colour');
  });

  it('is seen where the view has become larger or smaller', () => {
    expect(differenceOf(plain(), plain(100, 101))).toBe('the picture is 100 × 101 cells large, the kept one 100 × 100');
  });
});
