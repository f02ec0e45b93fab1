import type { Query, Term } from './query';

/** How well one term is met: 0 the whole word, 1 its beginning, 2 and 3 with one or two typos. */
type Level = 0 | 1 | 2 | 3;

interface Met {
  level: Level;
  inName: boolean;
}

const TAB = 9;
const SPACE = 32;

function byBeginning(line: string, { text }: Term, nameEnd: number): Met | null {
  const wanted = ` ${text}`;
  let best: Met | null = null;
  for (let at = line.indexOf(wanted); at !== -1; at = line.indexOf(wanted, at + 1)) {
    const next = line.charCodeAt(at + wanted.length);
    const met: Met = { level: next === SPACE || next === TAB ? 0 : 1, inName: at < nameEnd };
    if (!best || isBetter(met, best)) best = met;
  }
  return best;
}

const isBetter = (one: Met, other: Met) => one.level < other.level || (one.level === other.level && one.inName && !other.inName);

function byTypo(line: string, { typo }: Term, nameEnd: number, wordsEnd: number): Met | null {
  if (!typo) return null;
  let best: Met | null = null;
  for (let at = line.indexOf(' '); at !== -1 && at < wordsEnd; at = line.indexOf(' ', at + 1)) {
    const found = typo.match(line, at + 1);
    if (!found || found.edits === 0) continue;
    const met: Met = { level: found.edits === 1 ? 2 : 3, inName: at < nameEnd };
    if (!best || isBetter(met, best)) best = met;
  }
  return best;
}

/** Whether one of the line's phone numbers has these digits in a row. */
function hasPhone(line: string, digits: string): boolean {
  const from = line.indexOf('\t', line.indexOf('\t') + 1) + 1;
  return line.slice(from, line.indexOf('\t', from)).includes(digits);
}

/**
 * How well a line answers a query: lower is better, null not at all. First by the worst-met term (whole word, beginning, one
 * typo, two), then whether all stand in the name, then all terms together, then whether the name is, or begins with, what was typed.
 */
export function judge(line: string, query: Query, typos: boolean): number | null {
  const nameEnd = line.indexOf('\t');
  const wordsEnd = line.indexOf('\t', nameEnd + 1);
  let worst = 0;
  let sum = 0;
  let allInName = true;
  for (const term of query.terms) {
    const met = byBeginning(line, term, nameEnd) ?? (typos ? byTypo(line, term, nameEnd, wordsEnd) : null);
    if (!met) return query.phone !== null && hasPhone(line, query.phone) ? score(1, false, 1, 2) : null;
    worst = Math.max(worst, met.level);
    sum += met.level;
    allInName &&= met.inName;
  }
  const typed = query.terms.map(({ text }) => ` ${text}`).join('');
  const name = line.slice(0, nameEnd);
  return score(worst, allInName, sum, name === typed ? 0 : name.startsWith(typed) ? 1 : 2);
}

/** Everything in one number, the first thing weighing most. */
function score(worst: number, allInName: boolean, sum: number, place: number): number {
  return ((worst * 2 + (allInName ? 0 : 1)) * 32 + Math.min(sum, 31)) * 3 + place;
}
