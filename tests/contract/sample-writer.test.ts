import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector } from '@/lib/connectors/connector';
import { CREATABLE_OBJECTS, type CreateValues, type NewRecord } from '@/lib/connectors/creation-contract';
import { createSampleConnector, SAMPLE_USER_ID } from '@/lib/connectors/sample';
import { recordValues } from '@/lib/creation/record-values';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { RecordStore } from '@/lib/storage/record-store';
import { runSync } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { sampleKeeper } from '../builders/sample';
import { testStore } from '../builders/store';
import { DAY } from './salesforce-scene';

const ADDED = '2026-06-01T09:00:00.000Z';
const AS_USUAL = { allowDuplicate: false, assign: false };
/** What somebody types for each object, by the sample's names. */
const TYPED = {
  lead: { firstName: 'Lotte', lastName: 'Probe', company: 'Probe AG', email: 'lotte@probe.example' },
  contact: { lastName: 'Probe', accountId: 'sample-account-1' },
  account: { name: 'Probe AG', website: 'https://probe.example' },
  opportunity: { name: 'Pumps', stage: 'Closed Won', closeOn: '2026-07-01', amount: '1200', accountId: 'sample-account-1' },
  task: { subject: 'Call', dueOn: '2026-06-02', status: 'Completed', whatId: 'sample-account-1' },
} as const;

let keeper: ReturnType<typeof sampleKeeper>;
let now: number;
let connector: Connector;

/** The connector as a worker finds it that has just been started. */
const restart = () => {
  connector = createSampleConnector({ connectionId: 'c1', since: ADDED, keeper, clock: { now: () => now } });
};

beforeEach(() => {
  keeper = sampleKeeper();
  now = Date.parse(ADDED) + 60_000;
  restart();
});

const writer = () => connector.writer;
const newRecord = (object: NewRecord['object'], values: CreateValues): NewRecord => ({
  object,
  recordTypeId: null,
  values,
  basis: null,
});
const held = (object: ObjectKind, id: string) => connector.read(object, id, FIELDS);
const FIELDS = [
  'name',
  'company',
  'email',
  'accountId',
  'website',
  'stage',
  'closed',
  'won',
  'probability',
  'amount',
  'ownerId',
  'subject',
  'whoId',
  'whatId',
  'status',
];

async function created(object: NewRecord['object'], values: CreateValues, tasks: CreateValues[] = []) {
  const outcome = await writer().create({ record: newRecord(object, values), tasks }, AS_USUAL);
  if (outcome.kind !== 'created') throw new Error(outcome.kind);
  return outcome;
}

