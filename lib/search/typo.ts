/** How a word that was typed with an error stands at the beginning of another one. */
interface TypoMatch {
  edits: number;
  /** How many units of the other word it covers. */
  length: number;
}

export interface TypoMatcher {
  most: number;
  /** Units of which a word that matches has one among its first `most` + 1. */
  heads: number[];
  /** The best match of the word that begins at `from` in `text`, or null when more edits are needed than allowed. */
  match(text: string, from: number): TypoMatch | null;
}

/** Every unit that a word can have is above this: separators of the lines that are searched are below. */
const FIRST_OF_WORDS = 48;

/**
 * Looks for words whose beginning is at most `most` edits away from `wanted` (at most 31 units): a letter too many, too few or
 * another one, or two neighbours swapped (optimal string alignment). Bit-parallel: Hyyrö, "A bit-vector algorithm for
 * computing Levenshtein and Damerau edit distances", 2003; one bit a unit of `wanted`.
 */
export function createTypoMatcher(wanted: string, most: number): TypoMatcher {
  const masks = new Map<number, number>();
  for (let unit = 0; unit < wanted.length; unit += 1) {
    const code = wanted.charCodeAt(unit);
    masks.set(code, (masks.get(code) ?? 0) | (1 << unit));
  }
  const ascii = Int32Array.from({ length: 128 }, (_, code) => masks.get(code) ?? 0);
  const maskOf = (code: number) => (code < 128 ? ascii[code] : masks.get(code)) ?? 0;
  const last = 1 << (wanted.length - 1);
  // With so few edits one of a word's first units is one of the first of `wanted`: most words are out at once.
  const head = (1 << (most + 1)) - 1;

  function mayMatch(text: string, from: number): boolean {
    for (let at = from; at <= from + most; at += 1) {
      const code = text.charCodeAt(at);
      if (!(code >= FIRST_OF_WORDS)) return false;
      if ((maskOf(code) & head) !== 0) return true;
    }
    return false;
  }

  function match(text: string, from: number): TypoMatch | null {
    if (!mayMatch(text, from)) return null;
    let plus = -1;
    let minus = 0;
    let diagonal = 0;
    let before = 0;
    let edits = wanted.length;
    let best: TypoMatch | null = null;
    for (let at = from; at - from < wanted.length + most; at += 1) {
      const code = text.charCodeAt(at);
      if (!(code >= FIRST_OF_WORDS)) break;
      const mask = maskOf(code);
      const swapped = ((~diagonal & mask) << 1) & before;
      diagonal = (((mask & plus) + plus) ^ plus) | mask | minus | swapped;
      let up = minus | ~(diagonal | plus);
      let down = diagonal & plus;
      if ((up & last) !== 0) edits += 1;
      else if ((down & last) !== 0) edits -= 1;
      up = (up << 1) | 1;
      down <<= 1;
      plus = down | ~(diagonal | up);
      minus = up & diagonal;
      before = mask;
      if (edits <= most && edits < (best?.edits ?? most + 1)) best = { edits, length: at - from + 1 };
    }
    return best;
  }

  const heads = Array.from({ length: Math.min(most + 1, wanted.length) }, (_, unit) => wanted.charCodeAt(unit));
  return { most, heads, match };
}
