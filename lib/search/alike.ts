import type { CrmRecord } from '@/lib/crm/records';
import { accountDomains, leadDomain, sitesIn } from '@/lib/matching/account-domains';
import { brandKey } from '@/lib/matching/company-name';
import { keyOf } from '@/lib/matching/index-keys';
import { mailDomain } from '@/lib/matching/mail-domains';
import type { RecordStore } from '@/lib/storage/record-store';
import { findRecords } from './find-records';
import { fold, wordsOf } from './fold';
import { digitsOf, type SearchedKind, type SearchedRecord } from './search-line';

/** What is known of a record that is about to be created. */
export interface Wanted {
  object: SearchedKind;
  name: string | null;
  company: string | null;
  email: string | null;
  phones: readonly string[];
  website: string | null;
  accountId: string | null;
}

/** What two records have in common. `name`: the same name, and nothing that speaks against it (company, domain, Account). */
type Likeness = 'email' | 'name' | 'domain' | 'phone';

export interface Alike {
  record: SearchedRecord;
  why: Likeness[];
}

type Store = Pick<RecordStore, 'lines' | 'lookUp' | 'at' | 'indexed' | 'getMany'>;

/** More candidates are not read again for one question; of a name that is that common most are somebody else. */
const MOST_READ = 24;
const MOST_SHOWN = 5;
/** A number of a switchboard belongs to many, and the one of them who has objected must be among those that are read. */
const MOST_REACHED = 200;
/** The end of a number: country codes and leading zeros are written in many ways. Shorter ones are extensions. */
const PHONE_END = 8;
const SHORTEST_PHONE = 7;

const sameText = (text: string | null) =>
  wordsOf(fold(text ?? ''))
    .map((word) => word.text)
    .join(' ');
const sameMail = (email: string | null) => email?.trim().toLowerCase() ?? '';

function phoneEnd(phone: string | null): string | null {
  const digits = digitsOf(phone);
  return digits.length < SHORTEST_PHONE ? null : digits.slice(-PHONE_END);
}

const isWhole = (phone: string) => phone.trim().startsWith('+');

/** `+49 (0)711 …` is dialled without the zero. */
const wholeDigits = (phone: string) => digitsOf(phone.replace('(0)', ''));

/** Whether two texts are the same number. Written with their country codes both, they are compared whole: many end alike. */
function isSamePhone(one: string, other: string): boolean {
  if (isWhole(one) && isWhole(other)) return wholeDigits(one) === wholeDigits(other);
  const end = phoneEnd(one);
  return end !== null && end === phoneEnd(other);
}

const PEOPLE: readonly SearchedKind[] = ['contact', 'lead'];
const isPerson = (object: SearchedKind) => PEOPLE.includes(object);

function domainsOf({ email, website }: Pick<Wanted, 'email' | 'website'>): string[] {
  const mail = mailDomain(email);
  return [...new Set([...sitesIn(website).map(({ domain }) => domain), ...(mail ? [mail] : [])])];
}

/** Records of the copy that may be one, by what the lines of the search say. */
async function candidates(wanted: Wanted, store: Store): Promise<SearchedRecord[]> {
  const objects: readonly SearchedKind[] = isPerson(wanted.object) ? PEOPLE : [wanted.object];
  const texts = [wanted.email, wanted.name, ...wanted.phones.map((phone) => phoneEnd(phone))];
  const found = await Promise.all(texts.map((text) => (text?.trim() ? findRecords(text, { store, objects }, MOST_READ) : [])));
  const records = found.flat().map(({ record }) => record);
  return wanted.object === 'account' ? [...records, ...(await accountsByKey(wanted, store))] : records;
}

/** An Account may be called otherwise than it is searched for: `Acme` is `ACME Robotics GmbH` to nobody but the index. */
async function accountsByKey({ name, website }: Wanted, store: Store): Promise<SearchedRecord[]> {
  const domains = sitesIn(website).map(({ domain }) => keyOf.domain(domain));
  const brand = brandKey(name ?? '');
  const keys = [...domains, ...(brand === '' ? [] : [keyOf.brand(brand)])];
  const ids = [...(await store.indexed(keys)).values()].flat().map(({ id }) => id);
  return [...(await store.getMany('account', [...new Set(ids)].slice(0, MOST_READ))).values()] as CrmRecord<'account'>[];
}

interface Facts {
  name: string;
  company: string | null;
  email: string;
  phones: string[];
  domains: string[];
  accountId: string | null;
}

