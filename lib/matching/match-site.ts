import { type AccountRecords, type Money, pipelineOf } from '@/lib/crm/account-context';
import type { Family } from '@/lib/crm/account-surroundings';
import type { CrmRecord } from '@/lib/crm/records';
import type { RecordStore } from '@/lib/storage/record-store';
import { accountDomains } from './account-domains';
import { type Evidence, evidenceFor } from './evidence';
import { keyOf } from './index-keys';
import { mailEvidence } from './mail-evidence';
import { rankAccounts, type RankedAccount } from './rank-accounts';
import { linkedDomains, linkedTo, NO_DECISIONS, refusedAt, silenced, type SiteDecisions } from './site-decisions';
import type { Site } from './site-identity';

/** What a site is held against: the copy of one connection, and what its user has decided. */
export interface MatchContext {
  store: RecordStore;
  decisions?: SiteDecisions;
  /** The user's id in the CRM. */
  me?: string | null;
  /** Where on the site the page is, to tell Accounts of one host apart; kept nowhere. */
  path?: string | null;
}

export interface SiteCandidate extends RankedAccount {
  openPipeline: Money[];
  ownerName: string | null;
}

/** More Accounts on one domain than this is a data fault (a platform as website); the rest is not looked at. */
const MOST_LOOKED_AT = 200;
const MOST_SHOWN = 50;
/** Accounts that are looked at for their contacts' addresses: the largest of them, since one domain is one company's. */
const MOST_BY_MAIL = 5;
/** Each costs a read; a view that shows more of them is no glance. */
const MOST_CHILDREN = 25;
const MOST_OWNERS = 40;

/** Accounts that belong to a site, and those that only a few contacts speak for. */
export interface FoundAccounts {
  matches: RankedAccount[];
  doubtful: RankedAccount[];
}

async function byAddress(
  site: Site,
  ids: readonly string[],
  linked: ReadonlySet<string>,
  { store, path = null }: Pick<MatchContext, 'store' | 'path'>,
) {
  const accounts = await store.getMany('account', ids.slice(0, MOST_LOOKED_AT));
  return [...accounts.values()].flatMap((account): RankedAccount[] => {
    const evidence: Evidence | null = linked.has(account.id)
      ? { kind: 'linked', domain: site.domain }
      : evidenceFor(account, site, path);
    return evidence ? [{ account, evidence }] : [];
  });
}

/** `owners` holds an Account's id for each contact with an address at the site. */
async function byMail(site: Site, owners: readonly string[], store: RecordStore): Promise<RankedAccount[]> {
  const largest = [...Map.groupBy(owners, (id) => id)]
    .sort(([a, some], [b, others]) => others.length - some.length || a.localeCompare(b))
    .slice(0, MOST_BY_MAIL)
    .map(([id]) => id);
  if (largest.length === 0) return [];
  const accounts = await store.getMany('account', largest);
  const found = await Promise.all(
    [...accounts.values()].map(async (account) => {
      const evidence = mailEvidence(account, site, await store.at('contact', account.id));
      return evidence ? [{ account, evidence }] : [];
    }),
  );
  return found.flat();
}

/** What index and decisions name for a site, before a record is looked at: ids of Accounts, without those that are refused. */
async function namedFor(site: Site, { store, decisions = NO_DECISIONS }: MatchContext) {
  const keys = [keyOf.domain(site.domain), keyOf.mail(site.domain), ...(site.page ? [keyOf.page(site.page)] : [])];
  const index = await store.indexed(keys);
  const at = (key: string | undefined) => (key ? (index.get(key) ?? []) : []);
  const refused = refusedAt(decisions, site);
  const stays = (id: string | null) => id !== null && !refused.has(id);
  return {
    linked: new Set([...linkedTo(decisions, site)].filter(stays)),
    byAddress: new Set([...at(keys[2]), ...at(keys[0])].map(({ id }) => id).filter(stays)),
    /** Once for each contact with an address at the site. */
    byMail: at(keys[1]).flatMap(({ home }) => (home !== null && stays(home) ? [home] : [])),
  };
}

/** The Accounts of a site, unranked: by decision, platform page, website, and contacts' addresses. */
export async function findAccounts(site: Site, context: MatchContext): Promise<FoundAccounts> {
  const { store, decisions = NO_DECISIONS } = context;
  if (silenced(decisions, site)) return { matches: [], doubtful: [] };
  const named = await namedFor(site, context);
  const matches = await byAddress(site, [...named.linked.union(named.byAddress)], named.linked, context);
  const known = new Set(matches.map(({ account }) => account.id));
  const owners = named.byMail.filter((id) => !known.has(id));
  const mailed = await byMail(site, owners, store);
  return {
    matches: [...matches, ...mailed.filter(({ evidence }) => evidence.kind === 'mail')],
    doubtful: mailed.filter(({ evidence }) => evidence.kind !== 'mail'),
  };
}

/**
 * How many Accounts a site has. An index in step is as good as the fields it was made from, and saves the reading of the
 * Accounts.
 */
