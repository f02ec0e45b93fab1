import type { CrmRecord } from '@/lib/crm/records';
import { addressesOf } from './account-domains';
import { brandKey, labelKey } from './company-name';
import { type Evidence, evidenceFor, SUGGESTION_KINDS } from './evidence';
import { keyOf } from './index-keys';
import { asCandidates, type FoundAccounts, type MatchContext, type SiteCandidate } from './match-site';
import { isTelling, NO_CLUES, type PageClues } from './page-clues';
import { NO_DECISIONS, refusedAt } from './site-decisions';
import { labelOf, type Site } from './site-identity';

const MOST_RELATIVES_OF = 5;
const MOST_LOOKED_AT = 40;
const MOST_SUGGESTIONS = 5;

interface Idea {
  accountId: string;
  /** Looks at the record again, since the index is older than it may be; null when the idea does not hold. */
  evidence: (account: CrmRecord<'account'>) => Evidence | null;
}

/** Parents and children of the matched Accounts. */
async function relatives(site: Site, { matches }: FoundAccounts, { store }: MatchContext): Promise<Idea[]> {
  const { domain } = site;
  const some = matches.slice(0, MOST_RELATIVES_OF).map(({ account }) => account);
  const below = await store.indexed(some.map(({ id }) => keyOf.children(id)));
  return some.flatMap(({ id, fields }) => {
    const children = (below.get(keyOf.children(id)) ?? []).map(
      (child): Idea => ({
        accountId: child.id,
        evidence: (account) => (account.fields.parentId === id ? { kind: 'child', domain, of: fields.name } : null),
      }),
    );
    const parent: Idea[] = fields.parentId
      ? [{ accountId: fields.parentId, evidence: () => ({ kind: 'parent', domain, of: fields.name }) }]
      : [];
    return [...parent, ...children];
  });
}

/** Accounts whose website has the site's brand with another suffix, or that are called like it; on a platform both are a likeness. */
function brandEvidence(site: Site, word: string) {
  return (account: CrmRecord<'account'>): Evidence | null => {
    const other = addressesOf(account).sites.find((own) => labelKey(labelOf(own.domain)) === word && own.domain !== site.domain);
    if (other && !site.page) return { kind: 'other-suffix', domain: site.domain, of: other.domain };
    return other || brandKey(account.fields.name) === word ? { kind: 'address-name', domain: site.domain, of: word } : null;
  };
}

/** The brand that the address names: of a platform page the company's part, else the domain's label. */
function addressedBrand(site: Site): string | null {
  const word = site.page ? brandKey(site.page.key) : labelKey(labelOf(site.domain));
  return isTelling(word) ? word : null;
}

type Compared = { word: string; evidence: Idea['evidence'] };

/** Names to compare with those of Accounts, and what they would prove. */
async function comparisons(site: Site, clues: PageClues, { store }: MatchContext): Promise<Compared[]> {
  const { domain } = site;
  const leads = site.page ? [] : await store.at('lead', domain);
  const companies = new Set(leads.filter(({ fields }) => !fields.converted).flatMap(({ fields }) => fields.company ?? []));
  const named = (kind: 'lead-company' | 'page-name') => (name: string) => {
    const word = brandKey(name);
    const evidence: Idea['evidence'] = (account) => (brandKey(account.fields.name) === word ? { kind, domain, of: name } : null);
    return isTelling(word) ? [{ word, evidence }] : [];
  };
  const brand = addressedBrand(site);
  return [
    ...(brand ? [{ word: brand, evidence: brandEvidence(site, brand) }] : []),
    ...[...companies].slice(0, MOST_SUGGESTIONS).flatMap(named('lead-company')),
    ...clues.names.flatMap(named('page-name')),
  ];
}

/** What the page itself says: other sites that it calls the company's own. */
async function namedSites(site: Site, clues: PageClues, { store }: MatchContext): Promise<Idea[]> {
  const others = clues.sites.filter((other) => other.domain !== site.domain);
  const index = await store.indexed(others.map((other) => keyOf.domain(other.domain)));
  return others.flatMap((other) =>
    (index.get(keyOf.domain(other.domain)) ?? []).map(({ id }) => ({
      accountId: id,
      evidence: (account: CrmRecord<'account'>): Evidence | null =>
        evidenceFor(account, other) ? { kind: 'named-site', domain: site.domain, of: other.domain } : null,
    })),
  );
}

const strength = ({ kind }: Evidence) => (SUGGESTION_KINDS as readonly string[]).indexOf(kind);

/**
 * Accounts that may be meant by a site and do not belong to it by any proof: never to be shown as a match. `clues` is what the
 * page says of itself, read only when a person asks. Accounts that match, and those that the user has refused, are left out.
 */
export async function suggestAccounts(
  site: Site,
  found: FoundAccounts,
  context: MatchContext,
  clues: PageClues = NO_CLUES,
): Promise<SiteCandidate[]> {
  const { store, decisions = NO_DECISIONS } = context;
  const refused = refusedAt(decisions, site);
  const matched = new Set(found.matches.map(({ account }) => account.id));
  const compared = await comparisons(site, clues, context);
  const brands = await store.indexed(compared.map(({ word }) => keyOf.brand(word)));
  const ideas: Idea[] = [
    ...(await relatives(site, found, context)),
    ...(await namedSites(site, clues, context)),
    ...compared.flatMap(({ word, evidence }) =>
      (brands.get(keyOf.brand(word)) ?? []).map(({ id }) => ({ accountId: id, evidence })),
    ),
  ].filter(({ accountId }) => !refused.has(accountId) && !matched.has(accountId));
  const accounts = await store.getMany('account', [...new Set(ideas.map(({ accountId }) => accountId))].slice(0, MOST_LOOKED_AT));
  const best = new Map(found.doubtful.map((one) => [one.account.id, one]));
  for (const { accountId, evidence } of ideas) {
    const account = accounts.get(accountId);
    const fresh = account ? evidence(account) : null;
    const old = best.get(accountId);
    if (account && fresh && (!old || strength(fresh) < strength(old.evidence))) best.set(accountId, { account, evidence: fresh });
  }
  return (await asCandidates(site, [...best.values()], context)).slice(0, MOST_SUGGESTIONS);
}
