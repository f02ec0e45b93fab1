import type { CrmRecord } from '@/lib/crm/records';
import { brandKey, labelKey } from './company-name';
import type { Evidence } from './evidence';
import { mailDomain } from './mail-domains';
import { labelOf, type Site } from './site-identity';

const ENOUGH = 2;
const SHORTEST_LIKENESS = 4;

/** `acme` is like "Acme Germany GmbH", `go` like nothing. */
function isLike(account: CrmRecord<'account'>, site: Site): boolean {
  const label = labelKey(labelOf(site.domain));
  const name = brandKey(account.fields.name);
  const [short, long] = label.length < name.length ? [label, name] : [name, label];
  return short.length >= SHORTEST_LIKENESS && long.startsWith(short);
}

/**
 * What its contacts' e-mail addresses say. Two people make a match when at least half of those with a company's address have it
 * there; one does when the Account is called like the domain. Anything less (a consultant, an agency, a former employer) only
 * suggests: of 9,906 contacts of US authorities, 37 % had an address at their own domain.
 */
export function mailEvidence(
  account: CrmRecord<'account'>,
  site: Site,
  contacts: readonly CrmRecord<'contact'>[],
): Evidence | null {
  const domains = contacts.flatMap((contact) => mailDomain(contact.fields.email) ?? []);
  const people = domains.filter((domain) => domain === site.domain).length;
  if (people === 0) return null;
  const among = domains.length;
  const isMost = people * 2 >= among;
  const isMatch = isMost && (people >= ENOUGH || isLike(account, site));
  return { kind: isMatch ? 'mail' : 'some-mail', domain: site.domain, people, among };
}
