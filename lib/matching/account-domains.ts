import type { AccountFields, LeadFields } from '@/lib/crm/records';
import { isFreeMail } from './free-mail';
import { isPageOnPlatform } from './platforms';
import { type Site, siteOf } from './site-identity';

const SEPARATORS = /[\s,;|<>"'()]+|\/(?=\s)/;
/** Also doubled, misspelt, or with a colon or slashes missing; never the beginning of a name such as httpbin.org. */
const SCHEMES = /^(?:[a-z]+:\/+|https?[:/]\/*|\/+)+/i;
const USER = /^[^/?#]*@/;

/** An address at a mail provider is a person's and says nothing about the company. */
const isAtMailProvider = (site: Site) => isFreeMail(site.host) || isFreeMail(site.domain);

function siteIn(part: string): Site | null {
  const address = part.replace(SCHEMES, '');
  const host = address.replace(USER, '');
  const site = host.includes('.') ? siteOf(`https://${host}`) : null;
  if (site && isPageOnPlatform(site.domain, URL.parse(`https://${host}`)?.pathname ?? '/')) return null;
  const isMailAddress = address === part && host !== address;
  return site && isMailAddress && isAtMailProvider(site) ? null : site;
}

/**
 * The sites that a website field names, however it was typed: without scheme, with two, several in one field, in upper
 * case, with trailing text, or an e-mail address in its place.
 */
export function sitesIn(website: string | null): Site[] {
  if (!website) return [];
  const sites = website.slice(0, 500).split(SEPARATORS).map(siteIn);
  const known = new Map(sites.filter((site) => site !== null).map((site) => [site.host, site]));
  return [...known.values()];
}

/** The registrable domains under which an Account is found. */
export function accountDomains(account: Pick<AccountFields, 'website'>): string[] {
  return [...new Set(sitesIn(account.website).map((site) => site.domain))];
}

/** The registrable domain a Lead belongs to: its website's, else its e-mail's unless that is a free-mail provider's. */
export function leadDomain(lead: Pick<LeadFields, 'website' | 'email'>): string | null {
  const [website] = sitesIn(lead.website);
  if (website) return website.domain;
  const mailHost = lead.email?.split('@')[1];
  const site = mailHost ? siteOf(`https://${mailHost}`) : null;
  return site && !isAtMailProvider(site) ? site.domain : null;
}
