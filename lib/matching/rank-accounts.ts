import type { CrmRecord } from '@/lib/crm/records';
import { sitesIn } from './account-domains';
import type { Site } from './site-identity';

export interface Evidence {
  kind: 'same-host' | 'same-domain';
  domain: string;
}

export interface RankedAccount {
  account: CrmRecord<'account'>;
  evidence: Evidence;
}

/** What breaks ties besides the Account's own fields. */
export interface Standing {
  openOpportunities: number;
}

/** `www.` names no other site than the bare domain. */
const bare = (host: string) => host.replace(/^www\./, '');

/** Why `account` belongs to `site`, or null when it does not (any more): the index may be older than the record. */
export function evidenceFor(account: CrmRecord<'account'>, site: Site): Evidence | null {
  const sites = sitesIn(account.fields.website);
  if (sites.some((own) => bare(own.host) === bare(site.host))) return { kind: 'same-host', domain: site.domain };
  if (sites.some((own) => own.domain === site.domain)) return { kind: 'same-domain', domain: site.domain };
  return null;
}

const isCustomer = (type: string | null) => (type?.toLowerCase().includes('customer') ? 1 : 0);

/**
 * Accounts for a site, best first: the same host before the same registrable domain; then customers, those with open
 * opportunities, the latest activity, and at last the name, so that the order never depends on chance.
 */
export function rankAccounts(
  site: Site,
  accounts: readonly CrmRecord<'account'>[],
  standing: (accountId: string) => Standing,
): RankedAccount[] {
  const ranked = accounts.flatMap((account) => {
    const evidence = evidenceFor(account, site);
    return evidence ? [{ account, evidence }] : [];
  });
  const byHost = (one: RankedAccount) => (one.evidence.kind === 'same-host' ? 0 : 1);
  return ranked.sort(
    (a, b) =>
      byHost(a) - byHost(b) ||
      isCustomer(b.account.fields.type) - isCustomer(a.account.fields.type) ||
      Math.sign(standing(b.account.id).openOpportunities) - Math.sign(standing(a.account.id).openOpportunities) ||
      (b.account.fields.lastActivityOn ?? '').localeCompare(a.account.fields.lastActivityOn ?? '') ||
      a.account.fields.name.localeCompare(b.account.fields.name) ||
      a.account.id.localeCompare(b.account.id),
  );
}
