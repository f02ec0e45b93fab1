import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AnyRecord, OBJECTS } from '@/lib/crm/records';
import { compress, decompress } from '@/lib/storage/compression';
import { entryOf, packEntries, recordOf, unpackEntries } from '@/lib/storage/entry';
import { bitsFor, cellOf, type Run, runsToMerge } from '@/lib/storage/manifest';
import { FIELD_ORDER } from '@/lib/storage/tables';

/** Any text, with control characters, astral ones and half characters, as a CRM may hold. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20, size: 'max' }),
  fc.constantFrom('', '\u0000', '\ud83d', '\udc00x', '__proto__', '\u202eabc', '0', '"],["', '\u2028'),
);
const values = fc.oneof(
  texts,
  fc.constant(null),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
);

const records: fc.Arbitrary<AnyRecord> = fc.constantFrom(...OBJECTS).chain((object) =>
  fc
    .record({
      id: fc.stringMatching(/^[A-Za-z0-9]{1,18}$/),
      modifiedAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
      values: fc.tuple(...FIELD_ORDER[object].map(() => values)),
      custom: fc.dictionary(fc.oneof(fc.stringMatching(/^[A-Za-z]{1,8}__c$/), fc.constant('constructor')), values, {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    })
    .map(({ values: list, ...rest }) => {
      const fields = Object.fromEntries(FIELD_ORDER[object].map((name, index) => [name, list[index] ?? null]));
      return { object, connectionId: 'c1', fields, ...rest } as unknown as AnyRecord;
    }),
);

describe('the codec', () => {
  it('gives back any records of any object as they were, through packing and compression', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(records, { maxLength: 30, size: 'max' }), fc.boolean(), async (list, elsewhere) => {
        const entries = list.map((row, index) => entryOf(row, elsewhere ? `home${index}` : row.id, index));
        const unpacked = unpackEntries(await decompress(await compress(packEntries(entries))));
        expect(unpacked).toEqual(entries);
        expect(unpacked.map((entry, index) => recordOf(list[index]?.object ?? 'user', 'c1', entry))).toEqual(list);
      }),
      { numRuns: 150 },
    );
  });

  it('gives back any bytes through compression, small or large, even or noisy', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3000, size: 'max' }),
      fc
        .tuple(fc.nat({ max: 255 }), fc.integer({ min: 0, max: 20_000 }))
        .map(([value, length]) => new Uint8Array(length).fill(value)),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        expect(Buffer.from(await decompress(await compress(new Uint8Array(content)))).equals(content)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

describe('cells', () => {
  const hashes = fc.nat({ max: 0xffff_ffff });

  it('are all within the run, and nest: more bits only split a cell', () => {
    fc.assert(
      fc.property(hashes, fc.integer({ min: 0, max: 16 }), fc.integer({ min: 0, max: 16 }), (hash, one, other) => {
        const [coarse, fine] = [Math.min(one, other), Math.max(one, other)];
        expect(cellOf(hash, fine)).toBeLessThan(2 ** fine);
        expect(cellOf(hash, fine)).toBeGreaterThanOrEqual(0);
        expect(Math.floor(cellOf(hash, fine) / 2 ** (fine - coarse))).toBe(cellOf(hash, coarse));
      }),
    );
  });

  it('hold on average no more than asked for, and more than half of it once there are two', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3_000_000 }), fc.constantFrom(48, 256), (entries, perCell) => {
        const cells = 2 ** bitsFor(entries, perCell);
        expect(entries / cells).toBeLessThanOrEqual(perCell);
        if (cells > 1) expect(entries / cells).toBeGreaterThan(perCell / 2);
      }),
    );
  });
});

describe('merging runs', () => {
  /** What compaction leaves of `runs`, when nothing in them is the same. */
  function merged(runs: Run[]): Run[] {
    const count = runsToMerge(runs);
    if (count === 0) return runs;
    const entries = runs.slice(runs.length - count).reduce((sum, run) => sum + run.entries, 0);
    return [...runs.slice(0, runs.length - count), { id: 0, bits: 0, entries, schema: 1 }];
  }
  const sizes = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 300, size: 'max' });

  it('leaves few runs when it happens after every batch, and rewrites a record about log(n) times', () => {
    fc.assert(
      fc.property(sizes, (batches) => {
        let runs: Run[] = [];
        let written = 0;
        for (const entries of batches) {
          runs = [...runs, { id: 0, bits: 0, entries, schema: 1 }];
          const after = merged(runs);
          if (after.length < runs.length) written += after.at(-1)?.entries ?? 0;
          runs = after;
          const total = runs.reduce((sum, run) => sum + run.entries, 0);
          expect(runs.length).toBeLessThanOrEqual(6 + Math.log2(total) + 1);
        }
        const total = batches.reduce((sum, entries) => sum + entries, 0);
        expect(runs.reduce((sum, run) => sum + run.entries, 0)).toBe(total);
        expect(written).toBeLessThanOrEqual(total * (Math.log2(total) + 2));
      }),
      { numRuns: 200 },
    );
  });

  it('merges at least two runs when it merges, and never more than there are', () => {
    fc.assert(
      fc.property(sizes, (list) => {
        const count = runsToMerge(list.map((entries) => ({ id: 0, bits: 0, entries, schema: 1 })));
        expect(count === 0 || (count >= 2 && count <= list.length)).toBe(true);
      }),
    );
  });
});
