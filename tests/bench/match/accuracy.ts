import type { AnyRecord, CrmRecord } from '@/lib/crm/records';
import { evidenceFor } from '@/lib/matching/evidence';
import { indexKeys, keyOf } from '@/lib/matching/index-keys';
import { type Site, siteOf } from '@/lib/matching/site-identity';
import { record } from '../../builders/records';
import { MESS } from './mess';

/** A real company with its site as published. */
export interface Company {
  name: string;
  host: string;
  domain: string;
}

interface KindRow {
  kind: string;
  accounts: number;
  found: number;
  missed: number;
  wrong: number;
  /** Some of what went wrong, for a person to look at. */
  examples: string[];
}

interface Accuracy {
  kinds: KindRow[];
  precision: number;
  recall: number;
  /** Popular sites that showed an Account although none is theirs. */
  falseOnPopular: string[];
  popular: number;
}

interface Indexed {
  accounts: Map<string, CrmRecord<'account'>>;
  ids: Map<string, string[]>;
}

/** As the sealed index does it, in memory: what is measured here is the rules. */
function indexOf(records: readonly CrmRecord<'account'>[]): Indexed {
  const ids = new Map<string, string[]>();
  for (const one of records) {
    for (const key of indexKeys(one as AnyRecord)) {
      const list = ids.get(key);
      if (list) list.push(one.id);
      else ids.set(key, [one.id]);
    }
  }
  return { accounts: new Map(records.map((one) => [one.id, one])), ids };
}

function matchesOf(site: Site, { accounts, ids }: Indexed): CrmRecord<'account'>[] {
  const keys = [keyOf.domain(site.domain), ...(site.page ? [keyOf.page(site.page)] : [])];
  const found = [...new Set(keys.flatMap((key) => ids.get(key) ?? []))].flatMap((id) => accounts.get(id) ?? []);
  return found.filter((account) => evidenceFor(account, site) !== null);
}

/**
 * Every company becomes an Account whose website field went through one kind of mess, drawn for it; then each company's site is
 * visited. Right is every Account of a company with that domain, wrong every other.
 */
export function measureAccuracy(companies: readonly Company[], popular: readonly string[], random: () => number): Accuracy {
  const kinds = Object.keys(MESS);
  const rows = new Map(
    kinds.map((kind) => [kind, { kind, accounts: 0, found: 0, missed: 0, wrong: 0, examples: [] as string[] }]),
  );
  const typed = companies.map((company, index) => {
    const kind = kinds[index % kinds.length] ?? '';
    const website = MESS[kind]?.({ ...company, random }) ?? '';
    const account = record('account', `a${index}`, { name: company.name, website });
    return { ...company, kind, account };
  });
  const index = indexOf(typed.map(({ account }) => account));
  const byId = new Map(typed.map((one) => [one.account.id, one]));
  const judged = new Map<string, Set<string>>();
  for (const { host, domain, account, kind } of typed) {
    const row = rows.get(kind);
    const site = siteOf(`https://${host}/some/page`);
    if (!row || !site) continue;
    const shown = matchesOf(site, index);
    row.accounts += 1;
    const isFound = shown.some(({ id }) => id === account.id);
    row.found += isFound ? 1 : 0;
    row.missed += isFound ? 0 : 1;
    if (!isFound && row.examples.length < 3) row.examples.push(`missed ${JSON.stringify(account.fields.website)}`);
    // A site is looked at once, however many Accounts are its own.
    const seen = judged.get(domain) ?? new Set();
    judged.set(domain, seen);
    for (const one of shown) {
      const truth = byId.get(one.id);
      if (!truth || truth.domain === domain || seen.has(one.id)) continue;
      seen.add(one.id);
      const blamed = rows.get(truth.kind);
      if (!blamed) continue;
      blamed.wrong += 1;
      if (blamed.examples.length < 3) blamed.examples.push(`${JSON.stringify(one.fields.website)} at ${host}`);
    }
  }
  const all = [...rows.values()];
  const sum = (of: (row: KindRow) => number) => all.reduce((total, row) => total + of(row), 0);
  const found = sum((row) => row.found);
  return {
    kinds: all,
    precision: found / (found + sum((row) => row.wrong)),
    recall: found / (found + sum((row) => row.missed)),
    ...onPopularSites(typed, popular),
  };
}

/** The same Accounts without those of the popular sites: nobody may be shown there. */
function onPopularSites(typed: readonly (Company & { account: CrmRecord<'account'> })[], popular: readonly string[]) {
  const own = new Set(popular.map((host) => siteOf(`https://${host}/`)?.domain));
  const others = indexOf(typed.filter(({ domain }) => !own.has(domain)).map(({ account }) => account));
  const falseOnPopular = popular.flatMap((host) => {
    const sites = [siteOf(`https://${host}/`), siteOf(`https://www.${host}/company/about?x=1`)];
    return sites.flatMap((site) => (site ? matchesOf(site, others) : [])).map(({ fields }) => `${host}: ${fields.website}`);
  });
  return { falseOnPopular, popular: popular.length };
}
