import type { ObjectKind } from '@/lib/crm/records';
import { createRandom } from '../../sandbox-crm/seed/random.ts';
import type { Org } from '../../sandbox-crm/org/org.ts';
import { makeId } from '../../sandbox-crm/org/record-id.ts';
import { DAY, toWireDate, toWireDateTime } from '../../sandbox-crm/org/wire-time.ts';
import type { ChangedObject } from './sequence';

/** A handful of records of each kind, and the values that changes choose from. */

export const SALESFORCE: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** What stands in a website field, and the domains under which the Account has to be found then. */
export const SITES: readonly { website: string | null; domains: readonly string[] }[] = [
  { website: 'https://www.alder-works.com/en', domains: ['alder-works.com'] },
  { website: null, domains: [] },
  { website: 'birch-and-sons.co.uk', domains: ['birch-and-sons.co.uk'] },
  { website: 'http://shop.cedar-labs.io', domains: ['cedar-labs.io'] },
  { website: 'www.alder-works.com, cedar-labs.io', domains: ['alder-works.com', 'cedar-labs.io'] },
  { website: null, domains: [] },
];

const INDUSTRIES = ['Energy', 'Banking', null] as const;
const MANY_TASKS = 70;

/** The n-th of a list, counted in a circle. */
export function nth<T>(list: readonly T[], at: number): T | undefined {
  return list[at % Math.max(1, list.length)];
}

/** Values of a new record. `serial` is in a text of each, so that an old version can be told from a new one. */
export function valuesOf(org: Org, object: ChangedObject, { at, site, serial }: { at: number; site: number; serial: number }) {
  const id = (name: string) => nth(org.rows(name), at)?.Id ?? null;
  const website = nth(SITES, site)?.website ?? null;
  const owner = { OwnerId: id('User') ?? org.userId };
  const city = nth(['Köln', 'São Paulo', null], site) ?? null;
  switch (object) {
    case 'account':
      return {
        ...owner,
        Name: `Firm ${serial} "A", Söhne\n& Co`,
        Website: website,
        Industry: nth(INDUSTRIES, at) ?? null,
        Phone: `+49 ${serial}`,
        BillingCity: city,
        NumberOfEmployees: serial,
        LastActivityDate: nth([null, '2026-02-03'], site) ?? null,
      };
    case 'contact':
      return {
        ...owner,
        FirstName: 'Åsa',
        LastName: `Person ${serial}`,
        AccountId: id('Account'),
        Phone: `0${serial}`,
        Title: null,
      };
    case 'lead': {
      const [domain] = nth(SITES, site)?.domains ?? [];
      const email = domain && site % 2 === 0 ? `lead@${domain}` : 'someone@gmail.com';
      return {
        ...owner,
        LastName: `Lead ${serial}`,
        Company: `Firm, "${serial}"`,
        Website: site % 2 ? website : null,
        Email: email,
      };
    }
    case 'opportunity':
      return {
        ...owner,
        Name: `Deal ${serial}`,
        AccountId: id('Account'),
        StageName: 'Prospecting',
        Amount: nth([serial + 0.25, null], site) ?? null,
        CloseDate: toWireDate(org.clock.now() + serial * DAY),
      };
    case 'task':
      return {
        ...owner,
        Subject: `Call ${serial}`,
        WhatId: at % 3 === 0 ? id('Opportunity') : at % 3 === 1 ? id('Account') : null,
        WhoId: at % 3 === 2 ? (nth(org.rows('Lead'), at)?.Id ?? null) : id('Contact'),
        ActivityDate: toWireDate(org.clock.now() + site * DAY),
      };
  }
}

/** Fills an org that has nothing but its team. Half of the stamps are ties, as after an import. */
export function fillOrg(org: Org, { orgSeed, manyTasks }: { orgSeed: number; manyTasks: boolean }): void {
  const random = createRandom(orgSeed);
  const users = org.table('User');
  for (const { Id } of users.all().slice(3)) users.drop(Id);
  org.insert('User', { Id: makeId('005', 99), LastName: 'Portal', UserType: 'CspLitePortal', IsActive: true });
  const stamp = () => toWireDateTime(org.clock.now() - (random.chance(0.5) ? 30 : random.between(1, 300)) * DAY);
  const counts = { account: 5, contact: 6, lead: 5, opportunity: 4, task: manyTasks ? MANY_TASKS : 4 };
  let serial = 1000;
  for (const object of ['account', 'contact', 'lead', 'opportunity', 'task'] as const) {
    for (let n = 0; n < counts[object]; n += 1) {
      serial += 1;
      const values = valuesOf(org, object, { at: random.between(0, 11), site: random.between(0, 5), serial });
      // The many hang on nothing, so that they go for no other reason than that they are deleted.
      const free = object === 'task' && manyTasks ? { WhatId: null, WhoId: null } : {};
      org.insert(SALESFORCE[object], { ...values, ...free, CreatedDate: stamp() });
    }
  }
}
