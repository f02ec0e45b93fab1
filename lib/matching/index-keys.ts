import type { AnyRecord, CrmRecord } from '@/lib/crm/records';
import { addressesOf } from './account-domains';
import { brandKey, labelKey } from './company-name';
import { mailDomain } from './mail-domains';
import type { PlatformPage } from './platform-pages';
import { labelOf } from './site-identity';

/**
 * Under which keys records are found. The index is one sealed table; the first character tells the kinds apart, and none of
 * them can begin a domain. Nothing is shown because of the index alone: what it names is looked at again.
 */
export const keyOf = {
  domain: (domain: string) => domain,
  /** Contacts with an e-mail address there. */
  mail: (domain: string) => `@${domain}`,
  /** Accounts with this page: LinkedIn's `acme`. */
  page: ({ platform, key }: PlatformPage) => `/${platform}/${key}`,
  /** Accounts whose name, or whose domain's label, is this word. */
  brand: (word: string) => `~${word}`,
  /** Accounts below this one. */
  children: (accountId: string) => `^${accountId}`,
};

/** The keys that a page visit asks for. Their version is to be raised with what `are` says. */
export const ASKED_BY_VISITS = { version: 1, are: (key: string) => !/^[~^]/.test(key) };

const SHORTEST_BRAND = 2;

/** The words under which an Account may be meant, none of them a proof. */
function brandsOf(account: CrmRecord<'account'>): string[] {
  const labels = addressesOf(account).sites.map((site) => labelKey(labelOf(site.domain)));
  return [brandKey(account.fields.name), ...labels].filter((word) => word.length >= SHORTEST_BRAND);
}

/** All keys of a record; none for records that nobody looks for by site. */
export function indexKeys(record: AnyRecord): string[] {
  if (record.object === 'contact') {
    const domain = record.fields.accountId ? mailDomain(record.fields.email) : null;
    return domain ? [keyOf.mail(domain)] : [];
  }
  if (record.object !== 'account') return [];
  const { sites, pages } = addressesOf(record);
  const { parentId } = record.fields;
  return [
    ...new Set([
      ...sites.map((site) => keyOf.domain(site.domain)),
      ...pages.map(keyOf.page),
      ...brandsOf(record).map(keyOf.brand),
      ...(parentId ? [keyOf.children(parentId)] : []),
    ]),
  ];
}