describe('creating records in the sample CRM', () => {
  it.each(CREATABLE_OBJECTS)(
    'takes a %s as its own form sends it, and keeps it when the worker is started anew',
    async (object) => {
      const description = await writer().describe(object);
      const { values, problems } = recordValues(description, null, TYPED[object], 'en');
      expect(problems).toEqual({});
      const { id } = await created(object, values);
      restart();
      expect(await held(object, id)).toMatchObject({ object, id, connectionId: 'c1', fields: { ownerId: SAMPLE_USER_ID } });
      expect(await writer().findCreated(newRecord(object, values), new Date(now).toISOString())).toEqual([id]);
      expect(await writer().remove(object, id)).toBe(true);
      expect(await writer().remove(object, id)).toBe(true);
      expect(await held(object, id)).toBeNull();
      expect(await writer().findCreated(newRecord(object, values), new Date(now).toISOString())).toEqual([]);
      expect(connector.calls()).toBe(0);
    },
  );

  it.each(CREATABLE_OBJECTS)('describes a %s by the names of the domain model, with a short form', async (object) => {
    const { fields, modelNames, deletable } = await writer().describe(object);
    expect(fields.filter(({ required }) => required).every(({ short }) => short)).toBe(true);
    expect(Object.entries(modelNames).every(([model, name]) => model === name)).toBe(true);
    expect(deletable).toBe(true);
  });

  it('works out what follows from what was typed', async () => {
    const lead = await created('lead', { firstName: 'Lotte', lastName: 'Probe', company: 'Probe AG' });
    expect((await held('lead', lead.id))?.fields).toMatchObject({ name: 'Lotte Probe' });
    const deal = await created('opportunity', { ...TYPED.opportunity, amount: 1200 });
    expect((await held('opportunity', deal.id))?.fields).toMatchObject({ closed: true, won: true, probability: 100 });
    const task = await created('task', TYPED.task);
    expect((await held('task', task.id))?.fields).toMatchObject({ closed: true, accountId: 'sample-account-1' });
  });

  it('creates Tasks beside a record, of the same Account', async () => {
    const { id, taskIds } = await created('contact', TYPED.contact, [{ subject: 'Inform' }]);
    expect((await held('task', taskIds[0] ?? ''))?.fields).toMatchObject({
      whoId: id,
      accountId: 'sample-account-1',
      subject: 'Inform',
    });
  });

  it('has the basis of a person below its description, and finds it again', async () => {
    const basis = { kind: 'consent', note: '[Basis]', recordedOn: '2026-06-01', place: null } as const;
    const record = { ...newRecord('lead', { lastName: 'Probe', company: 'Probe AG' }), basis };
    await writer().create({ record, tasks: [] }, AS_USUAL);
    expect(await writer().findCreated(record, ADDED)).toHaveLength(1);
    expect(await writer().findCreated({ ...record, basis: null }, ADDED)).toEqual([]);
  });

  it('finds two that are alike, the older first, and none from before', async () => {
    const first = await created('account', TYPED.account);
    now += 3_600_000;
    const second = await created('account', TYPED.account);
    expect(second.id).not.toBe(first.id);
    const record = newRecord('account', TYPED.account);
    await writer().update('account', first.id, { city: 'Kiel' }, null);
    expect(await writer().findCreated(record, ADDED)).toEqual([first.id, second.id]);
    expect(await writer().findCreated(record, new Date(now).toISOString())).toEqual([second.id]);
  });

  it('creates nothing when it cannot be kept', async () => {
    keeper.fail = new Error('the disk is full');
    await expect(created('account', TYPED.account)).rejects.toThrow('the disk is full');
    expect(await writer().findCreated(newRecord('account', TYPED.account), ADDED)).toEqual([]);
    const { id } = await created('account', TYPED.account);
    expect(await held('account', id)).not.toBeNull();
  });

  it('keeps both of two that are created at once', async () => {
    const [one, two] = await Promise.all([created('account', { name: 'One' }), created('account', { name: 'Two' })]);
    restart();
    expect(await held('account', one.id)).toMatchObject({ fields: { name: 'One' } });
    expect(await held('account', two.id)).toMatchObject({ fields: { name: 'Two' } });
  });

  it('refuses a field that none of its forms has', async () => {
    await expect(created('lead', { lastName: 'Probe', constructor: 'x' })).rejects.toMatchObject({ code: 'crm.refused' });
  });

  it('looks up records by the beginning of a word of their name', async () => {
    const { id } = await created('account', { name: 'Nordlicht Probe' });
    expect(await writer().lookUp('contact', 'accountId', 'prob')).toContainEqual(
      expect.objectContaining({ id, label: 'Nordlicht Probe' }),
    );
    expect(await writer().lookUp('contact', 'accountId', 'icht')).toEqual([]);
    expect(await writer().lookUp('contact', 'email', 'a')).toEqual([]);
  });
});

