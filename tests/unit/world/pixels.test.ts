import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { likeness, type Picture, pixelsOf, readPng } from '../../world/pixels.ts';

/** A PNG of one line for each filter; no browser checks the sums, and neither do we. */
function png(width: number, lines: readonly (readonly number[])[]): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const bytes = Buffer.alloc(12 + data.length);
    bytes.writeUInt32BE(data.length);
    bytes.write(type, 4, 'latin1');
    bytes.set(data, 8);
    return bytes;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(lines.length, 4);
  head.set([8, 2], 8);
  return Buffer.concat([Buffer.alloc(8), chunk('IHDR', head), chunk('IDAT', deflateSync(Uint8Array.from(lines.flat())))]);
}

const picture = (...colours: readonly number[][]): Picture => ({
  width: colours.length,
  height: 1,
  rgb: Uint8Array.from(colours.flat()),
});
const [WHITE, BLACK, BLUE] = [
  [255, 255, 255],
  [0, 0, 0],
  [66, 88, 207],
];

describe('a PNG', () => {
  it('is read whatever its lines are filtered by', () => {
    const lines = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 1, 1, 1],
      [3, 5, 10, 15, 5, 5, 5],
      [4, 1, 1, 1, 1, 1, 1],
    ];
    expect([...readPng(png(2, lines)).rgb]).toEqual([
      ...[10, 20, 30, 40, 50, 60],
      ...[10, 20, 30, 40, 50, 60],
      ...[10, 20, 30, 41, 51, 61],
      ...[10, 20, 30, 30, 40, 50],
      ...[11, 21, 31, 31, 41, 51],
    ]);
  });
});

describe('likeness', () => {
  it('is whole for the same picture', () => {
    expect(likeness(picture(WHITE, WHITE, BLACK), picture(WHITE, WHITE, BLACK))).toBe(1);
  });
  it('is none when all that was drawn is gone', () => {
    expect(likeness(picture(WHITE, WHITE, BLACK), picture(WHITE, WHITE, WHITE))).toBe(0);
  });
  it('counts what was drawn over the ground', () => {
    expect(likeness(picture(WHITE, WHITE, BLACK), picture(WHITE, BLUE, BLACK))).toBe(0.5);
  });
  it('is none for pictures of different sizes', () => {
    expect(likeness(picture(WHITE), picture(WHITE, WHITE))).toBe(0);
  });
});

it('pixels of a colour are counted', () => {
  expect(pixelsOf(picture(WHITE, BLUE, [60, 90, 200]), [66, 88, 207])).toBe(2);
});
