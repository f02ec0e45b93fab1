import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '@/lib/connectors/csv';
import { AppError } from '@/lib/shared/errors';

/** Values as they hurt: quotes, separators and line ends next to each other, and any text at all. */
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' ', '\u{1f600}'), maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));
const lineEnd = fc.constantFrom('\n', '\r\n');
/** Where to cut, as shares of the text; many cuts make pieces of one character and of none. */
const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

/** As Salesforce writes it: every value in quotes, a line end behind every row. */
const written = (rows: string[][], end: string) =>
  rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',') + end).join('');

async function* pieces(text: string, shares: number[]): AsyncGenerator<string> {
  const at = [0, ...shares.map((share) => Math.round(share * text.length)).sort((a, b) => a - b), text.length];
  for (const [index, start] of at.entries()) yield text.slice(start, at[index + 1]);
}

/** The rows that came, and whether the reader then refused the rest. */
async function outcome(text: string, shares: number[]): Promise<{ rows: string[][]; refused: boolean }> {
  const rows: string[][] = [];
  try {
    for await (const batch of readCsv(pieces(text, shares))) rows.push(...batch);
    return { rows, refused: false };
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    return { rows, refused: true };
  }
}

describe('CSV', () => {
  it('comes back as it was written, whatever the values and wherever the text is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(table, lineEnd, cuts, async (rows, end, shares) => {
        expect(await outcome(written(rows, end), shares)).toEqual({ rows, refused: false });
      }),
      { numRuns: 1500 },
    );
  });

  it('comes back the same when the last line lacks its end', async () => {
    await fc.assert(
      fc.asyncProperty(table, lineEnd, cuts, async (rows, end, shares) => {
        expect(await outcome(written(rows, end).slice(0, -end.length), shares)).toEqual({ rows, refused: false });
      }),
      { numRuns: 500 },
    );
  });

  it('that is cut off anywhere gives its first rows, whole, and refuses a rest that is no row', async () => {
    await fc.assert(
      fc.asyncProperty(table, lineEnd, cuts, fc.double({ min: 0, max: 1, noNaN: true }), async (all, end, shares, share) => {
        const text = written(all, end);
        const cutOff = text.slice(0, Math.round(share * text.length));
        const { rows, refused } = await outcome(cutOff, shares);
        const whole = all.filter((_, index) => cutOff.startsWith(written(all.slice(0, index + 1), end)));
        expect(rows.slice(0, whole.length)).toEqual(whole);
        const rest = cutOff.slice(written(whole, end).length);
        if (rows.length === whole.length) {
          expect(refused).toBe(rest !== '');
          return;
        }
        // A last line that lacks its end is taken for the next row: that row itself, or cut between the two quotes of an
        // escape in its last column. Of the header, which nothing says the width of, it may be the first columns.
        expect([rows.length, refused, /"\r?$/.test(rest)]).toEqual([whole.length + 1, false, true]);
        const [last = []] = rows.slice(-1);
        const next = all[whole.length] ?? [];
        if (whole.length > 0) expect(last).toHaveLength(next.length);
        expect(last.slice(0, -1)).toEqual(next.slice(0, last.length - 1));
        const [got, wanted] = [last.at(-1) ?? '', next[last.length - 1] ?? ''];
        expect(got === wanted || wanted.startsWith(`${got}"`)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('made of arbitrary text gives rows of one width or is refused with a code', async () => {
    const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a'), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, cuts, async (anything, shares) => {
        const one = await outcome(anything, []);
        expect(new Set(one.rows.map((row) => row.length)).size).toBeLessThanOrEqual(1);
        expect((await outcome(anything, shares)).refused).toBe(one.refused);
      }),
      { numRuns: 2000 },
    );
  });
});
