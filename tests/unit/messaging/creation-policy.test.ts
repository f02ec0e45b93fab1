import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connections } from '@/entrypoints/background/connections';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createCreationHandlers } from '@/entrypoints/background/creation-handlers';
import { createOutboxHandlers } from '@/entrypoints/background/outbox-handlers';
import { createOutboxes } from '@/entrypoints/background/outboxes';
import { createRecordChanges } from '@/entrypoints/background/record-changes';
import { createRecordForms } from '@/entrypoints/background/record-forms';
import type { CreatableObject, RecordWriter } from '@/lib/connectors/creation-contract';
import { NO_LIMITS, type SelectionLimits } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { RequestName } from '@/lib/messaging/protocol';
import { createRouter, type Handlers } from '@/lib/messaging/router';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { CONTRACT } from '../../builders/basis';
import { described, describedObject, picklist } from '../../builders/description';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { memoryWriter } from '../../fakes/memory-writer';
import { SELF, SENDERS } from './roles';

vi.mock('wxt/browser', () => ({
  browser: {
    alarms: { create: async () => undefined, clear: async () => true },
    runtime: { getPlatformInfo: async () => ({}) },
  },
}));

type Sender = keyof typeof SENDERS;
const ROLES = Object.keys(SENDERS) as Sender[];
/** Written down once more, not taken from the product: who may ask about new records at all. */
const BESIDE: readonly Sender[] = ['popup', 'sidepanel'];

const FIELDS: Record<CreatableObject, ReturnType<typeof describedObject>> = {
  lead: describedObject(
    [described('LastName', { required: true }), described('Company', { required: true }), described('Phone')],
    {
      modelNames: { lastName: 'LastName', company: 'Company', phone: 'Phone' },
    },
  ),
  contact: describedObject([described('LastName', { required: true }), described('ReportsToId', { type: 'reference' })], {
    object: 'contact',
    modelNames: { lastName: 'LastName' },
  }),
  account: describedObject([described('Name', { required: true })], { object: 'account', modelNames: { name: 'Name' } }),
  opportunity: describedObject([described('StageName', { type: 'picklist', options: picklist(['Won']) })], {
    object: 'opportunity',
    modelNames: { stage: 'StageName' },
  }),
  task: describedObject([described('Subject'), described('ActivityDate', { type: 'date' })], {
    object: 'task',
    modelNames: { subject: 'Subject', dueOn: 'ActivityDate' },
  }),
};

const c1 = { connectionId: 'c1' };
const draft = (object: CreatableObject, values: Record<string, string>, draftId = 'd1') => ({
  ...{ ...c1, draftId, object, recordTypeId: null, values, basis: CONTRACT, source: null, assign: false },
});

