import type { CrmRecord } from '@/lib/crm/records';
import { addressesOf } from './account-domains';
import type { Site } from './site-identity';
import { type SitePath, withoutSlash } from './website-field';

/** Why an Account is shown for a site, strongest first. Only these make a match. */
export const MATCH_KINDS = ['linked', 'same-page', 'same-path', 'same-host', 'same-domain', 'mail'] as const;
/** What may be meant and is never shown as a match, likeliest first. */
export const SUGGESTION_KINDS = [
  'other-suffix',
  'named-site',
  'parent',
  'child',
  'some-mail',
  'lead-company',
  'page-name',
  'address-name',
] as const;
type EvidenceKind = (typeof MATCH_KINDS)[number] | (typeof SUGGESTION_KINDS)[number];

export interface Evidence {
  kind: EvidenceKind;
  /** The registrable domain of the site. */
  domain: string;
  /** What the words need besides: the platform, the address with its path, the other domain, the related Account's name, the name that was compared. */
  of?: string;
  /** Contacts with an e-mail address there, of those that have a company's address. */
  people?: number;
  among?: number;
}

/** `www.` names no other site than the bare domain. */
const bare = (host: string) => host.replace(/^www\./, '');

/**
 * How near an Account's own host is to the visited one: 0 when they only share the domain, else the length of what they share,
 * so that the Account of `shop.acme.com` stands before that of `acme.com` on `de.shop.acme.com`.
 */
export function nearness(account: CrmRecord<'account'>, site: Site): number {
  const host = bare(site.host);
  const shared = addressesOf(account).sites.map((own) => {
    const mine = bare(own.host);
    return host === mine || host.endsWith(`.${mine}`) ? mine.length : 0;
  });
  return Math.max(0, ...shared);
}

/**
 * The longest of the Account's own addresses that the visited one lies below: `acme.com/de` for `www.acme.com/de/shop`, not for
 * `acme.com/design`. Null when none of those with a path is.
 */
function partOf(paths: readonly SitePath[], site: Site, visited: string): string | null {
  const below = `${withoutSlash(visited)}/`;
  const own = paths.filter(({ host, path }) => bare(host) === bare(site.host) && below.startsWith(`${path}/`));
  const [longest] = own.sort((a, b) => b.path.length - a.path.length);
  return longest ? `${bare(longest.host)}${longest.path}` : null;
}

/**
 * What the Account's own fields say for its belonging to `site`, or null: the index may be older than the record. With `path`,
 * where on the site the page is, several Accounts of one host can be told apart.
 */
export function evidenceFor(account: CrmRecord<'account'>, site: Site, path: string | null = null): Evidence | null {
  const { sites, pages, paths } = addressesOf(account);
  const { page, domain } = site;
  if (page && pages.some((own) => own.platform === page.platform && own.key === page.key))
    return { kind: 'same-page', domain, of: page.platform };
  const part = path === null ? null : partOf(paths, site, path);
  if (part !== null) return { kind: 'same-path', domain, of: part };
  if (sites.some((own) => bare(own.host) === bare(site.host))) return { kind: 'same-host', domain };
  if (sites.some((own) => own.domain === domain)) return { kind: 'same-domain', domain };
  return null;
}
