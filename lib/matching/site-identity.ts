import { parse } from 'tldts';
import { tenantDomain } from './hosted-sites';
import { hasCompanyPages, type PlatformPage, platformPageOf } from './platform-pages';
import { shownUrl } from './shown-url';

/** The site of a page, as Accounts are matched against it. Both in ASCII (punycode) and lower case. */
export interface Site {
  host: string;
  /**
   * Registrable domain, private suffixes of the Public Suffix List counted as suffixes: `acme.myshopify.com`; families of hosted
   * sites that the list lacks count as such too.
   */
  domain: string;
  /** Set when the page is a company's own on somebody else's platform: `linkedin.com/company/acme`. */
  page?: PlatformPage;
}

/** At least two labels, none of them empty. */
const WHOLE = /^[^.]+(?:\.[^.]+)+$/;

/**
 * The site of a URL, or null for what belongs to no company: other schemes, IP addresses, names without a public suffix or
 * without a dot. A host that is itself a public suffix (`gov.uk`) stands for itself. Port, credentials, path, letter case,
 * a trailing dot and the way an international name is written do not matter; a page that shows another one (`view-source:`,
 * a reader, a blob) is the page it shows.
 */
export function siteOf(url: string): Site | null {
  const parsed = shownUrl(url);
  if (!parsed) return null;
  const host = parsed.hostname.replace(/\.+$/, '');
  const { isIp, isIcann, isPrivate, domain } = parse(host, { allowPrivateDomains: true, extractHostname: false });
  if (isIp || !(isIcann || isPrivate) || !WHOLE.test(host)) return null;
  const site = { host, domain: tenantDomain(host) ?? domain ?? host };
  const page = platformPageOf(parsed, labelOf(domain ?? host));
  return page ? { ...site, page } : site;
}

/** The brand in a domain: `acme` of `acme.co.uk` and of `acme.myshopify.com`. */
export function labelOf(domain: string): string {
  return domain.split('.')[0] ?? domain;
}

/** Whether other pages of this host may be other companies'. */
export function isPlatform({ host, domain }: Site): boolean {
  return hasCompanyPages(host, labelOf(domain));
}

/** Whether the registries have this suffix (`com.au`), so that a name in front of it is somebody's. */
export function isPublicSuffix(text: string): boolean {
  return parse(`x.${text}`, { allowPrivateDomains: false }).publicSuffix === text;
}
