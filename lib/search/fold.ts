/** Letters that decomposition leaves as they are. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
/** `O'Brien` is searched as one word, with or without its apostrophe. */
const APOSTROPHES = /['’`´]/;
const ASCII = /^[\0-\x7f]*$/;

const known = new Map<string, string>();

function foldLetter(letter: string): string {
  let folded = known.get(letter);
  if (folded === undefined) {
    const plain = letter.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
    folded = APOSTROPHES.test(letter)
      ? ''
      : Array.from(plain, (one) => LETTERS[one] ?? one)
          .join('')
          .normalize('NFKC');
    known.set(letter, folded);
  }
  return folded;
}

/** Text as it is searched: small letters without accents and apostrophes. Letter by letter, so that places can be found again. */
export function fold(text: string): string {
  if (ASCII.test(text) && !APOSTROPHES.test(text)) return text.toLowerCase();
  return Array.from(text, foldLetter).join('');
}

/**
 * The same, with the place in `text` of each unit of it: `at[n]` is where the letter began that unit `n` came from, and the
 * last entry is the length of `text`.
 */
export function foldWithPlaces(text: string): { folded: string; at: number[] } {
  const at: number[] = [];
  let folded = '';
  let place = 0;
  for (const letter of text) {
    const part = foldLetter(letter);
    for (let unit = 0; unit < part.length; unit += 1) at.push(place);
    folded += part;
    place += letter.length;
  }
  at.push(text.length);
  return { folded, at };
}

const UNSPACED = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');
const ASCII_WORD = /[a-z0-9]+/g;
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]$`, 'u');

export interface Word {
  text: string;
  /** Where it begins in the folded text. */
  from: number;
  /** A letter of a script without spaces: every one is a word of its own, so that any part of a name is found. */
  unspaced: boolean;
}

/** The words of folded text: runs of letters and digits. */
export function wordsOf(folded: string): Word[] {
  const isAscii = ASCII.test(folded);
  return Array.from(folded.matchAll(isAscii ? ASCII_WORD : WORD), ({ 0: text, index }) => ({
    text,
    from: index,
    unspaced: !isAscii && IS_UNSPACED.test(text),
  }));
}
