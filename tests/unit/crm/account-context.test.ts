import { describe, expect, it } from 'vitest';
import {
  type AccountRecords,
  accountContext,
  type ContextOptions,
  leadItems,
  locationOf,
  pipelineOf,
} from '@/lib/crm/account-context';
import { record } from '../../builders/records';

const OPTIONS = { today: '2026-05-10', recordUrl: (object: string, id: string) => `https://crm/${object}/${id}` };

function contextOf(change: Partial<AccountRecords>, options: Partial<ContextOptions> = {}) {
  const records: AccountRecords = {
    account: record('account', 'a1', { name: 'Acme', currency: 'EUR' }),
    contacts: [],
    opportunities: [],
    tasks: [],
    leads: [],
    users: new Map(),
    family: { parent: null, children: [], childCount: 0 },
    ...change,
  };
  return accountContext(records, { ...OPTIONS, ...options });
}
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

describe('account context', () => {
  describe('the Account', () => {
    it('has the name of its owner when that user is in the copy', () => {
      const account = record('account', 'a1', { ownerId: 'u1' });
      expect(contextOf({ account, users: new Map([['u1', record('user', 'u1', { name: 'Olga' })]]) }).account.ownerName).toBe(
        'Olga',
      );
      expect(contextOf({ account }).account.ownerName).toBeNull();
    });

    it('links to its page in the CRM', () => {
      expect(contextOf({}).account.url).toBe('https://crm/account/a1');
    });

    it.each([
      ['Berlin', 'Germany', 'Berlin, Germany'],
      [null, 'Germany', 'Germany'],
      ['Berlin', null, 'Berlin'],
      ['', '', null],
      [null, null, null],
    ])('in %s, %s is at %s', (city, country, location) => {
      expect(locationOf(record('account', 'a1', { city, country }))).toBe(location);
    });
  });

  describe('opportunities', () => {
    it('leave out closed ones, won or lost', () => {
      const opportunities = [
        record('opportunity', 'won', { closed: true, won: true, amount: 10 }),
        record('opportunity', 'open', { amount: 5 }),
        record('opportunity', 'lost', { closed: true, amount: 20 }),
      ];
      const context = contextOf({ opportunities });
      expect(ids(context.opportunities)).toEqual(['open']);
      expect(context.pipeline).toEqual([{ amount: 5, currency: 'EUR' }]);
    });

    it('come by close date, those without one last', () => {
      const opportunities = [
        record('opportunity', 'o1', { closeOn: null }),
        record('opportunity', 'o3', { closeOn: '2026-07-01' }),
        record('opportunity', 'o2', { closeOn: '2026-07-01' }),
        record('opportunity', 'o4', { closeOn: '2025-07-01' }),
      ];
      expect(ids(contextOf({ opportunities }).opportunities)).toEqual(['o4', 'o2', 'o3', 'o1']);
    });

    it.each([
      ['2026-05-09', true],
      ['2026-05-10', false],
      ['2026-05-11', false],
      [null, false],
    ])('with the close date %s are overdue: %s', (closeOn, overdue) => {
      expect(contextOf({ opportunities: [record('opportunity', 'o', { closeOn })] }).opportunities[0]?.overdue).toBe(overdue);
    });

    it('take the currency of the Account when they have none, and have no amount when the CRM gives none', () => {
      const opportunities = [
        record('opportunity', 'o1', { amount: 0 }),
        record('opportunity', 'o2', { amount: 7, currency: 'USD' }),
        record('opportunity', 'o3', { amount: null, currency: 'USD' }),
      ];
      expect(contextOf({ opportunities }).opportunities.map(({ amount }) => amount)).toEqual([
        { amount: 0, currency: 'EUR' },
        { amount: 7, currency: 'USD' },
        null,
      ]);
    });
  });

  describe('the stage of an opportunity', () => {
    const at = (stage: string | null, stages?: string[]) =>
      contextOf({ opportunities: [record('opportunity', 'o', { stage })] }, stages ? { stages } : {}).opportunities[0]?.position;

    it('has its place among the stages of the org', () => {
      expect(at('Proposal', ['New', 'Proposal', 'Won', 'Lost'])).toEqual({ at: 2, of: 4 });
    });

    it('has none when the org does not name it, or describes no stages', () => {
      expect(at('Old stage', ['New', 'Won'])).toBeNull();
      expect(at('New')).toBeNull();
      expect(at(null, ['New'])).toBeNull();
    });
  });

  describe('owners', () => {
    it('are named with each person, deal and task', () => {
      const users = new Map([['u1', record('user', 'u1', { name: 'Olga' })]]);
      const owned = { ownerId: 'u1' };
      const context = contextOf({
        users,
        contacts: [record('contact', 'c', owned), record('contact', 'd', { ownerId: 'gone' })],
        opportunities: [record('opportunity', 'o', owned)],
        tasks: [record('task', 't', owned)],
        leads: [record('lead', 'l', owned)],
      });
      expect(context.contacts.map(({ ownerName }) => ownerName)).toEqual(['Olga', null]);
      const others = [context.opportunities[0], context.tasks[0], context.leads[0]];
      expect(others.map((one) => one?.ownerName)).toEqual(['Olga', 'Olga', 'Olga']);
    });
  });

  describe('activity', () => {
    it('is what was completed, won and lost, newest first, what has no day last', () => {
      const { activity } = contextOf({
        tasks: [
          record('task', 't1', { closed: true, dueOn: '2026-01-01', whoId: 'c1' }),
          record('task', 't2', { closed: false, dueOn: '2026-03-01' }),
          record('task', 't3', { closed: true }),
        ],
        contacts: [record('contact', 'c1', { name: 'Cora' })],
        opportunities: [
          record('opportunity', 'o1', { closed: true, won: true, closeOn: '2026-02-01', amount: 5 }),
          record('opportunity', 'o2', { closed: true, closeOn: '2025-02-01' }),
          record('opportunity', 'o3', { closeOn: '2026-02-01' }),
        ],
      });
      expect(activity.map(({ id, kind }) => [id, kind])).toEqual([
        ['o1', 'won'],
        ['t1', 'task'],
        ['o2', 'lost'],
        ['t3', 'task'],
      ]);
      expect(activity[0]?.amount).toEqual({ amount: 5, currency: 'EUR' });
      expect(activity[1]?.about).toBe('Cora');
    });

    it('ends after fifty, however much has happened', () => {
      const tasks = Array.from({ length: 80 }, (_, index) => record('task', `t${index}`, { closed: true, dueOn: '2026-01-01' }));
      expect(contextOf({ tasks }).activity).toHaveLength(50);
    });
  });

  it('has its parent and its children, those by name, each with a link, a place and an owner', () => {
    const users = new Map([['u1', record('user', 'u1', { name: 'Olga' })]]);
    const family = {
      parent: record('account', 'p', { name: 'Group', city: 'Ulm', country: 'Germany', ownerId: 'u1' }),
      children: [record('account', 'k2', { name: 'South' }), record('account', 'k1', { name: 'North' })],
      childCount: 30,
    };
    const context = contextOf({ users, family }).family;
    expect(context.parent).toMatchObject({
      name: 'Group',
      location: 'Ulm, Germany',
      ownerName: 'Olga',
      url: 'https://crm/account/p',
    });
    expect(context.children.map(({ name }) => name)).toEqual(['North', 'South']);
    expect(context.childCount).toBe(30);
  });

  describe('pipeline', () => {
    it('is added up by currency, largest first', () => {
      const deals = [
        record('opportunity', 'o1', { amount: 100, currency: 'USD' }),
        record('opportunity', 'o2', { amount: 50, currency: 'EUR' }),
        record('opportunity', 'o3', { amount: 75 }),
        record('opportunity', 'o4', { amount: null, currency: 'CHF' }),
        record('opportunity', 'o5', { amount: 999, currency: 'EUR', closed: true }),
      ];
      expect(pipelineOf(deals, 'EUR')).toEqual([
        { amount: 125, currency: 'EUR' },
        { amount: 100, currency: 'USD' },
      ]);
    });

    it('has no currency when neither deal nor Account names one', () => {
      expect(pipelineOf([record('opportunity', 'o1', { amount: 3 })], null)).toEqual([{ amount: 3, currency: null }]);
    });

    it('comes in the same order when two currencies have the same sum', () => {
      const eur = record('opportunity', 'o1', { amount: 5, currency: 'EUR' });
      const usd = record('opportunity', 'o2', { amount: 5, currency: 'USD' });
      const bare = record('opportunity', 'o3', { amount: 5 });
      expect(pipelineOf([usd, bare, eur], null)).toEqual(pipelineOf([eur, usd, bare], null));
    });
  });

  describe('tasks', () => {
    it('leave out closed ones and come by due date, those without one last', () => {
      const tasks = [
        record('task', 't1', { dueOn: null }),
        record('task', 't2', { dueOn: '2026-05-09' }),
        record('task', 't3', { dueOn: '2026-01-01', closed: true }),
        record('task', 't4', { dueOn: '2026-05-10' }),
      ];
      const context = contextOf({ tasks });
      expect(ids(context.tasks)).toEqual(['t2', 't4', 't1']);
      expect(context.tasks.map(({ overdue }) => overdue)).toEqual([true, false, false]);
    });

    it('say by name whom they are about, the person before the thing', () => {
      const context = contextOf({
        contacts: [record('contact', 'c1', { name: 'Cora' })],
        leads: [record('lead', 'l1', { name: 'Leo' })],
        opportunities: [record('opportunity', 'o1', { name: 'Big deal', closed: true })],
        tasks: [
          record('task', 't1', { whoId: 'c1', whatId: 'o1' }),
          record('task', 't2', { whoId: 'l1' }),
          record('task', 't3', { whatId: 'o1' }),
          record('task', 't4', { whatId: 'a1' }),
          record('task', 't5', { whoId: 'gone', whatId: 'gone too' }),
          record('task', 't6'),
        ],
      });
      expect(context.tasks.map(({ about }) => about)).toEqual(['Cora', 'Leo', 'Big deal', 'Acme', null, null]);
    });
  });

  describe('contacts', () => {
    it('come by last touch, then by name, then by id, whatever order the copy gives them in', () => {
      const contacts = [
        record('contact', 'c5', { name: 'Zoe', lastActivityOn: '2026-05-01' }),
        record('contact', 'c4', { name: 'Ann' }),
        record('contact', 'c3', { name: 'Ann' }),
        record('contact', 'c2', { name: 'Ann', lastActivityOn: '2026-04-30' }),
        record('contact', 'c1', { name: 'Bob' }),
      ];
      const expected = ['c5', 'c2', 'c3', 'c4', 'c1'];
      expect(ids(contextOf({ contacts }).contacts)).toEqual(expected);
      expect(ids(contextOf({ contacts: contacts.toReversed() }).contacts)).toEqual(expected);
    });

    it('say that they are not to be called or written to', () => {
      const contacts = [record('contact', 'c1', { doNotCall: true, emailOptOut: true, mobile: '1' })];
      expect(contextOf({ contacts }).contacts[0]).toMatchObject({ doNotCall: true, emailOptOut: true, mobile: '1' });
    });
  });

  describe('leads', () => {
    it('leave out converted ones and come by name, then by id', () => {
      const leads = [
        record('lead', 'l3', { name: 'Ann' }),
        record('lead', 'l2', { name: 'Zoe' }),
        record('lead', 'l1', { name: 'Bob', converted: true }),
        record('lead', 'l0', { name: 'Ann' }),
      ];
      expect(ids(leadItems(leads, new Map(), OPTIONS))).toEqual(['l0', 'l3', 'l2']);
      expect(ids(contextOf({ leads }).leads)).toEqual(['l0', 'l3', 'l2']);
    });

    it('have no mobile number and no last activity, which the CRM does not keep for them', () => {
      expect(leadItems([record('lead', 'l1', { company: 'Acme', status: 'New' })], new Map(), OPTIONS)[0]).toMatchObject({
        company: 'Acme',
        status: 'New',
        mobile: null,
        lastActivityOn: null,
      });
    });
  });

  describe('given fields that the user has added', () => {
    const extra = { account: [{ name: 'Tier__c', label: 'Tier' }], task: [{ name: 'Effort__c', label: 'Effort' }] };

    it('shows those that have a value, under their label, with each record', () => {
      const account = { ...record('account', 'a1'), custom: { Tier__c: 'Gold', Other__c: 'not chosen' } };
      const tasks = [{ ...record('task', 't1'), custom: { Effort__c: 0 } }, record('task', 't2')];
      const context = contextOf({ account, tasks }, { extra });
      expect(context.account.extra).toEqual([{ label: 'Tier', value: 'Gold' }]);
      expect(context.tasks.map((task) => task.extra)).toEqual([[{ label: 'Effort', value: 0 }], undefined]);
    });

    it('leaves out what is empty', () => {
      const account = { ...record('account', 'a1'), custom: { Tier__c: '' } };
      expect(contextOf({ account }, { extra }).account.extra).toEqual([]);
    });
  });

  it('marks what a live answer has brought or changed, and nothing else', () => {
    const contacts = [record('contact', 'c1', { name: 'A' }), record('contact', 'c2', { name: 'B' })];
    const leads = [record('lead', 'l1')];
    const fresh = new Map([
      ['c2', 'new'],
      ['l1', 'changed'],
    ] as const);
    const context = contextOf({ contacts, leads }, { fresh });
    expect(context.contacts.map((contact) => contact.fresh)).toEqual([undefined, 'new']);
    expect(context.leads[0]?.fresh).toBe('changed');
    expect(context.account.fresh).toBeUndefined();
  });

  it('changes nothing of what it was given', () => {
    const opportunities = Object.freeze([record('opportunity', 'o2'), record('opportunity', 'o1')]);
    const contacts = Object.freeze([record('contact', 'c2'), record('contact', 'c1')]);
    const tasks = Object.freeze([record('task', 't2'), record('task', 't1')]);
    const leads = Object.freeze([record('lead', 'l2'), record('lead', 'l1')]);
    expect(ids(contextOf({ opportunities, contacts, tasks, leads }).tasks)).toEqual(['t1', 't2']);
  });
});