export async function countMatches(site: Site, context: MatchContext): Promise<number> {
  const { store, decisions = NO_DECISIONS } = context;
  if (silenced(decisions, site)) return 0;
  const count = (await store.isInStep())
    ? countByIndex(site, context)
    : findAccounts(site, context).then((found) => found.matches.length);
  return Math.min(MOST_SHOWN, await count);
}

/**
 * Whether a site has Accounts: what a page visit asks first, and what is mostly answered from memory. Everything that is shown
 * looks at the records again.
 */
export async function hasMatches(site: Site, context: MatchContext): Promise<boolean> {
  const { store, decisions = NO_DECISIONS } = context;
  if (silenced(decisions, site)) return false;
  const keys = [keyOf.domain(site.domain), ...(site.page ? [keyOf.page(site.page)] : [])];
  const isUndecided = refusedAt(decisions, site).size === 0;
  if (isUndecided && (await store.isInStep()) && (await store.holdsSurely(keys))) return true;
  return (await countMatches(site, context)) > 0;
}

async function countByIndex(site: Site, context: MatchContext): Promise<number> {
  const { linked, byAddress, byMail: owners } = await namedFor(site, context);
  const known = linked.union(byAddress);
  const others = owners.filter((id) => !known.has(id));
  // The user may have linked an Account that is no longer in the copy.
  const unsure = [...linked.difference(byAddress)];
  const sure = unsure.length > 0 ? (await context.store.getMany('account', unsure)).size : 0;
  const mailed = await byMail(site, others, context.store);
  return byAddress.size + sure + mailed.filter(({ evidence }) => evidence.kind === 'mail').length;
}

/** Ranks Accounts, and adds what a chooser shows of them. */
export async function asCandidates(site: Site, found: readonly RankedAccount[], context: MatchContext): Promise<SiteCandidate[]> {
  const { store, me = null } = context;
  const deals = new Map(
    await Promise.all(found.map(async ({ account: { id } }) => [id, await store.at('opportunity', id)] as const)),
  );
  const owners = await store.getMany(
    'user',
    found.flatMap(({ account }) => account.fields.ownerId ?? []),
  );
  const openDeals = (id: string) => (deals.get(id) ?? []).filter((deal) => !deal.fields.closed);
  const ranked = rankAccounts(site, found, (id) => ({ openOpportunities: openDeals(id).length }), me);
  return ranked.slice(0, MOST_SHOWN).map((one) => ({
    ...one,
    openPipeline: pipelineOf(openDeals(one.account.id), one.account.fields.currency),
    ownerName: owners.get(one.account.fields.ownerId ?? '')?.fields.name ?? null,
  }));
}

/** The Accounts of a site with what a chooser shows of them, best first. */
export async function matchSite(site: Site, context: MatchContext): Promise<SiteCandidate[]> {
  return asCandidates(site, (await findAccounts(site, context)).matches, context);
}

/** The registrable domains whose leads stand beside an Account: its own, those linked to it, and the visited one. */
export function domainsBeside(account: CrmRecord<'account'>, site: Site | null, decisions: SiteDecisions): string[] {
  const visited = site && !site.page ? [site.domain] : [];
  return [...new Set([...accountDomains(account), ...linkedDomains(decisions, account.id), ...visited])];
}

/** Everything the views show of one Account, or null when it is not in the copy. `site` adds the leads at that domain. */
export async function loadAccount(
  accountId: string,
  site: Site | null,
  { store, decisions = NO_DECISIONS }: MatchContext,
): Promise<AccountRecords | null> {
  const account = await store.get('account', accountId);
  if (!account) return null;
  const domains = domainsBeside(account, site, decisions);
  const [contacts, opportunities, tasks, leads, family] = await Promise.all([
    store.at('contact', accountId),
    store.at('opportunity', accountId),
    store.at('task', accountId),
    Promise.all(domains.map((domain) => store.at('lead', domain))).then((lists) => lists.flat()),
    familyOf(account, store),
  ]);
  const relatives = [...family.children, ...(family.parent ? [family.parent] : [])];
  const owned = [account, ...contacts, ...opportunities, ...tasks, ...leads, ...relatives];
  const owners = new Set(owned.flatMap(({ fields }) => fields.ownerId ?? []));
  const users = await store.getMany('user', [...owners].slice(0, MOST_OWNERS));
  return { account, contacts, opportunities, tasks, leads, users, family };
}

/** The Accounts above and below one. The index is older than the records may be, so each child is asked whose it is. */
async function familyOf({ id, fields: { parentId } }: CrmRecord<'account'>, store: RecordStore): Promise<Family> {
  const key = keyOf.children(id);
  const below = ((await store.indexed([key])).get(key) ?? []).filter((child) => child.id !== id);
  const some = below.slice(0, MOST_CHILDREN).map((child) => child.id);
  const above = parentId === id ? null : parentId;
  const accounts = await store.getMany('account', [...some, ...(above ? [above] : [])]);
  const children = some.flatMap((child) => accounts.get(child) ?? []).filter(({ fields }) => fields.parentId === id);
  const childCount = below.length > some.length ? below.length : children.length;
  return { parent: accounts.get(above ?? '') ?? null, children, childCount };
}
