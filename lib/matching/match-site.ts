import { type AccountRecords, type Money, pipelineOf } from '@/lib/crm/account-context';
import type { CrmRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import { accountDomains } from './account-domains';
import { evidenceFor, rankAccounts, type RankedAccount } from './rank-accounts';
import type { Site } from './site-identity';

export interface SiteCandidate extends RankedAccount {
  openPipeline: Money[];
  ownerName: string | null;
}

/** More Accounts on one domain than this is a data fault (a platform as website); the rest is not looked at. */
const MOST_CANDIDATES = 50;

async function accountsOf(site: Site, store: RecordStore): Promise<CrmRecord<'account'>[]> {
  const ids = await store.accountsAt(site.domain);
  const accounts = await store.getMany('account', ids.slice(0, MOST_CANDIDATES));
  return [...accounts.values()];
}

/** How many Accounts a site has. Cheap: what a page visit asks. */
export async function countMatches(site: Site, store: RecordStore): Promise<number> {
  return (await accountsOf(site, store)).filter((account) => evidenceFor(account, site)).length;
}

/** The Accounts of a site with what a chooser shows of them, best first. */
export async function matchSite(site: Site, store: RecordStore): Promise<SiteCandidate[]> {
  const accounts = await accountsOf(site, store);
  const deals = new Map(await Promise.all(accounts.map(async ({ id }) => [id, await store.at('opportunity', id)] as const)));
  const owners = await store.getMany(
    'user',
    accounts.flatMap(({ fields }) => fields.ownerId ?? []),
  );
  const openDeals = (id: string) => (deals.get(id) ?? []).filter((deal) => !deal.fields.closed);
  return rankAccounts(site, accounts, (id) => ({ openOpportunities: openDeals(id).length })).map((ranked) => ({
    ...ranked,
    openPipeline: pipelineOf(openDeals(ranked.account.id), ranked.account.fields.currency),
    ownerName: owners.get(ranked.account.fields.ownerId ?? '')?.fields.name ?? null,
  }));
}

/** Everything the views show of one Account, or null when it is not in the copy. `site` adds the leads at that domain. */
export async function loadAccount(accountId: string, site: Site | null, store: RecordStore): Promise<AccountRecords | null> {
  const account = await store.get('account', accountId);
  if (!account) return null;
  const domains = new Set([...accountDomains(account.fields), ...(site ? [site.domain] : [])]);
  const [contacts, opportunities, tasks, leads, users] = await Promise.all([
    store.at('contact', accountId),
    store.at('opportunity', accountId),
    store.at('task', accountId),
    Promise.all([...domains].map((domain) => store.at('lead', domain))).then((lists) => lists.flat()),
    store.getMany('user', account.fields.ownerId ? [account.fields.ownerId] : []),
  ]);
  return { account, contacts, opportunities, tasks, leads, users };
}