describe('what the organisation does not allow, asked for from everywhere', () => {
  let limits: SelectionLimits;
  let calls: string[];
  let crm: ReturnType<typeof memoryWriter>;
  let send: (from: Sender, name: RequestName, payload: object) => Promise<unknown>;

  beforeEach(async () => {
    limits = NO_LIMITS;
    calls = [];
    const clock = fakeClock();
    crm = memoryWriter(clock);
    vi.stubGlobal('navigator', {
      language: 'en',
      onLine: true,
      locks: { request: async (_: string, __: unknown, work: (lock: object) => unknown) => work({}) },
    });
    const { store, db, root } = await testStore({ ...placement, lines: SEARCH_LINES });
    for (const object of ['lead', 'opportunity', 'task'] as const) {
      await store.apply({ object, upserts: [record(object, `${object}1`, {})], deletions: [], newBefore: null });
    }
    const told = <T>(name: string, answer: T): T => {
      calls.push(name);
      return answer;
    };
    const writer: RecordWriter = {
      ...crm.writer,
      describe: async (object) => FIELDS[object],
      lookUp: async () => told('lookUp', []),
      update: async () => told('update', { kind: 'updated' as const }),
      convertLead: async () => told('convertLead', { accountId: 'a1', contactId: 'c1' }),
    };
    const live = {
      entry: { id: 'c1', crm: 'salesforce' },
      profile: { orgName: 'Acme' },
      connector: { writer, read: async () => null, recordUrl: (_: string, id: string) => id },
      copy: { store, boxes: createSealedBoxes(db, createCipher(root), 'c1') },
      runner: { overtaken: createOvertaken(clock) },
    } as unknown as LiveConnection;
    const connections = { get: async () => live, ready: async () => [live] } as unknown as Connections;
    const forms = createRecordForms(clock.now, async () => limits);
    const nothing = () => undefined;
    const outboxes = createOutboxes({ connections, forms, clock, onChange: nothing, onCopied: nothing, onSettled: nothing });
    const changes = createRecordChanges(forms, nothing, async () => undefined);
    const noSite = { siteInFront: async () => null, isSilenced: async () => false };
    const handlers = {
      ...createCreationHandlers({ connections, forms, changes, ...noSite }),
      ...createOutboxHandlers({ connections, outboxes, forms, clock, onChange: nothing }),
    } as unknown as Handlers;
    const route = createRouter(handlers, SELF, nothing, async () => false);
    send = async (from, name, payload) => route({ sidelight: 1, name, payload }, SENDERS[from]);
  });

  const refusedFor = (from: Sender) => ({ ok: false, code: BESIDE.includes(from) ? 'policy.refused' : 'message.refused' });

  /** Every request by which something of a kind of records that is not allowed could be asked for or sent. */
  const OF_OBJECTS: readonly (readonly [name: RequestName, payload: object])[] = [
    ['creation.form', { connectionId: null, object: 'lead', tabId: null, text: null, link: null }],
    ['creation.form', { connectionId: 'c1', object: 'task', tabId: null, text: null, link: { kind: 'lead', id: 'lead1' } }],
    ['creation.lookUp', { ...c1, object: 'lead', field: 'Company', text: 'ac' }],
    ['creation.choice', { ...c1, object: 'lead' }],
    ['creation.choose', { ...c1, object: 'lead', short: ['LastName'] }],
    ['creation.changeable', { ...c1, object: 'opportunity' }],
    ['creation.change', { ...c1, object: 'opportunity', id: 'opportunity1', values: { stage: 'Won' }, force: true }],
    ['creation.convert', { ...c1, id: 'lead1', accountId: null }],
    ['creation.duplicates', { ...c1, object: 'lead', values: {} }],
    ['outbox.send', { ...draft('lead', { LastName: 'Castell', Company: 'Acme' }), duplicates: 'create' }],
    ['outbox.send', { ...draft('lead', { LastName: 'Castell' }), duplicates: { update: 'lead1' } }],
    ['outbox.send', { ...draft('lead', { LastName: 'Castell' }), duplicates: { use: 'lead1' } }],
  ];
  it.each(ROLES.flatMap((from) => OF_OBJECTS.map(([name, payload]) => ({ from, name, payload }))))(
    'refuses $name to the $from, and the CRM hears of nothing',
    async ({ from, name, payload }) => {
      limits = { objects: ['contact'], fields: {} };
      expect(await send(from, name, payload)).toEqual(refusedFor(from));
      expect([...calls, ...crm.calls]).toEqual([]);
    },
  );

  it('refuses to turn a Lead into a Contact where there may be Leads and no Contacts', async () => {
    limits = { objects: ['lead'], fields: {} };
    expect(await send('popup', 'creation.convert', { ...c1, id: 'lead1', accountId: null })).toEqual(refusedFor('popup'));
    expect(calls).toEqual([]);
  });

  it('says of which kinds there may be new records', async () => {
    limits = { objects: ['contact'], fields: {} };
    expect(await send('popup', 'creation.objects', {})).toEqual({ ok: true, value: ['contact', 'account'] });
  });

  const OF_FIELDS: readonly (readonly [name: RequestName, payload: object])[] = [
    ['creation.lookUp', { ...c1, object: 'contact', field: 'ReportsToId', text: 'ac' }],
    ['creation.change', { ...c1, object: 'opportunity', id: 'opportunity1', values: { stage: 'Won' }, force: true }],
    ['creation.change', { ...c1, object: 'task', id: 'task1', values: { dueOn: '2026-06-01' }, force: false }],
  ];
  it.each(ROLES.flatMap((from) => OF_FIELDS.map(([name, payload]) => ({ from, name, payload }))))(
    'refuses $name about a field to the $from, and the CRM hears of nothing',
    async ({ from, name, payload }) => {
      limits = { objects: null, fields: { contact: [], opportunity: [], task: [] } };
      expect(await send(from, name, payload)).toEqual(refusedFor(from));
      expect(calls).toEqual([]);
    },
  );

  it('shows what waits in the outbox all the same, so that it can be dropped', async () => {
    crm.answers.push({ kind: 'duplicates', message: 'There is one', allowSave: true, matches: [] });
    await send('popup', 'outbox.send', { ...draft('lead', { LastName: 'Castell', Company: 'Acme' }), duplicates: 'ask' });
    limits = { objects: ['contact'], fields: {} };
    expect(await send('popup', 'outbox.list', {})).toMatchObject({
      ok: true,
      value: [{ id: 'd1', needs: { kind: 'refused', code: 'policy.refused' } }],
    });
    expect(await send('popup', 'outbox.drop', { ...c1, id: 'd1' })).toMatchObject({ ok: true });
  });

  it.each(BESIDE)('sends no field that is not allowed, whatever the %s has put into the message', async (from) => {
    limits = { objects: null, fields: { lead: [] } };
    const typed = { LastName: 'Castell', Company: 'Acme', Phone: '+43 1 234', Salary__c: '1' };
    await send(from, 'outbox.send', { ...draft('lead', typed), duplicates: 'create' });
    expect(crm.records).toMatchObject([{ object: 'lead', values: { LastName: 'Castell', Company: 'Acme' } }]);
    expect(crm.records[0]?.values).not.toHaveProperty('Phone');
    expect(crm.records[0]?.values).not.toHaveProperty('Salary__c');
  });

  it.each(BESIDE)('lets the %s put no link into a field that is not allowed', async (from) => {
    await send(from, 'outbox.send', { ...draft('account', { Name: 'Acme' }, 'first'), duplicates: 'create' });
    limits = { objects: null, fields: { contact: [] } };
    const followUp = { entryId: 'first', field: 'ReportsToId' };
    await send(from, 'outbox.send', { ...draft('contact', { LastName: 'Castell' }), followUp, duplicates: 'create' });
    expect(crm.records.map(({ object }) => object)).toEqual(['account']);
  });
});
