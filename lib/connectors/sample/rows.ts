import type { AnyRecord, CrmRecord, FieldsOf, ObjectKind } from '@/lib/crm/records';
import { accountCompanies, type Company, leadCompanies } from './companies';
import { type Person, person, phoneNumber } from './people';

const DAY = 24 * 60 * 60_000;
/** Whose sample it is. */
export const SAMPLE_USER_ID = 'sample-user-0';
export const SAMPLE_USER_NAME = 'Alex Sampleton';
/** Every fifteenth company has a second Account, so that a site with several can be seen. */
const SECOND_EVERY = 15;

export const STAGES = ['Qualification', 'Needs Analysis', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'];
export const PROBABILITY = [10, 25, 50, 75, 100, 0];
const DEALS = ['Pilot', 'Framework agreement', 'Renewal', 'Expansion', 'Service contract', 'Training'];
const TASKS = [
  'Send the proposal',
  'Call back about the pilot',
  'Prepare the quarterly review',
  'Ask for the new contact',
  'Plan the site visit',
];
export const TYPES = ['Customer', 'Prospect', 'Customer', 'Partner'];
export const PRIORITIES = ['Normal', 'High', 'Low'];
export const CURRENCIES: Record<string, string> = {
  US: 'USD',
  CA: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  DK: 'DKK',
  SE: 'SEK',
  HK: 'USD',
  KR: 'USD',
};

export type SampleRows = { [K in ObjectKind]: CrmRecord<K>[] };

/**
 * Every record of the sample CRM, the same for the same `since` (ISO), from whose day all dates are counted: what is due then
 * is due around then. Pure; about a thousand records.
 */
export function sampleRows(connectionId: string, since: string): SampleRows {
  const rows: SampleRows = { user: [], account: [], contact: [], lead: [], opportunity: [], task: [] };
  const start = Date.parse(since);
  const random = randomNumbers(20_260_501);
  const pick = (below: number) => Math.floor(random() * below);
  const day = (from: number, to: number) => new Date(start + (from + pick(to - from)) * DAY).toISOString().slice(0, 10);
  const countries = new Intl.DisplayNames('en', { type: 'region' });
  let people = 0;

  /** Everything was changed before the sample came, so that nothing changes after. */
  function add<K extends ObjectKind>(object: K, fields: FieldsOf[K]): string {
    const list: CrmRecord<K>[] = rows[object];
    const id = `sample-${object}-${list.length}`;
    list.push({ object, id, connectionId, modifiedAt: new Date(start - DAY - pick(90 * DAY)).toISOString(), fields, custom: {} });
    return id;
  }

  function nextPerson(): Person {
    people += 1;
    return person(people);
  }

  const ownerIds = [SAMPLE_USER_NAME, 'Bea Mockford', 'Chris Exampleson', 'Dana Placeholm'].map((name) =>
    add('user', { name, active: true }),
  );
  const owner = () => ownerIds[pick(3) === 0 ? 0 : pick(ownerIds.length)] ?? SAMPLE_USER_ID;

  function addAccount({ name, domain, country, industry }: Company, index: number, parentId: string | null): string {
    return add('account', {
      name,
      website: `https://www.${domain}`,
      industry,
      type: TYPES[index % TYPES.length] ?? null,
      phone: phoneNumber(index),
      city: null,
      country: countries.of(country) ?? country,
      ownerId: owner(),
      parentId,
      currency: CURRENCIES[country] ?? 'EUR',
      lastActivityOn: day(-60, -1),
    });
  }

  function addContact(accountId: string, { domain }: Company): string {
    const { first, last, title, department } = nextPerson();
    return add('contact', {
      accountId,
      name: `${first} ${last}`,
      title,
      department,
      email: `${first}.${last}@${domain.replaceAll('.', '-')}.example`.toLowerCase(),
      phone: phoneNumber(people),
      mobile: people % 3 === 0 ? phoneNumber(people + 41) : null,
      ownerId: owner(),
      doNotCall: people % 19 === 0,
      emailOptOut: people % 23 === 0,
      lastActivityOn: people % 4 === 0 ? null : day(-120, -1),
    });
  }

  function addOpportunity(accountId: string, { country }: Company): string {
    const stage = pick(STAGES.length);
    const closed = stage > 3;
    return add('opportunity', {
      accountId,
      name: `${DEALS[pick(DEALS.length)]} ${new Date(start).getUTCFullYear()}`,
      stage: STAGES[stage] ?? null,
      amount: (4 + pick(120)) * 2500,
      currency: CURRENCIES[country] ?? 'EUR',
      closeOn: closed ? day(-300, -5) : day(-7, 150),
      probability: PROBABILITY[stage] ?? null,
      closed,
      won: stage === 4,
      ownerId: owner(),
    });
  }

  function addTask(accountId: string, whoId: string | null, whatId: string | null): void {
    const closed = pick(3) === 0;
    add('task', {
      accountId,
      whoId,
      whatId,
      subject: TASKS[pick(TASKS.length)] ?? null,
      status: closed ? 'Completed' : 'Not Started',
      priority: PRIORITIES[pick(PRIORITIES.length)] ?? null,
      dueOn: closed ? day(-90, -2) : day(-5, 30),
      closed,
      ownerId: owner(),
    });
  }

  function addLead({ name, domain }: Company): void {
    const { first, last, title } = nextPerson();
    add('lead', {
      name: `${first} ${last}`,
      company: name,
      title,
      email: `${first}.${last}@${domain.replaceAll('.', '-')}.example`.toLowerCase(),
      phone: phoneNumber(people),
      website: `https://www.${domain}`,
      status: pick(2) === 0 ? 'Open' : 'Working',
      ownerId: owner(),
      converted: false,
      doNotCall: false,
      emailOptOut: false,
    });
  }

  function addCompany(company: Company, index: number, parentId: string | null = null): string {
    const accountId = addAccount(company, index, parentId);
    const contacts = Array.from({ length: 3 + pick(5) }, () => addContact(accountId, company));
    const deals = Array.from({ length: 1 + pick(4) }, () => addOpportunity(accountId, company));
    for (let left = pick(5); left > 0; left -= 1) addTask(accountId, contacts[left] ?? null, deals[left - 1] ?? null);
    return accountId;
  }

  for (const [index, company] of accountCompanies().entries()) {
    const accountId = addCompany(company, index);
    if (index % SECOND_EVERY === 1) addCompany({ ...company, name: `${company.name}, sample division` }, index, accountId);
    if (index % 4 === 1) addLead(company);
  }
  for (const company of leadCompanies()) for (let left = 1 + pick(3); left > 0; left -= 1) addLead(company);
  return rows;
}

/** The records of an object, as the union that the engine takes. */
export const recordsOf = (rows: SampleRows, object: ObjectKind): AnyRecord[] => rows[object];

/** Numbers between 0 and 1, the same for the same seed (mulberry32, public domain). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
