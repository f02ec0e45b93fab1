import { createRandom } from '../seed/random.ts';
import type { HubspotStore } from './store.ts';

export interface HubspotSeed {
  seed: number;
  accounts: number;
  contacts: number;
  leads: number;
  opportunities: number;
  tasks: number;
}

/** Names of nobody, put together; every company has a domain of its own. */
const FIRST = ['Aspen', 'Basalt', 'Clover', 'Drift', 'Elm', 'Flint', 'Gale', 'Heath'];
const SECOND = ['Logistics', 'Dairy', 'Instruments', 'Software', 'Energy', 'Furniture'];
const GIVEN = ['Alma', 'Bela', 'Cora', 'Dirk', 'Edda', 'Finn', 'Gita', 'Hugo'];
const FAMILY = ['Abel', 'Bruns', 'Cohn', 'Drews', 'Engel', 'Falk', 'Gross', 'Hardt'];
const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** Fills an empty store with a sales team's data, all of it made up. */
export function seedStore(store: HubspotStore, options: HubspotSeed): void {
  const random = createRandom(options.seed);
  const now = store.clock.now();
  const old = () => new Date(now - 3_600_000 - Math.floor(random.next() * 700 * 86_400_000)).toISOString();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  for (const [at, name] of ['Mara Linde', 'Otis Kern', 'Pavla Wolf'].entries()) {
    const [firstName = '', lastName = ''] = name.split(' ');
    const stamp = old();
    const userId = 71_000_001 + at;
    const who = { firstName, lastName, email: `${firstName.toLowerCase()}@northwind-demo.com`, type: 'PERSON' as const };
    const ids = { id: String(32_900_481 + at), userId, userIdIncludingInactive: userId };
    store.owners.push({ ...ids, ...who, createdAt: stamp, updatedAt: stamp, archived: at === 2 });
  }
  const owner = () => pick(store.owners).id;
  const companies = Array.from({ length: options.accounts }, (_, at) => {
    const name = `${of(FIRST, at)} ${of(SECOND, Math.floor(at / FIRST.length))} ${at}`;
    const domain = at % 7 === 3 ? null : `${name.toLowerCase().replaceAll(' ', '-')}.com`;
    const values = { name, domain, phone: `+49 30 ${10_000 + at}`, city: pick(['Bonn', 'Kiel', 'Ulm']), country: 'Germany' };
    const more = {
      industry: pick(['BANKING', 'MACHINERY', null]),
      type: pick(['PROSPECT', 'PARTNER', null]),
      hubspot_owner_id: owner(),
    };
    const own = { segment: pick(['s', 'l', null]), numberofemployees: String(5 * at), hs_lastmodifieddate: old() };
    return store.insert('companies', { ...values, ...more, ...own }).id;
  });
  const contacts = Array.from({ length: options.contacts }, (_, at) => {
    const [firstname, lastname] = [of(GIVEN, at), of(FAMILY, Math.floor(at / GIVEN.length))];
    const values = {
      firstname,
      lastname,
      email: `${firstname}.${lastname}.${at}@mail-${at}.com`.toLowerCase(),
      jobtitle: pick(['Buyer', 'Director', null]),
    };
    const more = {
      phone: `+49 40 ${20_000 + at}`,
      hs_email_optout: String(at % 9 === 4),
      hubspot_owner_id: owner(),
      lastmodifieddate: old(),
    };
    const { id } = store.insert('contacts', { ...values, ...more });
    if (at % 5 !== 4 && companies.length > 0) store.link('contacts', id, 'companies', pick(companies));
    return id;
  });
  for (let at = 0; at < options.leads; at += 1) {
    const stamp = old();
    const values = {
      hs_lead_name: `Interest ${at}`,
      hs_pipeline: 'lead-pipeline-id',
      hs_pipeline_stage: pick(['new-stage-id', 'qualified-stage-id']),
    };
    const { id } = store.insert('leads', {
      ...values,
      hs_lead_label: pick(['HOT', 'WARM']),
      hubspot_owner_id: owner(),
      hs_lastmodifieddate: stamp,
    });
    if (contacts.length > 0) store.link('leads', id, 'contacts', pick(contacts));
    if (at % 3 !== 0 && companies.length > 0) store.link('leads', id, 'companies', pick(companies));
  }
  for (let at = 0; at < options.opportunities; at += 1) {
    const stages = store.pipelines.deals ?? [];
    const pipeline = pick(stages);
    const values = {
      dealname: `Order ${at}`,
      pipeline: pipeline.id,
      dealstage: pick(pipeline.stages).id,
      amount: String(1000 + at),
      closedate: '2026-08-31T00:00:00Z',
    };
    const { id } = store.insert('deals', { ...values, hubspot_owner_id: owner(), hs_lastmodifieddate: old() });
    if (companies.length > 0) store.link('deals', id, 'companies', pick(companies));
  }
  const deals = store.rows('deals').map(({ id }) => id);
  for (let at = 0; at < options.tasks; at += 1) {
    const values = {
      hs_task_subject: `Follow up ${at}`,
      hs_task_status: pick(['NOT_STARTED', 'COMPLETED']),
      hs_task_priority: pick(['NONE', 'HIGH']),
    };
    const { id } = store.insert('tasks', {
      ...values,
      hs_task_type: 'TODO',
      hs_timestamp: '2026-06-15T08:00:00Z',
      hubspot_owner_id: owner(),
      hs_lastmodifieddate: old(),
    });
    if (companies.length > 0) store.link('tasks', id, 'companies', pick(companies));
    if (at % 2 === 0 && contacts.length > 0) store.link('tasks', id, 'contacts', pick(contacts));
    if (at % 3 === 0 && deals.length > 0) store.link('tasks', id, 'deals', pick(deals));
  }
}
