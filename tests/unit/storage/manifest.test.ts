import { describe, expect, it } from 'vitest';
import { bitsFor, cellOf, emptyManifest, runsToMerge } from '@/lib/storage/manifest';

const runs = (...sizes: number[]) => sizes.map((entries, id) => ({ id, bits: 0, entries, schema: 1 }));

describe('bitsFor', () => {
  it.each([
    [0, 0],
    [1, 0],
    [48, 0],
    [49, 1],
    [96, 1],
    [97, 2],
    [48 * 1024, 10],
    [48 * 65_536, 16],
    [1e9, 16],
  ])('%i entries, 48 a cell, take %i bits', (entries, bits) => {
    expect(bitsFor(entries, 48)).toBe(bits);
  });
});

describe('cellOf', () => {
  it.each([
    [0, 0, 0],
    [0xffff_ffff, 0, 0],
    [0xffff_ffff, 1, 1],
    [0x7fff_ffff, 1, 0],
    [0xffff_ffff, 16, 65_535],
    [0x0001_0000, 16, 1],
  ])('%i falls with %i bits into cell %i', (hash, bits, cell) => {
    expect(cellOf(hash, bits)).toBe(cell);
  });
});

describe('runsToMerge', () => {
  it('is none for up to six runs, however small', () => {
    expect(runsToMerge(runs())).toBe(0);
    expect(runsToMerge(runs(1, 1, 1, 1, 1, 1))).toBe(0);
  });

  it('merges small runs among themselves and leaves a large one alone', () => {
    expect(runsToMerge(runs(100_000, 5, 5, 5, 5, 5, 5))).toBe(6);
  });

  it('draws a large run in when what came after it has grown to half its size', () => {
    expect(runsToMerge(runs(100, 10, 10, 10, 10, 5, 5))).toBe(7);
    expect(runsToMerge(runs(100, 10, 10, 10, 10, 5, 4))).toBe(6);
  });
});

describe('merging runs', () => {
  it('never leaves more than six, however they came about', () => {
    const many = runs(...Array.from({ length: 100 }, () => 2000), 20_000, 100, 100);
    expect(many.length - runsToMerge(many) + 1).toBeLessThanOrEqual(6);
  });
});

describe('an empty manifest', () => {
  it('names no runs, no records and no checkpoints', () => {
    const manifest = emptyManifest();
    expect(Object.values(manifest.tables).every(({ runs: list, live }) => list.length === 0 && live === 0)).toBe(true);
    expect(manifest).toMatchObject({ nextRun: 1, checkpoints: {}, pending: [] });
  });

  it('shares nothing with another', () => {
    emptyManifest().tables.user.runs.push({ id: 1, bits: 0, entries: 1, schema: 1 });
    expect(emptyManifest().tables.user.runs).toEqual([]);
  });
});
