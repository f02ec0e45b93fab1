import { readFileSync } from 'node:fs';
import type { Values } from '../org/records.ts';
import { ACCOUNT_TYPES, RATINGS, SOURCES } from '../org/schema/picklists.ts';
import { countryOf } from './countries.ts';
import { parseCsv } from './csv.ts';
import { industryOf } from './industries.ts';
import { fictionalPhone } from './phones.ts';
import type { SeedContext, SeededAccount } from './seed-context.ts';

const COMPANIES = new URL('../data/demo-accounts.csv', import.meta.url);
let companies: Record<string, string>[] | undefined;

/** The companies of the shipped list; NOTICE.md says where it is from. */
function readCompanies(): Record<string, string>[] {
  companies ??= parseCsv(readFileSync(COMPANIES, 'utf8'));
  return companies;
}

/** Accounts for real companies, second Accounts on some of their domains, and invented ones for larger orgs. */
export function seedAccounts(context: SeedContext): SeededAccount[] {
  const { org, random, options } = context;
  const seeded: SeededAccount[] = [];
  const add = (
    company: { name: string; website: string; domain: string; country: string; industry: string },
    more: Values = {},
  ) => {
    const row = org.insert('Account', { ...describeCompany(context, company), ...more });
    const account = { row, domain: company.domain, countryCode: company.country };
    seeded.push(account);
    return account;
  };

  for (const {
    name = '',
    website_raw: website = '',
    domain = '',
    country = '',
    industry = '',
    other_names_on_domain: others = '',
  } of readCompanies().slice(0, options.accounts)) {
    const main = add({ name, website, domain, country, industry });
    // Brands and branches at one domain: a match there must offer all of them.
    const other = others.split('|')[0];
    if (other && other !== name && random.chance(0.6)) {
      const twin = {
        name: `${name} (${other})`,
        website: random.pick([domain, `www.${domain}`, `https://${domain}/`]),
        domain,
        country,
        industry,
      };
      add(twin, random.chance(0.5) ? { ParentId: main.row.Id } : {});
    }
  }
  for (let n = 1; n <= (options.syntheticAccounts ?? 0); n++) {
    const word = `${random.pick(FIRST_WORDS)} ${random.pick(SECOND_WORDS)}`;
    const domain = `${word.toLowerCase().replace(' ', '-')}-${n}.example`;
    const country = random.pick(['US', 'DE', 'GB', 'FR', 'NL', 'SE', 'IT', 'ES']);
    add({
      name: `${word} ${n}`,
      website: `https://www.${domain}`,
      domain,
      country,
      industry: random.pick(['Software', 'shop/clothes', 'Machinery']),
    });
  }
  return seeded;
}

function describeCompany(
  { random, users, stamp }: SeedContext,
  company: { name: string; website: string; domain: string; country: string; industry: string },
): Values {
  const country = countryOf(company.country);
  const changed = stamp();
  const customer = random.chance(0.45);
  return {
    Name: company.name,
    Type: customer ? 'Customer - Direct' : random.chance(0.7) ? 'Prospect' : (random.pick(ACCOUNT_TYPES) ?? 'Other'),
    Industry: industryOf(company.industry),
    Website: company.website,
    Phone: fictionalPhone(random, country.dial),
    BillingStreet: `${random.between(1, 240)} Example Street`,
    BillingCity: random.pick(country.cities),
    BillingCountry: country.name,
    CurrencyIsoCode: country.currency,
    NumberOfEmployees: random.chance(0.8) ? random.between(3, 40) ** random.between(1, 3) : null,
    AnnualRevenue: random.chance(0.5) ? random.between(1, 900) * 100_000 : null,
    Rating: random.chance(0.5) ? (random.pick(RATINGS) ?? null) : null,
    AccountSource: random.pick(SOURCES) ?? null,
    OwnerId: random.pick(users) ?? null,
    Description: random.chance(0.1) ? 'Met at a trade fair.\nAsked for a second call about the roll-out.' : null,
    CustomerPriority__c: customer ? random.pick(['High', 'Medium', 'Low']) : null,
    Active__c: customer ? 'Yes' : 'No',
    CreatedDate: changed,
  };
}

const FIRST_WORDS = [
  'Amber',
  'Birch',
  'Cedar',
  'Dune',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Larch',
] as const;
const SECOND_WORDS = [
  'Works',
  'Mills',
  'Systems',
  'Foods',
  'Textiles',
  'Optics',
  'Freight',
  'Energy',
  'Studios',
  'Partners',
] as const;
