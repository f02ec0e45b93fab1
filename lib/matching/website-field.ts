import { isAtMailProvider } from './mail-domains';
import { isSomebodysPage, type PlatformPage } from './platform-pages';
import { isPublicSuffix, labelOf, type Site, siteOf } from './site-identity';

/** What a website field names: sites of the company's own, and its pages on platforms. */
export interface Addresses {
  sites: Site[];
  pages: PlatformPage[];
  /** Where a site was named with a path: the part of it that is meant, without a slash at its end. */
  paths: SitePath[];
}

export interface SitePath {
  host: string;
  path: string;
}

const LONGEST = 500;
const SEPARATORS = /[\s,;|<>"'()[\]{}`•·]+|\/(?=\s)/;
/** Also doubled, misspelt, or with a colon or slashes missing; never the beginning of a name such as httpbin.org. */
const SCHEMES =
  /^(?:[a-z]+:[/\\]+|view-source:|(?:web(?:site|page)?|url|home(?:page)?|site|internet|link)[:=]+|h?t{1,3}ps?[:;/\\][/\\]*|(?:www?\.)?https?:[/\\]+|[/\\]+)+/i;
const USER = /^[^/?#]*@/;
/** Characters that are not seen, and come along when something is copied from a page or a letter. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\p{Cc}(?<![\t\n\r])/gu;
const DOTS = /[\u3002\uff0e\uff61\u2024]/g;
/** `www..acme.com`, `wwww.acme.com`, `ww.acme.com`, `www.www.acme.com`, `www-acme.com` is left alone: it may be a name. */
const MISSPELT_WWW = /^(?:w{2,5}\.+)+(?=[^./]+\.)/i;
/** Services that show or forward to the address in this parameter. */
const FORWARDERS: readonly [host: RegExp, parameter: string][] = [
  [/^(?:www\.)?google\.[a-z.]+$/, 'q'],
  [/^(?:www\.)?google\.[a-z.]+$/, 'url'],
  [/^lm?\.facebook\.com$/, 'u'],
  [/\.safelinks\.protection\.outlook\.com$/, 'url'],
  [/^translate\.google\.[a-z.]+$/, 'u'],
  [/^(?:www\.)?linkedin\.com$/, 'url'],
];

/** `web.archive.org/web/2020/http://acme.com/` is a copy of the site at its end. */
const ARCHIVED = /^\/web\/[^/]+\/(.+)$/;

function forwarded(url: URL): string | null {
  if (url.hostname === 'web.archive.org') return ARCHIVED.exec(url.pathname)?.[1] ?? null;
  for (const [host, parameter] of FORWARDERS) {
    const target = host.test(url.hostname) ? url.searchParams.get(parameter) : null;
    if (target?.includes('.') && !/\s/.test(target)) return target;
  }
  return null;
}

function decoded(part: string): string {
  try {
    return /^[a-z]*%3a|%2f%2f/i.test(part) || /^https?%3a/i.test(part) ? decodeURIComponent(part) : part;
  } catch {
    return part;
  }
}

/** A path as paths are compared: `/de/` is `/de`, and `/` is none. */
export const withoutSlash = (path: string) => path.replace(/\/+$/, '');

function addAddress(part: string, found: Addresses, depth = 0): void {
  const address = decoded(part).replace(SCHEMES, '');
  const host = address.replace(USER, '').replace(MISSPELT_WWW, 'www.');
  const url = host.includes('.') ? URL.parse(`https://${host}`) : null;
  if (!url) return;
  const target = depth < 2 ? forwarded(url) : null;
  if (target) {
    addAddress(target, found, depth + 1);
    return;
  }
  const site = siteOf(url.href);
  if (!site) return;
  const isMailAddress = address === decoded(part) && USER.test(address);
  if (isMailAddress && isAtMailProvider(site)) return;
  if (site.page) found.pages.push(site.page);
  else if (!isSomebodysPage(url, labelOf(site.domain))) {
    found.sites.push({ host: site.host, domain: site.domain });
    const path = withoutSlash(url.pathname);
    if (path !== '') found.paths.push({ host: site.host, path });
  }
}

const TLD =
  '(?:com|net|org|info|biz|edu|gov|io|co|ai|app|dev|group|eu|ag|at|au|be|bg|br|ca|cc|ch|cl|cn|cz|de|dk|ee|es|fi|fr|gr|hk|hr|hu|ie|il|in|it|jp|kr|lt|lu|lv|mx|my|nl|no|nz|pe|ph|pl|pt|ro|ru|sa|se|sg|si|sk|th|tr|tv|tw|ua|uk|us|uy|vn|za)';
/** A dot lost in the middle of `com.au` leaves another company's `.com` in front: this has to be seen before anything is read. */
const SPLIT_SUFFIX = /(?<=[\p{L}\p{N}-]\.)([a-z]{2,4})(?:,|\s+\.|\.\s+)([a-z]{2})(?=$|[/;)\]}>"'\s]*$)/giu;
/** The text of a link is a name and may look like an address of somebody else's; what it leads to counts. */
const MARKDOWN_LINK = /\[[^\]]*\]\(([^)\s]+)[^)]*\)/g;
const HTML_LINK = /<a\b[^>]*\bhref\s*=\s*["']?([^"'\s>]+)[^>]*>[^<]*(?:<\/a>)?/gi;

/** What is tried when nothing was found as it stands, each in the whole text: a dot that is missing, spelt out or taken for a comma. */
const REPAIRS: readonly [RegExp, string][] = [
  [/\s*[[({]\s*(?:dot|\.)\s*[\])}]\s*/gi, '.'],
  [/(?<=[\p{L}\p{N}-])\s+dot\s+(?=[\p{L}\p{N}])/giu, '.'],
  // At the end only: "Acme, no website" is not acme.no.
  [new RegExp(`(?<=[\\p{L}\\p{N}-]{2})(?:,|\\s+\\.\\s*|\\.\\s+)(?=${TLD}(?:\\.[a-z]{2})?(?:[\\s,;)]*$|/))`, 'giu'), '.'],
  [/^(\s*(?:https?:\/\/)?www)[\s,;:]+(?=[\p{L}\p{N}-]+\.)/iu, '$1.'],
  [/^(\s*(?:https?:\/\/)?www\.[\p{L}\p{N}-]{2,}?)[\s,]*(com|net|org)(?=\s*$|\/)/iu, '$1.$2'],
];

function addressesAsTyped(text: string): Addresses {
  const found: Addresses = { sites: [], pages: [], paths: [] };
  for (const part of text.split(SEPARATORS)) addAddress(part, found);
  return found;
}

/** `wwwacme.com` is hardly ever a name and nearly always `www.acme.com`; since it may be one, both are taken. `www1.` is a host. */
function withLostDot(sites: readonly Site[]): Site[] {
  return sites.flatMap((site) => {
    const rest = /^www([^.-][^.]+\..+)$/.exec(site.host)?.[1];
    const other = rest ? siteOf(`https://${rest}`) : null;
    return other && other.domain === rest ? [site, { host: other.host, domain: other.domain }] : [site];
  });
}

function tidied(website: string): string {
  return website
    .slice(0, LONGEST)
    .replace(UNSEEN, '')
    .replace(DOTS, '.')
    .replace(MARKDOWN_LINK, ' $1 ')
    .replace(HTML_LINK, ' $1 ')
    .replace(SPLIT_SUFFIX, (split, second: string, country: string) => {
      const suffix = `${second}.${country}`.toLowerCase();
      return isPublicSuffix(suffix) ? suffix : split;
    });
}

/**
 * The sites and platform pages that a website field names, however it was typed: without scheme, with two, several in one
 * field, in upper case, with trailing text, an e-mail address in its place, a dot lost or spelt out, behind a forwarder or in
 * an archive. Only the first 500 characters are looked at. Kinds of mess as found in 62,000 real website fields.
 */
export function addressesIn(website: string | null): Addresses {
  if (!website) return { sites: [], pages: [], paths: [] };
  const text = tidied(website);
  let found = addressesAsTyped(text);
  for (const [fault, cure] of REPAIRS) {
    if (found.sites.length + found.pages.length > 0) break;
    found = addressesAsTyped(text.replace(fault, cure));
  }
  const sites = new Map(withLostDot(found.sites).map((site) => [site.host, site]));
  const pages = new Map(found.pages.map((page) => [`${page.platform}/${page.key}`, page]));
  return { sites: [...sites.values()], pages: [...pages.values()], paths: found.paths };
}
