import { hostIn, isOwnHost, type PageSite } from './own-host';
import type { PageText } from './page-text';
import type { Organization, StructuredData } from './structured-data';
import { type Suggestion, tidy } from './suggestion';

const TITLE_PARTS = /\s+[|–—·•:›»-]+\s+|\s*[|–—·•›»]\s*|:\s+/;
const GREETING =
  /^(?:welcome to|willkommen (?:bei|beim|auf|im|in)(?: der| dem| den)?|bienvenue (?:chez|sur|à)|bienvenid[oa]s? a|benvenut[oi] (?:in|a|su|da)|bem-vindo à?|witamy w|welkom bij|home of|the official (?:site|website) of)\s+/i;
const RIGHTS =
  /©|\(c\)|copyright|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|wszelkie prawa zastrzeżone|alle rechten voorbehouden|\b(?:19|20)\d\d\b/giu;
/** What templates and plug-ins write where a name should stand. */
const NOBODY = new Set(
  `home homepage start startseite welcome willkommen accueil inicio inizio index page login contact kontakt about imprint impressum blog news shop
  store onlineshop website site mysite meinewebsite mywebsite wordpress justanotherwordpresssite justanothersite yourcompany companyname company
  unternehmen organization organisation untitled default example test wix shopify squarespace officialsite officialwebsite frontpage main hauptseite
  strona stronaglowna pagina paginaprincipal hem hjem etusivu`.split(/\s+/),
);
const LEGAL =
  /[\s,]+(?:gmbh(?: & co\.? kgaa?)?|mbh|ag|kg|ohg|ug|e\.? ?k\.?|se|inc\.?|llc|ltd\.?|limited|corp\.?|plc|s\.?a\.?s?|s\.?r\.?l\.?|s\.?p\.?a\.?|b\.?v\.?|n\.?v\.?|ab|as|a\/s|oy|sp\. z o\.o\.)$/i;

/** What is longer is a sentence. */
const MOST_WORDS = 8;
const LONGEST_PART = 60;

const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');
/** German names are written with `ue` in addresses, others without their dots. */
const folded = (text: string): string[] => [
  ...new Set([fold(text), fold(text.toLowerCase().replace(/[äöü]/g, (one) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[one] ?? one))]),
];
const labelOf = (domain: string): string => fold(domain.split('.')[0] ?? '');

/** Whether a name is the one in a domain: it holds it or is held by it, or its first letters are it. Pure. */
function resembles(name: string, domain: string): boolean {
  const label = labelOf(domain);
  const plain = name.replace(LEGAL, '');
  const words = plain.split(/[\s\-–/.&+]+/).filter(Boolean);
  if (label === '' || words.length === 0) return false;
  const initials = words.map((word) => fold(word).charAt(0)).join('');
  if (label.length >= 2 && (initials === label || words.some((word) => folded(word).includes(label)))) return true;
  if (label.length < 4) return folded(plain).includes(label);
  return folded(plain).some((key) => key.includes(label) || (key.length >= 4 && label.includes(key)));
}

const isName = (text: string, { host, domain }: PageSite): boolean => {
  const key = fold(text);
  const isAddress = [host, domain, host.replace(/^www\./, '')].some((address) => text.toLowerCase() === address);
  if (text.split(' ').length > MOST_WORDS) return false;
  return key.length > 1 && !/^\d+$/.test(key) && !NOBODY.has(key) && !isAddress && !/^https?:/i.test(text);
};

/**
 * The organisation of the page that is the site's own, or null when there is none or nobody can tell which. One that nothing ties to
 * the site counts only when the site does not call itself otherwise: a news site describes companies too. Pure.
 */
export function ownOrganization(
  { organizations, siteNames }: StructuredData,
  page: PageText | null,
  site: PageSite,
): Organization | null {
  const known = organizations.filter(({ name }) => isName(name, site));
  const hostOf = ({ url }: Organization) => (url === '' ? null : hostIn(url));
  const isAt = (one: Organization) => isOwnHost(hostOf(one) ?? '', site);
  const isElsewhere = (one: Organization) => hostOf(one) !== null && !isAt(one);
  const alike = known.filter(({ name }) => resembles(name, site.domain));
  const sure = alike.find(isAt) ?? alike[0] ?? known.find(isAt);
  if (sure) return sure;
  if ([...(page?.siteNames ?? []), ...siteNames].some((name) => partsLike(name, site).length > 0)) return null;
  const others = known.filter((one) => !isElsewhere(one));
  return new Set(others.map(({ name }) => fold(name))).size === 1 ? (others[0] ?? null) : null;
}

function holderOf(copyright: string): string {
  const [first = ''] = copyright
    .replace(RIGHTS, ' ')
    .replace(/^[\s\p{P}]*by\s+/iu, ' ')
    .replace(/,?\s+(?:inh|inhaber|inhaberin|owner|prop)\b.*/iu, ' ')
    .split(/\.\s|[|•·–—]|\s-\s/)
    .map((part) => part.replace(/^[\s\p{P}]+|[\s,;:–-]+$/gu, ''))
    .filter((part) => part !== '');
  return tidy(first);
}

/** Of the parts of a text those that may be a name, the one nearest to the domain first. */
function partsLike(text: string, site: PageSite): string[] {
  const label = labelOf(site.domain);
  const far = (part: string) => Math.abs(fold(part.replace(LEGAL, '')).length - label.length);
  return text
    .split(TITLE_PARTS)
    .map((part) =>
      tidy(part)
        .replace(GREETING, '')
        .replace(/[\s®™!:;,|–-]+$/u, ''),
    )
    .filter(
      (part) => isName(part, site) && part.length <= LONGEST_PART && part.split(' ').length <= 6 && resembles(part, site.domain),
    )
    .sort((a, b) => far(a) - far(b));
}

/**
 * The company's name with where it stands on the page: its own description first, then what the site calls itself and the parts of the
 * title, as far as the domain or another place says the same, then the copyright line, and at last the domain itself. Pure.
 */
export function companyName(page: PageText | null, data: StructuredData, site: PageSite): Suggestion {
  const organization = ownOrganization(data, page, site);
  if (organization) return { value: organization.name.replace(/\s*[®™]+$/u, ''), source: 'company-data' };
  const names = [...(page?.siteNames ?? []), ...data.siteNames];
  const title = page?.title ?? '';
  const [called] = names.flatMap((name) => partsLike(name, site));
  if (called) return { value: called, source: 'site-name' };
  const [titled] = partsLike(title, site);
  if (titled) return { value: titled, source: 'page-title' };
  const holder = holderOf(page?.copyright ?? '');
  if (isName(holder, site) && resembles(holder, site.domain)) return { value: holder, source: 'copyright' };
  const places = [title, page?.copyright ?? ''].map(fold);
  const usable = names.map((name) => tidy(name)).filter((name) => isName(name, site) && name.split(' ').length <= 6);
  const said = usable.find((name) => places.some((place) => place.includes(fold(name.replace(LEGAL, '')))));
  if (said) return { value: said, source: 'site-name' };
  if (isName(holder, site) && fold(title).includes(fold(holder.replace(LEGAL, ''))))
    return { value: holder, source: 'copyright' };
  const words = (site.domain.split('.')[0] ?? '').split('-').filter(Boolean);
  const capital = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { value: capital.join(' '), source: 'site-address' };
}
