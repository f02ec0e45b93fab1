import { judge } from './judge';
import type { Query } from './query';

/** A line that answers a query, and how well: lower is better. */
export interface Hit {
  line: string;
  score: number;
}

const TAB = 9;
const LINE_END = 10;
const SPACE = 32;

function lineAround(text: string, at: number): { line: string; end: number } {
  const end = text.indexOf('\n', at);
  return { line: text.slice(text.lastIndexOf('\n', at) + 1, end), end };
}

/** Lines in which `wanted` stands, each once. */
function* linesWith(text: string, wanted: string): Generator<string> {
  for (let at = text.indexOf(wanted); at !== -1; ) {
    const { line, end } = lineAround(text, at);
    yield line;
    at = text.indexOf(wanted, end);
  }
}

/** Lines of `text` (each with its line end) that have every term as a word or the beginning of one, or the phone number. */
export function* scanBeginnings(text: string, query: Query): Generator<Hit> {
  const [rarest] = [...query.terms].sort((a, b) => b.text.length - a.text.length);
  const seen = new Set<string>();
  if (rarest) {
    for (const line of linesWith(text, ` ${rarest.text}`)) {
      const score = judge(line, query, false);
      if (score === null) continue;
      if (query.phone !== null) seen.add(line);
      yield { line, score };
    }
  }
  if (query.phone === null) return;
  for (const line of linesWith(text, query.phone)) {
    const score = seen.has(line) ? null : judge(line, query, false);
    if (score !== null) yield { line, score };
  }
}

/** Says which of several words stand at a place with a typo, as one bit each. */
interface Matchers {
  all: number;
  /** Those of the words that are not in `met` yet and match the word that begins at `from`, added to `met`. */
  match(text: string, from: number, met: number): number;
}

function matchersOf(query: Query): Matchers | null {
  const matchers = query.terms.flatMap(({ typo }) => typo ?? []);
  if (matchers.length === 0) return null;
  const reach = Math.max(...matchers.map(({ most }) => most));
  // A word's first letters mostly tell that it matches none; one beyond ASCII may match: those are few.
  const heads = new Uint8Array(128);
  for (const code of matchers.flatMap((one) => one.heads)) if (code < heads.length) heads[code] = 1;
  const speaks = (code: number) => code >= heads.length || heads[code] === 1;
  const mayMatch = (text: string, from: number) =>
    speaks(text.charCodeAt(from)) || speaks(text.charCodeAt(from + 1)) || (reach > 1 && speaks(text.charCodeAt(from + 2)));
  return {
    all: (1 << matchers.length) - 1,
    match(text, from, met) {
      if (!mayMatch(text, from)) return met;
      let now = met;
      for (let index = 0; index < matchers.length; index += 1) {
        if ((now & (1 << index)) === 0 && matchers[index]?.match(text, from)) now |= 1 << index;
      }
      return now;
    },
  };
}

/** Lines that have every term, some of them only with a typo. The others are not given again. */
export function* scanTypos(text: string, query: Query): Generator<Hit> {
  const matchers = matchersOf(query);
  if (!matchers) return;
  let met = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE) met = matchers.match(text, at + 1, met);
    // Only other words may follow a tab; behind those nothing is looked at.
    else if (code === TAB && (met === matchers.all || text.charCodeAt(at + 1) !== SPACE)) at = text.indexOf('\n', at) - 1;
    else if (code === LINE_END) {
      const hit = met === matchers.all ? hitByTypo(text.slice(lineStart, at), query) : null;
      if (hit) yield hit;
      met = 0;
      lineStart = at + 1;
    }
  }
}

function hitByTypo(line: string, query: Query): Hit | null {
  const score = judge(line, query, false) === null ? judge(line, query, true) : null;
  return score === null ? null : { line, score };
}
