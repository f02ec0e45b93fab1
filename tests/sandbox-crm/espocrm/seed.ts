import { createRandom } from '../seed/random.ts';
import type { Random } from '../seed/random.ts';
import type { EspoStore } from './store.ts';
import { stampOf } from './store.ts';

export interface EspoSeed {
  seed: number;
  accounts: number;
  contacts: number;
  leads: number;
  opportunities: number;
  tasks: number;
}

/** Names of nobody, put together; every company has a site of its own. */
const FIRST = [
  'Amber',
  'Birch',
  'Cobalt',
  'Dune',
  'Ember',
  'Fjord',
  'Granite',
  'Harbor',
  'Indigo',
  'Juniper',
  'Kestrel',
  'Lumen',
];
const SECOND = ['Pumps', 'Freight', 'Textiles', 'Optics', 'Foods', 'Robotics', 'Ceramics', 'Analytics', 'Marine', 'Timber'];
const GIVEN = ['Ada', 'Bo', 'Cleo', 'Dario', 'Eske', 'Fenja', 'Goran', 'Hana', 'Ilse', 'Jonas'];
const FAMILY = ['Arvo', 'Brandt', 'Castell', 'Dorn', 'Eklund', 'Ferro', 'Grau', 'Hale', 'Ivers', 'Jansen'];
const CITIES = ['Bergen', 'Gent', 'Graz', 'Leeds', 'Lyon', 'Turku'];

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;

/** Fills an empty store with a sales team's data, all of it made up. @returns the users */
export function seedStore(store: EspoStore, options: EspoSeed): void {
  const random = createRandom(options.seed);
  const now = store.clock.now();
  const stamp = (share: number) => stampOf(now - 60_000 - Math.floor(random.next() * 700 * share * 86_400_000));
  /** Up to 700 days old, or to that share of it: Tasks that are closed for a year are left out of a copy. */
  const stamped = (share = 1) => {
    const at = stamp(share);
    return { createdAt: at, modifiedAt: at };
  };
  const users = ['Maja Lind', 'Otto Kern', 'Pia Wolf'].map((name, at) => {
    const [firstName, lastName] = name.split(' ');
    const type = at === 0 ? 'admin' : 'regular';
    return store.insert('User', { firstName, lastName, userName: String(firstName).toLowerCase(), type, ...stamped() }).id;
  });
  store.insert('User', { name: 'A Customer', userName: 'portal', type: 'portal', ...stamped() });
  const accounts = Array.from({ length: options.accounts }, (_, at) => {
    const name = `${FIRST[at % FIRST.length]} ${SECOND[Math.floor(at / FIRST.length) % SECOND.length]} ${at}`;
    const host = `${name.toLowerCase().replaceAll(' ', '-')}.example`.replace('.example', at % 2 === 0 ? '.com' : '.eu');
    const row = store.insert('Account', {
      name,
      website: at % 7 === 3 ? null : at % 3 === 0 ? `https://www.${host}` : host,
      phoneNumber: `+32 2 555 ${1000 + at}`,
      type: pick(random, ['Customer', 'Partner', null]),
      industry: pick(random, ['Banking', 'Software', 'Manufacturing', null]),
      billingAddressCity: pick(random, CITIES),
      billingAddressCountry: 'Belgium',
      assignedUserId: pick(random, users),
      cSegment: pick(random, ['Small', 'Large', null]),
      cEmployees: Math.floor(random.next() * 500),
      ...stamped(),
    });
    return { id: row.id, host };
  });
  for (let at = 0; at < options.contacts; at += 1) {
    const account = pick(random, accounts);
    const [firstName, lastName] = [pick(random, GIVEN), pick(random, FAMILY)];
    store.insert('Contact', {
      firstName,
      lastName,
      title: pick(random, ['Buyer', 'Head of Sales', null]),
      accountId: account.id,
      emailAddress: `${firstName}.${lastName}.${at}@${account.host}`.toLowerCase(),
      emailAddressIsOptedOut: at % 11 === 0,
      phoneNumber: `+32 470 55 ${1000 + at}`,
      doNotCall: at % 13 === 0,
      assignedUserId: pick(random, users),
      ...stamped(),
    });
  }
  for (let at = 0; at < options.leads; at += 1) {
    const account = pick(random, accounts);
    const [firstName, lastName] = [pick(random, GIVEN), pick(random, FAMILY)];
    store.insert('Lead', {
      firstName,
      lastName,
      accountName: `Prospect ${at}`,
      emailAddress: `${firstName}.${lastName}.l${at}@${at % 2 === 0 ? account.host : `prospect-${at}.com`}`.toLowerCase(),
      status: at % 9 === 0 ? 'Converted' : pick(random, ['New', 'Assigned', 'In Process']),
      source: pick(random, ['Call', 'Partner', null]),
      assignedUserId: pick(random, users),
      ...stamped(),
    });
  }
  for (let at = 0; at < options.opportunities; at += 1) {
    store.insert('Opportunity', {
      name: `Order ${at}`,
      accountId: pick(random, accounts).id,
      stage: pick(random, ['Prospecting', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost']),
      amount: Math.floor(random.next() * 90_000),
      probability: 40,
      closeDate: stampOf(now + at * 86_400_000).slice(0, 10),
      assignedUserId: pick(random, users),
      ...stamped(),
    });
  }
  const [deals, people] = [store.rows('Opportunity'), store.rows('Contact')];
  for (let at = 0; at < options.tasks; at += 1) {
    const kinds = [
      { parentType: 'Account', parentId: pick(random, accounts).id },
      ...(deals.length > 0 ? [{ parentType: 'Opportunity', parentId: pick(random, deals).id }] : []),
      ...(people.length > 0 ? [{ parentType: 'Contact', parentId: pick(random, people).id }] : []),
    ];
    const due = stampOf(now + (at - 5) * 86_400_000);
    store.insert('Task', {
      name: `Call back ${at}`,
      ...pick(random, kinds),
      status: pick(random, ['Not Started', 'Started', 'Completed', 'Canceled']),
      priority: pick(random, ['Low', 'Normal', 'High']),
      dateEnd: at % 2 === 0 ? due : null,
      dateEndDate: at % 2 === 0 ? null : due.slice(0, 10),
      assignedUserId: pick(random, users),
      ...stamped(0.35),
    });
  }
}
