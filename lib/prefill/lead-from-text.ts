import type { Suggestion } from './suggestion';

const SOURCE = 'text';
const LONGEST_LINE = 120;
const EMAIL = /[^\s@<>,;:"()]+@[^\s@<>,;:"()]+\.[^\s@<>,;:"()]{2,}/;
const WEBSITE = /\bhttps?:\/\/[^\s<>"]+/i;
/** At least seven digits with what people put between them. */
const PHONE = /\+?\(?\d(?:[\s()./-]*\d){6,}/;
/** Two or three words with a capital letter and nothing that speaks of a company: most likely a person. */
const PERSON = /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]*){1,2}$/u;
const COMPANY = /\b(?:gmbh|ag|inc|ltd|llc|corp|co|kg|se|sa|srl|spa|bv|ab|oy|plc|group|company|solutions|systems)\b\.?$/i;

/**
 * What a marked or typed text says about a new Lead: e-mail, phone and website by their form; of the other lines the first that
 * looks like a person's name, and the first other one as the company. Values by Salesforce's names of the short form.
 */
export function leadFromText(text: string): Record<string, Suggestion> {
  const found: Record<string, Suggestion> = {};
  let rest = text.toWellFormed().replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
  for (const [field, form] of [
    ['Email', EMAIL],
    ['Website', WEBSITE],
    ['Phone', PHONE],
  ] as const) {
    const value = form.exec(rest)?.[0];
    if (!value) continue;
    found[field] = { value, source: SOURCE };
    rest = rest.replace(value, '\n');
  }
  const lines = rest
    .split(/[\n\r\t|·•]+/)
    .map((line) => line.replace(/[\s\p{Cc}]+/gu, ' ').replace(/^[\s,;:–-]+|[\s,;:–-]+$/gu, ''))
    .filter((line) => /\p{L}/u.test(line) && line.length <= LONGEST_LINE);
  const person = lines.find((line) => PERSON.test(line) && !COMPANY.test(line));
  // One name alone may be either; a Lead is looked for by its company.
  const isPerson = person !== undefined && (lines.length > 1 || 'Email' in found);
  const company = lines.find((line) => !isPerson || line !== person);
  if (isPerson) {
    const [first = '', ...others] = person.split(' ');
    found.FirstName = { value: first, source: SOURCE };
    found.LastName = { value: others.join(' '), source: SOURCE };
  }
  if (company) found.Company = { value: company, source: SOURCE };
  return found;
}
