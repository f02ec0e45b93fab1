/** Where a suggested value was found. */
export type SuggestionSource =
  | 'company-data'
  | 'site-name'
  | 'page-title'
  | 'copyright'
  | 'site-address'
  | 'mail-link'
  | 'phone-link'
  | 'selection'
  | 'text';

/** A value for a field of a form, with where it was found. */
export interface Suggestion {
  value: string;
  source: SuggestionSource;
}

/**
 * One line of a page's text: without control characters, without those that turn its direction, with the few entities that sites
 * write twice decoded, and empty when it is longer than `longest` or holds a tag. Pure.
 */
export function tidy(text: string, longest = 120): string {
  if (text.length > longest * 4) return '';
  const line = text
    .replace(
      /&(amp|#0?38|quot|#0?34|#0?39|#x27|apos|nbsp|#8217|rsquo);/gi,
      (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' ',
    )
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim()
    .toWellFormed();
  return line.length > longest || /<[a-z/!]/i.test(line) ? '' : line;
}

const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', '#38': '&', '#038': '&', quot: '"', '#34': '"', '#034': '"' },
  ...{ '#39': "'", '#039': "'", '#x27': "'", apos: "'", '#8217': '’', rsquo: '’' },
};