/** What of a record is compared; the company of a Contact is its Account's name. */
function factsOf(record: SearchedRecord, accounts: ReadonlyMap<string, CrmRecord<'account'>>): Facts {
  const phonesOf = (...phones: (string | null)[]) => phones.flatMap((phone) => (phoneEnd(phone) === null ? [] : (phone ?? [])));
  const { name } = record.fields;
  switch (record.object) {
    case 'account': {
      const { phone } = record.fields;
      return { name, company: name, email: '', phones: phonesOf(phone), domains: accountDomains(record), accountId: null };
    }
    case 'contact': {
      const { email, phone, mobile, accountId } = record.fields;
      const account = accounts.get(accountId ?? '');
      const mail = mailDomain(email);
      const domains = [...(account ? accountDomains(account) : []), ...(mail ? [mail] : [])];
      const company = account?.fields.name ?? null;
      return { name, company, email: sameMail(email), phones: phonesOf(phone, mobile), domains, accountId };
    }
    case 'lead': {
      const { email, phone, company } = record.fields;
      const domain = leadDomain(record.fields);
      const domains = domain ? [domain] : [];
      return { name, company, email: sameMail(email), phones: phonesOf(phone), domains, accountId: null };
    }
    case 'opportunity':
      return { name, company: null, email: '', phones: [], domains: [], accountId: record.fields.accountId };
  }
}

/** Whether two records of one name are at the same place. Where neither domain, company nor Account is known of both, nothing says so. */
function isSamePlace(wanted: Wanted, facts: Facts): boolean {
  if (wanted.object === 'opportunity') return wanted.accountId === facts.accountId;
  if (wanted.accountId !== null && wanted.accountId === facts.accountId) return true;
  const domains = domainsOf(wanted);
  if (domains.some((domain) => facts.domains.includes(domain))) return true;
  if (wanted.object === 'account') return domains.length === 0 || facts.domains.length === 0;
  return brandKey(wanted.company ?? '') !== '' && brandKey(wanted.company ?? '') === brandKey(facts.company ?? '');
}

function isSameName(wanted: Wanted, facts: Facts): boolean {
  if (wanted.object !== 'account') return sameText(wanted.name) !== '' && sameText(wanted.name) === sameText(facts.name);
  const brand = brandKey(wanted.name ?? '');
  return brand !== '' && brand === brandKey(facts.name);
}

function likeness(wanted: Wanted, facts: Facts): Likeness[] {
  const why: Likeness[] = [];
  if (facts.email !== '' && sameMail(wanted.email) === facts.email) why.push('email');
  if (isSameName(wanted, facts) && isSamePlace(wanted, facts)) why.push('name');
  const sites = sitesIn(wanted.website).map(({ domain }) => domain);
  if (wanted.object === 'account' && sites.some((domain) => facts.domains.includes(domain))) why.push('domain');
  if (wanted.phones.some((phone) => facts.phones.some((held) => isSamePhone(phone, held)))) why.push('phone');
  return why;
}

/**
 * The people of the copy, converted Leads too, that have one of these addresses or numbers. Costs no call.
 * @throws AppError `vault.tampered`
 */
export async function findReached(
  emails: readonly string[],
  phones: readonly string[],
  store: Pick<RecordStore, 'lines' | 'lookUp' | 'at'>,
): Promise<CrmRecord<'contact' | 'lead'>[]> {
  const texts = [...emails, ...phones.flatMap((phone) => phoneEnd(phone) ?? [])];
  const found = await Promise.all(texts.map((text) => findRecords(text, { store, objects: PEOPLE }, MOST_REACHED)));
  const addresses = new Set(emails.map(sameMail));
  return found
    .flat()
    .map(({ record }) => record)
    .filter(
      (record): record is CrmRecord<'contact'> | CrmRecord<'lead'> => record.object === 'contact' || record.object === 'lead',
    )
    .filter((record) => {
      const held = factsOf(record, new Map());
      if (addresses.has(held.email)) return true;
      return phones.some((phone) => held.phones.some((one) => isSamePhone(phone, one)));
    });
}

/**
 * Records of the copy that may be the one that is about to be created: the same e-mail address, the same name at the same company
 * or domain, the same phone number; of an Account also the same site. At most five, those with more in common first. People are
 * looked for among Contacts and Leads alike, converted Leads aside. Costs no call. @throws AppError `vault.tampered`
 */
export async function findAlike(wanted: Wanted, store: Store): Promise<Alike[]> {
  const found = await candidates(wanted, store);
  const unique = [...new Map(found.map((record) => [`${record.object} ${record.id}`, record])).values()];
  const accountIds = unique.flatMap((record) => (record.object === 'contact' ? (record.fields.accountId ?? []) : []));
  const accounts = new Map((await store.lookUp('account', [...new Set(accountIds)])).map((one) => [one.id, one]));
  return unique
    .filter((record) => record.object !== 'lead' || !record.fields.converted)
    .map((record) => ({ record, why: likeness(wanted, factsOf(record, accounts)) }))
    .filter(({ why }) => why.length > 0)
    .sort((a, b) => b.why.length - a.why.length || Number(b.why.includes('email')) - Number(a.why.includes('email')))
    .slice(0, MOST_SHOWN);
}
