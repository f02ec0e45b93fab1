import list from './legal-forms.txt?raw';

/** Letters that decomposition leaves as they are. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', æ: 'ae', œ: 'oe', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const JOINERS = new Set('and und et y e og och en i ja'.split(' '));
const ARTICLES = new Set('the der die das le la les el los il'.split(' '));
/** Scripts that are written without spaces between words. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]+$/u;
/** Common forms that the list lacks or has only within longer ones. */
const MORE_FORMS = 'corporation corp company companies co incorporated limited private pvt publ kk tbk persero 주식회사'.split(
  ' ',
);
const MOST_WORDS = 3;

let known: { forms: Set<string>; unspaced: string[] } | null = null;

/** Legal forms as word sequences; of those in unspaced scripts the longest first. */
function legalForms() {
  if (known) return known;
  const forms = [...list.split('\n').filter((line) => line !== ''), ...MORE_FORMS.map((form) => form.normalize('NFKC'))];
  const unspaced = forms.filter((form) => UNSPACED.test(form)).sort((a, b) => b.length - a.length);
  known = { forms: new Set(forms), unspaced };
  return known;
}

function folded(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßøłæœđðþı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFKC');
}

/** `S.A. de C.V.` is two words, `S A` none of the list: dots within an abbreviation go, everything else parts words. */
function wordsOf(name: string): string[] {
  return folded(name)
    .replace(/(?<=(?:^|[^\p{L}])\p{L}{1,3})\.(?=\p{L})/gu, '')
    .replace(/['’`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Drops one legal form from an end of `words`; never the whole name. */
function withoutForm(words: readonly string[], at: 'start' | 'end'): string[] | null {
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
    const form = at === 'end' ? words.slice(-count) : words.slice(0, count);
    if (!legalForms().forms.has(form.join(' '))) continue;
    return at === 'end' ? words.slice(0, -count) : words.slice(count);
  }
  return null;
}

function withoutUnspacedForm(word: string): string {
  if (!UNSPACED.test(word)) return word;
  const { unspaced } = legalForms();
  const tail = unspaced.find((form) => word.length > form.length && word.endsWith(form));
  const rest = tail ? word.slice(0, -tail.length) : word;
  const head = unspaced.find((form) => rest.length > form.length && rest.startsWith(form));
  return head ? rest.slice(head.length) : rest;
}

/**
 * A company's name without what does not tell companies apart: letter case, accents, punctuation, "and", "the", and the legal
 * form in whatever language, at its end or (as Indonesia and Russia write it) at its start. Forms from the list of 466
 * organisation types in rigour (MIT, OpenSanctions).
 */
export function plainName(name: string): string {
  let words = wordsOf(name.slice(0, 200));
  for (let rest = withoutForm(words, 'end'); rest; rest = withoutForm(words, 'end')) words = rest;
  words = withoutForm(words, 'start') ?? words;
  const kept = words.filter((word, index) => !JOINERS.has(word) && !(index === 0 && ARTICLES.has(word) && words.length > 1));
  return (kept.length > 0 ? kept : words).map(withoutUnspacedForm).join(' ');
}

/** The name as one word, to compare it with another name or with a domain's label. */
export function brandKey(name: string): string {
  return plainName(name).replaceAll(' ', '');
}

/** A domain's label in the same form. An international label stays in punycode. */
export function labelKey(label: string): string {
  return label.startsWith('xn--') ? label : label.replaceAll('-', '');
}
