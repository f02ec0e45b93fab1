import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateChromeMessages, parseMessagesText } from '@wxt-dev/i18n/build';
import { ROOT } from '../architecture/layers.ts';

/** Messages as the browser reads them, by key. */
export type BrowserMessages = Record<string, { message: string }>;

/** The language whose place the pseudo-language takes: browsers know it, and it is written from the right. */
export const PSEUDO = 'ar';

/** Around every text: without the second, it was cut off; without both, it does not come from locales/. */
export const MARKS = ['⟦', '⟧'] as const;

const PLAIN = 'acdeghiklnorstuwyzACDEGHIKLNORSTUWYZ';
const ACCENTED = 'áçðéğĥíķļñöŕšţüŵýžÁÇÐÉĞĤÍĶĻÑÖŔŠŢÜŴÝŽ';
const LONGER = 0.35;
const FILLER = 'öñé ţŵö ţĥŕéé ƒöüŕ ƒíṽé šíẋ šéṽéñ ';
/** Kept as it is: what is filled in. */
const KEPT = /(\$\d|\{\w+\}|%s)/;

function pseudoForm(text: string): string {
  const pieces = text.split(KEPT);
  const accented = pieces.map((piece, at) =>
    at % 2 === 1 ? piece : piece.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter),
  );
  const more = Math.ceil(text.length * LONGER);
  const filler = FILLER.repeat(Math.ceil(more / FILLER.length))
    .slice(0, more)
    .trim();
  return `${MARKS[0]}${accented.join('')} ${filler}${MARKS[1]}`;
}

/** `text` in the pseudo-language: accents, a third longer, marked at both ends; each plural form for itself. */
export function pseudoText(text: string): string {
  return text.split(' | ').map(pseudoForm).join(' | ');
}

/** The messages of a language in locales/, as the browser reads them. */
export function messagesOf(language: string): BrowserMessages {
  return generateChromeMessages(parseMessagesText(readFileSync(join(ROOT, 'locales', `${language}.yml`), 'utf8'), 'YAML'));
}

/** English turned into the pseudo-language. */
export function pseudoMessages(): BrowserMessages {
  const texts = Object.entries(messagesOf('en')).map(([key, { message }]) => [key, { message: pseudoText(message) }] as const);
  return { ...Object.fromEntries(texts), language: { message: PSEUDO }, direction: { message: 'rtl' } };
}
