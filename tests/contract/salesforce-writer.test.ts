import { beforeEach, describe, expect, it } from 'vitest';
import { CREATABLE_OBJECTS, type NewRecord } from '@/lib/connectors/creation-contract';
import { type SalesforceTest, salesforceTest } from '../builders/salesforce';

const ORG = { seed: 11, accounts: 6, contacts: 6, leads: 6, opportunities: 6, tasks: 6, now: Date.parse('2026-06-01T09:00:00Z') };
const AS_USUAL = { allowDuplicate: false, assign: false };
const newRecord = (object: NewRecord['object'], values: NewRecord['values']): NewRecord => ({
  object,
  recordTypeId: null,
  values,
  basis: null,
});

describe('writing to Salesforce, over its real requests', () => {
  let crm: SalesforceTest;
  beforeEach(async () => {
    crm = await salesforceTest(ORG);
  });
  const writer = () => crm.connector.writer;
  const rows = (object: string) => [...crm.sandbox.org.rows(object)];
  const held = (object: string, id: string) => rows(object).find((row) => row.Id === id);

  it.each(CREATABLE_OBJECTS)('describes %s with a short form that can be sent', async (object) => {
    const { fields, modelNames, deletable } = await writer().describe(object);
    expect(fields.filter(({ short }) => short).length).toBeGreaterThan(3);
    expect(new Set(fields.map(({ name }) => name)).isSupersetOf(new Set(Object.values(modelNames)))).toBe(true);
    expect(fields.map(({ name }) => name)).not.toContain('Id');
    expect(deletable).toBe(true);
  });

  it('creates a Contact with its Task in one call, takes both back, and finds neither of them afterwards', async () => {
    const record = newRecord('contact', {
      LastName: 'Kestrel',
      AccountId: String(rows('Account')[0]?.Id),
      Email: 'k@kestrel.example',
    });
    const calls = crm.connector.calls();
    const outcome = await writer().create(
      { record, tasks: [{ Subject: 'Call', Status: 'Not Started', Priority: 'Normal' }] },
      AS_USUAL,
    );
    expect(crm.connector.calls() - calls).toBe(1);
    expect(outcome).toMatchObject({ kind: 'created', doubles: [] });
    if (outcome.kind !== 'created') return;
    expect(held('Contact', outcome.id)).toMatchObject({ LastName: 'Kestrel', Email: 'k@kestrel.example' });
    expect(held('Task', outcome.taskIds[0] ?? '')).toMatchObject({ WhoId: outcome.id });

    expect(await writer().findCreated(record, '2026-06-01T09:00:00.000Z')).toEqual([outcome.id]);
    for (const id of outcome.taskIds) expect(await writer().remove('task', id)).toBe(true);
    expect(await writer().remove('contact', outcome.id)).toBe(true);
    expect(await writer().remove('contact', outcome.id)).toBe(true);
    expect(await writer().findCreated(record, '2026-06-01T09:00:00.000Z')).toEqual([]);
  });

  it('creates each of the other objects', async () => {
    const account = String(rows('Account')[0]?.Id);
    const records = [
      newRecord('lead', { LastName: 'Heron', Company: 'Heron Ferries' }),
      newRecord('account', { Name: 'Heron Ferries', Website: 'https://heron.example' }),
      newRecord('opportunity', {
        Name: 'Ferry',
        StageName: 'Prospecting',
        CloseDate: '2026-07-01',
        Amount: 100.5,
        AccountId: account,
      }),
      newRecord('task', {
        Subject: 'Write',
        Status: 'Not Started',
        Priority: 'Normal',
        WhatId: account,
        ActivityDate: '2026-06-02',
      }),
    ];
    for (const record of records) {
      expect(await writer().create({ record, tasks: [] }, AS_USUAL)).toMatchObject({ kind: 'created' });
      expect(await writer().findCreated(record, '2026-06-01T09:00:00.000Z')).toHaveLength(1);
    }
  });

  it('gives what speaks against a record, beside its field', async () => {
    const outcome = await writer().create({ record: newRecord('contact', { FirstName: 'Pia' }), tasks: [] }, AS_USUAL);
    expect(outcome).toMatchObject({ kind: 'invalid', fieldErrors: { LastName: expect.any(String) } });
  });

  it('names duplicates, and creates in spite of them when it is told to', async () => {
    const record = newRecord('lead', { LastName: 'Twin', Company: 'Twin AG', Email: 'twin@twin.example' });
    await writer().create({ record, tasks: [] }, AS_USUAL);
    const outcome = await writer().create({ record, tasks: [] }, AS_USUAL);
    expect(outcome).toMatchObject({ kind: 'duplicates', allowSave: true, matches: [{ object: 'Lead', kind: 'lead' }] });
    expect(await writer().create({ record, tasks: [] }, { ...AS_USUAL, allowDuplicate: true })).toMatchObject({
      kind: 'created',
    });
  });

  it.each(['@{x}', 'Acme @{record.id} GmbH', '@{', 'a@{0}'])(
    'creates a Lead whose text is %s, as it was typed',
    async (Company) => {
      const record = newRecord('lead', { LastName: 'Brace', Company });
      const outcome = await writer().create({ record, tasks: [] }, AS_USUAL);
      expect(outcome).toMatchObject({ kind: 'created', doubles: [] });
      expect(held('Lead', outcome.kind === 'created' ? outcome.id : '')).toMatchObject({ Company });
    },
  );

  it('is unclear when the answer was lost, and finds out by looking', async () => {
    const record = newRecord('lead', { LastName: 'Lost', Company: 'Lost & Found' });
    crm.sandbox.faults.next({ kind: 'drop', afterBytes: 5, match: { method: 'POST', path: /\/composite/ } });
    await expect(writer().create({ record, tasks: [] }, AS_USUAL)).rejects.toMatchObject({ code: 'create.unclear' });
    expect(await writer().findCreated(record, '2026-06-01T09:00:00.000Z')).toHaveLength(1);
  });

  it('changes a stage, but not over what somebody else has changed since', async () => {
    const [deal] = rows('Opportunity');
    const id = String(deal?.Id);
    const change = (stage: string, readAt: string | null) => writer().update('opportunity', id, { StageName: stage }, readAt);
    const readAt = new Date(crm.sandbox.org.clock.now()).toISOString();
    expect(await change('Qualification', readAt)).toEqual({ kind: 'updated' });
    expect(held('Opportunity', id)).toMatchObject({ StageName: 'Qualification' });
    expect(await change('Prospecting', '2020-01-01T00:00:00.000Z')).toMatchObject({
      kind: 'conflict',
      current: { StageName: 'Qualification' },
    });
    expect(await change('Prospecting', null)).toEqual({ kind: 'updated' });
    await writer().remove('opportunity', id);
    expect(await change('Qualification', readAt)).toEqual({ kind: 'gone' });
    expect(await change('Qualification', null)).toEqual({ kind: 'gone' });
  });

  it('is told by Salesforce of a change that came between reading and writing', async () => {
    let id = '';
    crm = await salesforceTest(ORG, {
      beforeRequest: (request) => {
        if (!request.startsWith('PATCH') || id === '') return;
        crm.sandbox.org.clock.advance(60_000);
        crm.sandbox.org.update('Opportunity', id, { StageName: 'Negotiation/Review' });
      },
    });
    id = String(rows('Opportunity')[0]?.Id);
    const readAt = new Date(crm.sandbox.org.clock.now()).toISOString();
    expect(await writer().update('opportunity', id, { StageName: 'Qualification' }, readAt)).toMatchObject({
      kind: 'conflict',
      current: { StageName: 'Negotiation/Review' },
    });
  });

  describe('given an org with record types, person accounts and dependent lists', () => {
    beforeEach(async () => {
      crm = await salesforceTest({ ...ORG, config: 'record-types' });
    });

    it('describes each record type with the lists that are its own', async () => {
      expect((await writer().describe('opportunity')).recordTypes).toMatchObject([
        { label: 'New business', isDefault: true, options: {} },
        { label: 'Renewal', isDefault: false, options: { StageName: ['Negotiation/Review', 'Closed Won', 'Closed Lost'] } },
      ]);
      expect((await writer().describe('account')).recordTypes.map(({ label }) => label)).toEqual(['Business']);
    });

    it('says which values go with which of the controlling field', async () => {
      const territory = (await writer().describe('lead')).fields.find(({ name }) => name === 'Territory__c');
      expect(territory).toMatchObject({ controller: 'Region__c', required: true });
      expect(territory?.options.find(({ value }) => value === 'Japan')?.validFor).toEqual(['APAC']);
    });

    it('creates a record of a type, and finds it again', async () => {
      const [, outbound] = (await writer().describe('lead')).recordTypes;
      const values = { LastName: 'Heron', Company: 'Heron', LeadSource: 'Other', Region__c: 'APAC', Territory__c: 'Japan' };
      const record = { ...newRecord('lead', values), recordTypeId: outbound?.id ?? null };
      expect(await writer().create({ record, tasks: [] }, AS_USUAL)).toMatchObject({ kind: 'created' });
      expect(await writer().findCreated(record, '2026-06-01T09:00:00.000Z')).toHaveLength(1);
    });

    it('creates nothing when one of its Tasks is refused', async () => {
      const record = newRecord('account', { Name: 'Half', Segment__c: 'Enterprise' });
      const outcome = await writer().create({ record, tasks: [{ Subject: 'x'.repeat(300) }] }, AS_USUAL);
      expect(outcome).toMatchObject({ kind: 'invalid', fieldErrors: {}, formErrors: [expect.any(String)] });
      expect(rows('Account').some(({ Name }) => Name === 'Half')).toBe(false);
    });
  });

  it('looks up an Account by the beginning of a word of its name', async () => {
    const [account] = rows('Account');
    const word = String(account?.Name).split(' ').at(-1) ?? '';
    const hits = await writer().lookUp('contact', 'AccountId', word.slice(0, 4));
    expect(hits).toContainEqual(expect.objectContaining({ id: account?.Id, object: 'Account', label: account?.Name }));
  });
});
