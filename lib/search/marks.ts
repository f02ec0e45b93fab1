import { foldWithPlaces, wordsOf } from './fold';
import type { Query } from './query';
import { digitsOf } from './search-line';

/** Where a match stands in a text: from this unit up to that one. */
export type Mark = [from: number, to: number];

/** No text that is shown is longer; what stands behind is not marked. */
const LONGEST = 500;

function merged(marks: Mark[]): Mark[] {
  const result: Mark[] = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else if (to > from) result.push([from, to]);
  }
  return result;
}

/** Ranges of the folded text that a query's terms stand in: whole words and beginnings, or, where none is, the likeliest typo. */
function rangesIn(folded: string, query: Query): Mark[] {
  const words = wordsOf(folded);
  const row = words.map(({ text }) => ` ${text}`).join('');
  const starts: number[] = [];
  let length = 0;
  for (const { text } of words) {
    starts.push(length);
    length += text.length + 1;
  }
  return query.terms.flatMap(({ text, typo }) => {
    const found: Mark[] = [];
    for (const [index, word] of words.entries()) {
      const at = starts[index] ?? 0;
      if (!row.startsWith(` ${text}`, at)) continue;
      const last = words[index + text.split(' ').length - 1] ?? word;
      found.push([word.from, text.includes(' ') ? last.from + last.text.length : word.from + text.length]);
    }
    if (found.length > 0 || !typo) return found;
    const near = words.flatMap((word, index) => {
      const match = typo.match(`${row}\t`, (starts[index] ?? 0) + 1);
      return match ? [{ edits: match.edits, range: [word.from, word.from + match.length] as Mark }] : [];
    });
    const least = Math.min(...near.map(({ edits }) => edits));
    return near.filter(({ edits }) => edits === least).map(({ range }) => range);
  });
}

/** What of a text answers a query, as ranges of the text as it is shown. */
export function marksIn(text: string, query: Query): Mark[] {
  const { folded, at } = foldWithPlaces(text.slice(0, LONGEST));
  return merged(
    rangesIn(folded, query).map(([from, to]) => {
      const start = at[from] ?? 0;
      // One letter may be two when folded (ß): half of it is all of it.
      let end = to;
      while (end < at.length - 1 && at[end] === at[to - 1]) end += 1;
      return [start, at[end] ?? text.length];
    }),
  );
}

/** The digits of a phone number that were typed, with what stands between them. */
export function phoneMarks(phone: string, query: Query): Mark[] {
  const at = query.phone === null ? -1 : digitsOf(phone).indexOf(query.phone);
  if (query.phone === null || at === -1) return [];
  const places = Array.from(phone.matchAll(/\d/g), ({ index }) => index);
  const from = places[at];
  const last = places[at + query.phone.length - 1];
  return from === undefined || last === undefined ? [] : [[from, last + 1]];
}
