import { fold, wordsOf } from './fold';
import { createTypoMatcher, type TypoMatcher } from './typo';

/** One thing that a record has to have: a word or its beginning, or several letters of a script without spaces in a row. */
export interface Term {
  text: string;
  /** Finds it with a typo; null where it is too short for one. */
  typo: TypoMatcher | null;
}

export interface Query {
  terms: Term[];
  /** The digits of what looks like a phone number, without a leading zero or plus; null for everything else. */
  phone: string | null;
}

const MOST_TERMS = 8;
/** Longer ones are no names, and the typo matcher takes one bit a letter. */
const LONGEST_TERM = 31;
const LONGEST_QUERY = 200;
const ONE_TYPO_FROM = 4;
const TWO_TYPOS_FROM = 8;
/** Fewer digits stand in every number. */
const SHORTEST_PHONE = 4;

/** How many edits a word of that many letters may be away. */
export const typosFor = (length: number): 0 | 1 | 2 => (length >= TWO_TYPOS_FROM ? 2 : length >= ONE_TYPO_FROM ? 1 : 0);

function termOf(text: string, isWord: boolean): Term {
  const most = isWord && /\D/.test(text) ? typosFor(text.length) : 0;
  return { text, typo: most > 0 ? createTypoMatcher(text, most) : null };
}

function termsOf(folded: string): Term[] {
  const terms = new Map<string, Term>();
  let row = '';
  let end = -1;
  const endRow = () => {
    if (row !== '') terms.set(row, termOf(row, false));
    row = '';
  };
  for (const { text, from, unspaced } of wordsOf(folded)) {
    if (!unspaced) {
      endRow();
      const short = text.slice(0, LONGEST_TERM);
      terms.set(short, termOf(short, true));
      continue;
    }
    if (from !== end) endRow();
    row = row === '' ? text : `${row} ${text}`;
    end = from + text.length;
  }
  endRow();
  return [...terms.values()].slice(0, MOST_TERMS);
}

function phoneOf(text: string): string | null {
  if (!/^[\s\d+()./-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '').replace(/^0+/, '');
  return digits.length >= SHORTEST_PHONE ? digits : null;
}

/** What somebody typed, as it is looked for; null when that is nothing, or one letter that stands in half of all names. */
export function parseQuery(text: string): Query | null {
  const typed = text.slice(0, LONGEST_QUERY).toWellFormed().trim();
  const terms = termsOf(fold(typed));
  const [first] = terms;
  if (!first || (terms.length === 1 && /^[\p{Script=Latin}\p{N}]$/u.test(first.text))) return null;
  return { terms, phone: phoneOf(typed) };
}
