import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, wordsOf } from '@/lib/search/fold';
import { judge } from '@/lib/search/judge';
import { marksIn } from '@/lib/search/marks';
import { parseQuery, typosFor } from '@/lib/search/query';
import { scanBeginnings, scanTypos } from '@/lib/search/scan';
import { searchLine } from '@/lib/search/search-line';
import { createTypoMatcher } from '@/lib/search/typo';
import { record } from '../builders/records';

/** Optimal string alignment by its definition, cell by cell: edits from all of `a` to all of `b`. */
function edits(a: string, b: string): number {
  const row = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number) => row[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i += 1) {
    for (let j = 0; j <= b.length; j += 1) {
      const target = row[i];
      if (!target) continue;
      if (i === 0 || j === 0) target[j] = i + j;
      else {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        target[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          target[j] = Math.min(target[j] ?? 0, at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.length, b.length);
}

/** Edits from `typed` to the beginning of `word` that it is nearest to. */
const editsToBeginning = (typed: string, word: string) =>
  Math.min(...Array.from({ length: word.length + 1 }, (_, end) => edits(typed, word.slice(0, end))));

const letter = fc.constantFrom('a', 'b', 'c', 'd', 'é', 'я');
const word = fc.string({ unit: letter, minLength: 1, maxLength: 12 });
/** A word and what somebody made of it: up to three edits anywhere. */
const typed = fc
  .tuple(
    fc.string({ unit: letter, minLength: 4, maxLength: 14 }),
    fc.array(fc.tuple(fc.nat(13), letter, fc.constantFrom('swap', 'drop', 'add', 'other')), { maxLength: 3 }),
  )
  .map(([text, changes]) => {
    let changed = text;
    for (const [place, other, kind] of changes) {
      const at = place % Math.max(1, changed.length);
      if (kind === 'swap') changed = changed.slice(0, at) + (changed[at + 1] ?? '') + (changed[at] ?? '') + changed.slice(at + 2);
      else if (kind === 'drop') changed = changed.slice(0, at) + changed.slice(at + 1);
      else changed = changed.slice(0, at) + other + changed.slice(kind === 'add' ? at : at + 1);
    }
    return { word: text, typed: changed.slice(0, 31) };
  })
  .filter((one) => one.typed.length >= 4);

describe('the typo matcher', () => {
  it('finds what the definition of the distance finds, and says how far away it is', () => {
    fc.assert(
      fc.property(typed, fc.constantFrom(1, 2), ({ word: text, typed: wanted }, most) => {
        const expected = editsToBeginning(wanted, text);
        const found = createTypoMatcher(wanted, most).match(` ${text}\t`, 1);
        expect(found?.edits ?? null).toBe(expected <= most ? expected : null);
        if (found) expect(edits(wanted, text.slice(0, found.length))).toBe(found.edits);
      }),
      { numRuns: 3000 },
    );
  });
});

/** What a search has to find, by its definition, for records of which each is a name. */
function answers(name: string, query: string): boolean {
  const words = wordsOf(fold(name)).map(({ text }) => text);
  const terms = wordsOf(fold(query)).map(({ text }) => text);
  return terms.every((term) =>
    words.some((one) => one.startsWith(term) || (/\D/.test(term) && editsToBeginning(term, one) <= typosFor(term.length))),
  );
}

const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const query = fc.oneof(
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join(' ')),
  typed.map((one) => one.typed),
);

describe('a search over names', () => {
  it('finds every name that has each word, its beginning or a small typo of it, and no other', () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 12 }), query, (names, text) => {
        const parsed = parseQuery(text);
        fc.pre(parsed !== null && names.every((one) => wordsOf(fold(one)).length > 0));
        if (!parsed) return;
        const lines = names.map((one, index) => searchLine(record('account', `a${index}`, { name: one })));
        const all = lines.map((line) => `${line}\n`).join('');
        const found = [...scanBeginnings(all, parsed), ...scanTypos(all, parsed)].map(({ line }) => line);
        expect(found.sort()).toEqual(lines.filter((_, index) => answers(names[index] ?? '', text)).sort());
        expect(new Set(found).size).toBe(found.length);
      }),
      { numRuns: 1500 },
    );
  });

  it('puts whole words before beginnings, and beginnings before typos', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 4, maxLength: 10 }), fc.nat(9), (text, place) => {
        const parsed = parseQuery(text);
        if (!parsed) return;
        const scoreOf = (one: string) => judge(searchLine(record('account', 'a1', { name: one })) ?? '', parsed, true);
        const at = place % text.length;
        const [whole, beginning, typo] = [text, `${text}x`, `${text.slice(0, at)}z${text.slice(at + 1)}`].map(scoreOf);
        expect(whole).not.toBeNull();
        expect(whole ?? 0).toBeLessThan(beginning ?? -1);
        expect(beginning ?? 0).toBeLessThan(typo ?? -1);
      }),
    );
  });

  it('marks ranges that lie within the text, in order, and at whole letters', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(any, any, fc.boolean(), (text, other, isPart) => {
        const parsed = parseQuery(isPart ? text.slice(0, 12) : other);
        if (!parsed) return;
        let last = 0;
        for (const [from, to] of marksIn(text, parsed)) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(text.slice(from, to).isWellFormed()).toBe(true);
          last = to;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads whatever is typed without failing, and finds nothing for nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const parsed = parseQuery(text);
        if (parsed) expect(parsed.terms.length).toBeGreaterThan(0);
      }),
    );
    expect(parseQuery(' \n–')).toBeNull();
  });
});
