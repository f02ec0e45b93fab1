/**
 * What a page says about the company behind it. `readPage` runs inside the page (isolated world) when the user opens
 * the form, and must not refer to anything outside itself; `companyName` judges what it found.
 */
export interface PageFacts {
  organizationNames: string[];
  siteName: string | null;
  title: string | null;
}

const LONGEST = 120;

/** Reads the page. Text only; nothing is stored. */
export function readPage(): PageFacts {
  const organizationNames: string[] = [];
  const types = ['Organization', 'Corporation', 'LocalBusiness'];
  const visit = (node: unknown, depth: number): void => {
    if (depth > 4 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const child of node.slice(0, 50)) visit(child, depth + 1);
      return;
    }
    const { '@type': type, '@graph': graph, name, publisher } = node as Record<string, unknown>;
    const kinds = [type].flat();
    if (kinds.some((kind) => types.includes(String(kind))) && typeof name === 'string') organizationNames.push(name);
    visit(graph, depth + 1);
    visit(publisher, depth + 1);
  };
  for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20)) {
    try {
      visit(JSON.parse(script.textContent ?? ''), 0);
    } catch {
      // One block in six of real pages is not JSON; the others still count.
    }
  }
  const siteName = document.querySelector('meta[property="og:site_name"]')?.getAttribute('content') ?? null;
  return { organizationNames, siteName, title: document.title || null };
}

/** Whether a value came out of the page as the page facts say: everything that crosses from a page is checked. */
export function isPageFacts(value: unknown): value is PageFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { organizationNames, siteName, title } = value as Record<string, unknown>;
  const textOrNull = (one: unknown) => one === null || typeof one === 'string';
  return (
    Array.isArray(organizationNames) &&
    organizationNames.every((name) => typeof name === 'string') &&
    textOrNull(siteName) &&
    textOrNull(title)
  );
}

/** One line of text without control characters and without those that turn its direction, which a page may hide in a name. */
const tidy = (text: string) =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .toWellFormed();

/** Letters and digits only, to compare a name with a domain's label. */
const letters = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');

const resemble = (one: string, other: string) => one !== '' && other !== '' && (one.includes(other) || other.includes(one));

/** Where a suggested value was found. */
type SuggestionSource = 'company-data' | 'site-name' | 'page-title' | 'site-address' | 'text';

export interface Suggestion {
  value: string;
  source: SuggestionSource;
}

/**
 * The company's name with where it stands on the page: its own description first, then the site name, then the part of
 * the title that resembles the domain, and at last the domain itself.
 */
export function companyName(facts: PageFacts | null, domain: string): Suggestion {
  const label = domain.split('.')[0] ?? domain;
  const usable = (text: string | null | undefined): text is string =>
    !!text && tidy(text).length > 1 && tidy(text).length <= LONGEST;
  const [organization] = facts?.organizationNames.filter(usable) ?? [];
  if (organization) return { value: tidy(organization), source: 'company-data' };
  if (usable(facts?.siteName)) return { value: tidy(facts.siteName), source: 'site-name' };
  const parts = facts?.title?.split(/\s[|–—·:-]\s|\s\|\s/).filter(usable) ?? [];
  const named = parts.find((part) => resemble(letters(part), letters(label)));
  if (named) return { value: tidy(named), source: 'page-title' };
  return { value: label.charAt(0).toUpperCase() + label.slice(1), source: 'site-address' };
}
