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

/** Lines that have every term, some of them only with a typo. The others are not given again. */
export function* scanTypos(text: string, query: Query): Generator<Hit> {
  const matchers = query.terms.flatMap(({ typo }) => typo ?? []);
  if (matchers.length === 0) return;
  const all = (1 << matchers.length) - 1;
  let met = 0;
  let lineStart = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE) {
      for (const [index, matcher] of matchers.entries()) {
        if ((met & (1 << index)) === 0 && matcher.match(text, at + 1)) met |= 1 << index;
      }
    } else if (code === TAB) {
      // Only other words may follow; behind those nothing is looked at.
      if (met === all || text.charCodeAt(at + 1) !== SPACE) at = text.indexOf('\n', at) - 1;
    } else if (code === LINE_END) {
      const line = met === all ? text.slice(lineStart, at) : null;
      const score = line === null || judge(line, query, false) !== null ? null : judge(line, query, true);
      if (line !== null && score !== null) yield { line, score };
      met = 0;
      lineStart = at + 1;
    }
  }
}
