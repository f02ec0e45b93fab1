import { beforeEach, describe, expect, it } from 'vitest';
import { CREATABLE_OBJECTS, type NewRecord } from '@/lib/connectors/creation-contract';
import { type EspoTest, espoTest } from '../builders/espocrm';

const CRM = {
  seed: 11,
  accounts: 6,
  contacts: 6,
  leads: 6,
  opportunities: 6,
  tasks: 6,
  now: Date.parse('2026-06-01T09:00:00Z'),
  frozen: true,
};
const AS_USUAL = { allowDuplicate: false, assign: false };
const SINCE = '2026-06-01T09:00:00.000Z';
const newRecord = (object: NewRecord['object'], values: NewRecord['values']): NewRecord => ({
  object,
  recordTypeId: null,
  values,
  basis: null,
});

describe('writing to EspoCRM, over its real requests', () => {
  let crm: EspoTest;
  beforeEach(async () => {
    crm = await espoTest(CRM);
  });
  const writer = () => crm.connector.writer;
  const rows = (type: string) => crm.sandbox.store.rows(type);
  const held = (type: string, id: string) => rows(type).find((row) => row.id === id);
  const create = (record: NewRecord, options = AS_USUAL) => writer().create({ record, tasks: [] }, options);

  describe('forms', () => {
    it.each(CREATABLE_OBJECTS)('describes %s with a short form that can be sent', async (object) => {
      const { fields, modelNames, deletable } = await writer().describe(object);
      expect(fields.filter(({ short }) => short).length).toBeGreaterThan(3);
      expect(new Set(fields.map(({ name }) => name)).isSupersetOf(new Set(Object.values(modelNames)))).toBe(true);
      expect(fields.map(({ name }) => name)).not.toContain('createdAt');
      expect(deletable).toBe(true);
    });

    it('takes labels, options, defaults and what is required from EspoCRM, also of fields of its own', async () => {
      const named = async (object: 'account' | 'lead' | 'task' | 'opportunity', name: string) =>
        (await writer().describe(object)).fields.find((field) => field.name === name);
      expect(await named('account', 'cSegment')).toMatchObject({
        label: 'Segment',
        help: 'Ask sales if in doubt.',
        type: 'picklist',
        options: [{ value: 'Small' }, { value: 'Large' }],
      });
      expect((await named('lead', 'industry'))?.options.map(({ value }) => value)).toContain('Software');
      expect(await named('lead', 'status')).toMatchObject({ defaultValue: 'New', restricted: true });
      expect(await named('opportunity', 'amount')).toMatchObject({ required: true, type: 'number' });
      expect(await named('task', 'assignedUserId')).toMatchObject({ required: true, defaultValue: crm.sandbox.apiUserId });
    });

    it('leaves out what the role does not let one set, and refuses an object that it does not let one create', async () => {
      crm.sandbox.rights.fields.Account = { industry: { read: 'yes', edit: 'no' }, website: { read: 'no', edit: 'no' } };
      const names = (await writer().describe('account')).fields.map(({ name }) => name);
      expect(names).not.toContain('industry');
      expect(names).not.toContain('website');
      const { Lead } = crm.sandbox.rights.scopes;
      if (Lead) Lead.create = 'no';
      await expect(writer().describe('lead')).rejects.toMatchObject({ code: 'crm.forbidden' });
    });
  });

  it.each([
    newRecord('lead', { lastName: 'Heron', accountName: 'Heron Ferries' }),
    newRecord('contact', { lastName: 'Kestrel', emailAddress: 'k@kestrel.example' }),
    newRecord('account', { name: 'Heron Ferries', website: 'https://heron.example' }),
    newRecord('opportunity', { name: 'Ferry', stage: 'Prospecting', closeDate: '2026-07-01', amount: 100.5 }),
  ])('creates a $object, finds it again by what was sent, and takes it back', async (record) => {
    const outcome = await create(record);
    expect(outcome).toMatchObject({ kind: 'created', taskIds: [], doubles: [] });
    if (outcome.kind !== 'created') return;
    expect(await writer().findCreated(record, SINCE)).toEqual([outcome.id]);
    expect(await writer().remove(record.object, outcome.id)).toBe(true);
    expect(await writer().remove(record.object, outcome.id)).toBe(true);
    expect(await writer().findCreated(record, SINCE)).toEqual([]);
  });

  it('creates a Task below a record of whatever kind, and finds out which', async () => {
    const deal = rows('Opportunity')[0]?.id ?? '';
    const outcome = await create(newRecord('task', { name: 'Write', parentId: deal, assignedUserId: crm.sandbox.apiUserId }));
    expect(outcome).toMatchObject({ kind: 'created' });
    if (outcome.kind === 'created') expect(held('Task', outcome.id)).toMatchObject({ parentType: 'Opportunity', parentId: deal });
  });

  it('creates a Contact with its Task, which belongs to who sends it', async () => {
    const record = newRecord('contact', { lastName: 'Kestrel' });
    const outcome = await writer().create({ record, tasks: [{ name: 'Call' }] }, AS_USUAL);
    expect(outcome).toMatchObject({ kind: 'created' });
    if (outcome.kind !== 'created') return;
    expect(held('Task', outcome.taskIds[0] ?? '')).toMatchObject({
      parentType: 'Contact',
      parentId: outcome.id,
      assignedUserId: crm.sandbox.apiUserId,
    });
  });

  it('takes a record back whose Task is refused', async () => {
    const record = newRecord('contact', { lastName: 'Halfway' });
    const outcome = await writer().create({ record, tasks: [{ name: 'Call', priority: 'Whenever' }] }, AS_USUAL);
    expect(outcome).toMatchObject({ kind: 'invalid', fieldErrors: {}, formErrors: [expect.stringContaining('priority')] });
    expect(rows('Contact').some(({ lastName }) => lastName === 'Halfway')).toBe(false);
  });

  it('writes the basis of a person below what was typed as description', async () => {
    const basis = { kind: 'consent', note: '[Basis] Art. 6(1)(a)', recordedOn: '2026-06-01', place: null } as const;
    const outcome = await create({ ...newRecord('lead', { lastName: 'Heron', description: 'Typed.' }), basis });
    if (outcome.kind !== 'created') throw new Error(outcome.kind);
    expect(held('Lead', outcome.id)?.description).toBe('Typed.\n\n[Basis] Art. 6(1)(a)');
  });

  it('gives what speaks against a record beside its field, one complaint at a time', async () => {
    const first = await create(newRecord('opportunity', { name: 'Ferry' }));
    expect(first).toMatchObject({ kind: 'invalid', fieldErrors: { amount: expect.stringContaining('required') } });
    const second = await create(newRecord('opportunity', { name: 'Ferry', amount: 1 }));
    expect(second).toMatchObject({ kind: 'invalid', fieldErrors: { closeDate: expect.stringContaining('required') } });
    const task = await create(newRecord('task', { name: 'Write' }));
    expect(task).toMatchObject({ kind: 'invalid', fieldErrors: { assignedUserId: expect.stringContaining('required') } });
  });

  it('names duplicates, and creates in spite of them when it is told to', async () => {
    const record = newRecord('lead', { firstName: 'Tess', lastName: 'Twin', emailAddress: 'twin@twin.example' });
    await create(record);
    expect(await create(record)).toMatchObject({
      kind: 'duplicates',
      allowSave: true,
      matches: [{ object: 'Lead', kind: 'lead', values: { emailAddress: 'twin@twin.example' } }],
    });
    expect(await create(record, { ...AS_USUAL, allowDuplicate: true })).toMatchObject({ kind: 'created' });
  });

  it.each([
    ['the connection breaks', { kind: 'drop' }],
    ['the answer is cut off', { kind: 'truncate' }],
    ['a proxy answers instead', { kind: 'maintenance' }],
  ] as const)('is unclear when %s, sends nothing twice, and finds out by looking', async (_, fault) => {
    const record = newRecord('lead', { lastName: 'Lost', accountName: 'Lost & Found' });
    await writer().describe('lead');
    crm.sandbox.faults.next({ ...fault, match: { method: 'POST' } });
    await expect(create(record)).rejects.toMatchObject({ code: 'create.unclear' });
    expect(crm.sandbox.log.matching(/^POST/)).toHaveLength(1);
    expect((await writer().findCreated(record, SINCE)).length).toBe(
      rows('Lead').filter(({ lastName }) => lastName === 'Lost').length,
    );
  });

  it('says that the key has ended, or that the role has', async () => {
    const record = newRecord('lead', { lastName: 'Late' });
    await writer().describe('lead');
    const { Lead } = crm.sandbox.rights.scopes;
    if (Lead) Lead.create = 'no';
    await expect(create(record)).rejects.toMatchObject({ code: 'crm.forbidden' });
    crm.sandbox.settings.apiKey = 'another';
    await expect(create(record)).rejects.toMatchObject({ code: 'auth.reconnect' });
  });

  it('does not delete what the role does not let it delete', async () => {
    const { Lead } = crm.sandbox.rights.scopes;
    if (Lead) Lead.delete = 'no';
    expect(await writer().remove('lead', rows('Lead')[0]?.id ?? '')).toBe(false);
    expect((await writer().describe('lead')).deletable).toBe(false);
  });

  describe('changing a record', () => {
    const id = () => rows('Opportunity')[0]?.id ?? '';
    const change = (stage: string, readAt: string | null) => writer().update('opportunity', id(), { stage }, readAt);

    it('changes it, but not over what somebody else has changed since', async () => {
      expect(await change('Qualification', SINCE)).toEqual({ kind: 'updated' });
      expect(held('Opportunity', id())).toMatchObject({ stage: 'Qualification' });
      expect(await change('Prospecting', '2020-01-01T00:00:00.000Z')).toMatchObject({
        kind: 'conflict',
        current: { stage: 'Qualification' },
      });
      expect(await change('Prospecting', null)).toEqual({ kind: 'updated' });
    });

    it('is told by EspoCRM of a change that came between reading and writing', async () => {
      let isBetween = true;
      crm = await espoTest(CRM, {
        beforeRequest: (request) => {
          if (!request.startsWith('PUT') || !isBetween) return;
          isBetween = false;
          crm.sandbox.store.clock.advance(60_000);
          crm.sandbox.store.update('Opportunity', id(), { stage: 'Negotiation' });
        },
      });
      expect(await change('Qualification', SINCE)).toMatchObject({ kind: 'conflict', current: { stage: 'Negotiation' } });
      expect(held('Opportunity', id())).toMatchObject({ stage: 'Negotiation' });
    });

    it('says that it is gone, and what speaks against a value', async () => {
      const deal = id();
      expect(await writer().update('opportunity', deal, { stage: 'Nowhere' }, null)).toMatchObject({
        kind: 'invalid',
        fieldErrors: { stage: expect.any(String) },
      });
      await writer().remove('opportunity', deal);
      expect(await writer().update('opportunity', deal, { stage: 'Proposal' }, SINCE)).toEqual({ kind: 'gone' });
      expect(await writer().update('opportunity', deal, { stage: 'Proposal' }, null)).toEqual({ kind: 'gone' });
    });
  });

  it('looks up records of each kind that a field may point to', async () => {
    const [account] = rows('Account');
    const hits = await writer().lookUp('contact', 'accountId', String(account?.name).slice(0, 4));
    expect(hits).toContainEqual(expect.objectContaining({ id: account?.id, object: 'Account', label: account?.name }));
    const parents = await writer().lookUp('task', 'parentId', 'Order');
    expect(new Set(parents.map(({ object }) => object))).toEqual(new Set(['Opportunity']));
  });
});
