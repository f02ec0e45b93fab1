import { brandKey, plainName } from './company-name';
import type { ReadFacts } from './page-facts';
import { type Site, siteOf } from './site-identity';

export interface PageClues {
  /** Names that the company may have, likeliest first. */
  names: string[];
  sites: Site[];
}

export const NO_CLUES: PageClues = { names: [], sites: [] };

const LONGEST = 120;
const MOST_NAMES = 12;
const TITLE_PARTS = /\s+[|–—·•:›»-]+\s+|\s*[|–—·•›»]\s*|:\s+/;
/** What stands around the name in a copyright line, in the languages that have a word for it. */
const RIGHTS =
  /©|\(c\)|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|\b(?:19|20)\d\d\b/giu;

/** Words that stand where a name would and name nobody. */
const NOBODY = new Set(
  `home homepage start startseite welcome willkommen accueil inicio index page login signin contact kontakt about aboutus imprint
  impressum blog news press careers jobs products services shop store search error notfound official site website web online app
  info www mail company unternehmen uberuns legal privacy datenschutz support help`.split(/\s+/),
);

/** Whether a word can tell one company from others: long enough, not a number, and not what every site is called. */
export function isTelling(word: string): boolean {
  return word.length >= 2 && word.length <= LONGEST && !/^\d+$/.test(word) && !NOBODY.has(word);
}

function copyrightHolder(line: string): string {
  return (
    line
      .replace(RIGHTS, ' ')
      .replace(/\s+by\s+/i, ' ')
      .split(/[.|•·](?=\s|$)/)[0]
      ?.replace(/^[\s\p{P}]+|[\s,;:|–—-]+$/gu, '') ?? ''
  );
}

/**
 * The names and sites that a page gives its company: its own description first, then the site's name, the parts of the title,
 * the copyright line and the imprint. Pure; nothing of it is kept.
 */
export function cluesOf(facts: ReadFacts): PageClues {
  const texts = [
    ...facts.organizationNames,
    facts.siteName ?? '',
    ...(facts.title?.split(TITLE_PARTS) ?? []),
    copyrightHolder(facts.copyright ?? ''),
    ...facts.imprint,
  ].map((text) => text.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  const names = new Map<string, string>();
  for (const text of texts) {
    const key = text.length <= LONGEST ? brandKey(text) : '';
    if (isTelling(key) && plainName(text) !== '' && !names.has(key)) names.set(key, text);
  }
  const sites = facts.organizationUrls.flatMap((url) => siteOf(url) ?? []).filter((site) => !site.page);
  return { names: [...names.values()].slice(0, MOST_NAMES), sites: sites.slice(0, MOST_NAMES) };
}