describe('changing records of the sample CRM', () => {
  it('changes one of the package, but not over what was changed since', async () => {
    const before = await held('opportunity', 'sample-opportunity-1');
    const readAt = before?.modifiedAt ?? '';
    const change = (stage: string, at: string | null) => writer().update('opportunity', 'sample-opportunity-1', { stage }, at);
    expect(await change('Closed Lost', readAt)).toEqual({ kind: 'updated' });
    restart();
    expect((await held('opportunity', 'sample-opportunity-1'))?.fields).toMatchObject({
      stage: 'Closed Lost',
      closed: true,
      won: false,
    });
    expect(await change('Proposal', readAt)).toMatchObject({ kind: 'conflict', current: { stage: 'Closed Lost' } });
    expect(await change('Proposal', null)).toEqual({ kind: 'updated' });
    await writer().remove('opportunity', 'sample-opportunity-1');
    expect(await change('Proposal', null)).toEqual({ kind: 'gone' });
  });

  it('has a later stamp after each change, though the clock stands', async () => {
    const change = (name: string) => writer().update('account', 'sample-account-1', { name }, null);
    await change('A');
    const first = (await held('account', 'sample-account-1'))?.modifiedAt ?? '';
    await change('B');
    expect((await held('account', 'sample-account-1'))?.modifiedAt.localeCompare(first)).toBe(1);
  });

  it('turns a Lead into a Contact of a new Account, and its Tasks come along', async () => {
    const { id, taskIds } = await created('lead', { ...TYPED.lead, website: 'https://probe.example' }, [{ subject: 'Call' }]);
    const result = await writer().convertLead(id, { accountId: null });
    if ('invalid' in result) throw new Error(result.invalid);
    expect(await held('account', result.accountId)).toMatchObject({
      fields: { name: 'Probe AG', website: 'https://probe.example' },
    });
    expect(await held('contact', result.contactId)).toMatchObject({
      fields: { name: 'Lotte Probe', email: 'lotte@probe.example', accountId: result.accountId },
    });
    expect(await held('task', taskIds[0] ?? '')).toMatchObject({
      fields: { whoId: result.contactId, accountId: result.accountId },
    });
    expect(await held('lead', id)).toBeNull();
    await expect(writer().convertLead(id, { accountId: null })).rejects.toMatchObject({ code: 'record.missing' });
  });

  it('turns a Lead into a Contact of an Account that is there', async () => {
    const result = await writer().convertLead('sample-lead-1', { accountId: 'sample-account-1' });
    expect(result).toMatchObject({ accountId: 'sample-account-1' });
  });
});

describe('the copy of a sample that was changed', () => {
  let store: RecordStore;
  let selection: Selection;
  beforeEach(async () => {
    store = (await testStore(placement)).store;
    selection = defaultSelection();
    await sync();
  });

  async function sync() {
    now += DAY;
    restart();
    const report = newReport();
    await runSync({
      ...{ connector, store, selection, clock: { now: () => now }, batchRecords: 20_000, approved: new Set(), report },
      ...{ overtaken: () => false, onProgress: () => undefined, signal: new AbortController().signal },
    });
    return report;
  }
  const copied = async (object: ObjectKind): Promise<AnyRecord[]> => {
    const all: AnyRecord[] = [];
    // The store gives records of the object that it is asked for, which TypeScript cannot follow through the union.
    for await (const records of store.all(object)) all.push(...(records as unknown as AnyRecord[]));
    return all;
  };

  it('has with the next sync what was made, changed and deleted, and nothing else anew', async () => {
    const { id } = await created('lead', TYPED.lead);
    await writer().update('account', 'sample-account-1', { name: 'Renamed' }, null);
    await writer().remove('task', 'sample-task-1');
    const { objects } = await sync();
    const sums = Object.fromEntries(OBJECTS.map((object) => [object, [objects[object]?.received, objects[object]?.deleted]]));
    expect(sums).toEqual({ user: [0, 0], account: [1, 0], contact: [0, 0], lead: [1, 0], opportunity: [0, 0], task: [0, 1] });
    expect((await copied('lead')).map((record) => record.id)).toContain(id);
    expect(await store.get('account', 'sample-account-1')).toMatchObject({ fields: { name: 'Renamed' } });
    expect(await store.get('task', 'sample-task-1')).toBeNull();
    expect((await sync()).objects.lead).toMatchObject({ received: 0, deleted: 0 });
  });

  it('loses a Lead that was converted without counting it as deleted, and holds nothing back', async () => {
    await writer().convertLead('sample-lead-1', { accountId: 'sample-account-1' });
    const report = await sync();
    expect(report).toMatchObject({ held: [] });
    expect(await store.get('lead', 'sample-lead-1')).toBeNull();
    expect(report.objects.contact?.received).toBe(1);
  });

  it('shows a new record on its Account at once', async () => {
    const { id } = await created('contact', TYPED.contact);
    const since = null;
    const wants = OBJECTS.map((object) => ({ object, selection: selection.objects[object], scope: selection.scope, since }));
    const pull = await connector.open(wants, { signal: new AbortController().signal, reserve: 0 });
    for await (const page of pull.pages('contact')) expect(page.records.map((record) => record.id)).toContain(id);
  });

  it('has the new records of the user alone when only those are wanted', async () => {
    const mine = await created('account', { name: 'Mine' });
    const theirs = await created('account', { name: 'Theirs', ownerId: 'sample-user-1' });
    selection.scope.owner = 'mine';
    await sync();
    const ids = (await copied('account')).map((record) => record.id);
    expect(ids).toContain(mine.id);
    expect(ids).not.toContain(theirs.id);
  });
});
