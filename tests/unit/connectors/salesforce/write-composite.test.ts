import { describe, expect, it } from 'vitest';
import type { NewRecords } from '@/lib/connectors/creation-contract';
import { createWriter } from '@/lib/connectors/salesforce/writer';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { fakeClock } from '../../../fakes/fake-clock';
import { html, json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const LEAD_ID = '00Q000000000001AAA';
const VALUES = { LastName: 'Doe', Company: 'Acme' };
const LEAD: NewRecords = { record: { object: 'lead', recordTypeId: null, values: VALUES, basis: null }, tasks: [] };

interface Asked {
  method: string;
  url: string;
  referenceId: string;
  body?: Record<string, unknown>;
  httpHeaders?: Record<string, string>;
}
const askedIn = ({ body }: EgressRequest): Asked[] => JSON.parse(body ?? '').compositeRequest;
type Answer = [status: number, body: unknown];
const CREATED: Answer = [201, { id: LEAD_ID, success: true, errors: [] }];
const INDIVIDUAL: Answer = [201, { id: '0PK000000000001AAA', success: true, errors: [] }];
const NONE: Answer = [200, { totalSize: 0, done: true, records: [] }];
const HALTED: Answer = [400, [{ errorCode: 'PROCESSING_HALTED', message: 'The transaction was rolled back' }]];

/** A CRM that answers each part as told. */
function composite(parts: Record<string, Answer>, headers: Record<string, string> = {}) {
  return (request: EgressRequest): EgressResponse => {
    const answer = json({
      compositeResponse: askedIn(request).map(({ referenceId }) => {
        const [httpStatusCode, body] = parts[referenceId] ?? HALTED;
        return { referenceId, httpStatusCode, body, httpHeaders: {} };
      }),
    });
    return { ...answer, headers: { ...answer.headers, ...headers } };
  };
}

function creating(
  answer: (request: EgressRequest) => EgressResponse,
  { allowDuplicate = false, assign = false, records = LEAD } = {},
) {
  const { client, network } = clientOn(answer);
  return { network, outcome: createWriter(client, fakeClock()).create(records, { allowDuplicate, assign }) };
}
const taken = composite({ record: CREATED, doubles: NONE });
/** What comes of it when Salesforce refuses the record, and takes back what was asked with it. */
const outcomeOf = (body: unknown, status = 400) => creating(composite({ record: [status, body] })).outcome;
const whole = (answer: EgressResponse) => creating(() => answer).outcome;
const errors = (...list: { errorCode: string; message: string; fields?: string[] }[]) => list;

async function partsOf(records: NewRecords, options: { allowDuplicate?: boolean; assign?: boolean } = {}): Promise<Asked[]> {
  const { network, outcome } = creating(composite({ person: INDIVIDUAL, record: CREATED, task0: CREATED, doubles: NONE }), {
    ...options,
    records,
  });
  await outcome;
  expect(network.sent).toHaveLength(1);
  return network.sent[0] ? askedIn(network.sent[0]) : [];
}

const RESULT = {
  allowSave: true,
  duplicateRule: 'Standard_Lead_Duplicate_Rule',
  errorMessage: 'You may be creating a duplicate.',
  matchResults: [
    {
      entityType: 'Lead',
      matchRecords: [
        {
          matchConfidence: 90,
          record: { attributes: { type: 'Lead', url: '/x' }, Id: '00Q000000000002AAA', Email: 'd@acme.com' },
        },
        { matchConfidence: 80, record: { attributes: { type: 'Contact', url: '/x' }, Id: '003000000000003AAA' } },
      ],
    },
  ],
};
const duplicate = (extra: Record<string, unknown>) => [
  { errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', ...extra },
];

describe('creating a record in Salesforce', () => {
  describe('given that Salesforce takes it', () => {
    it('gives its id', async () => {
      expect(await creating(taken).outcome).toEqual({ kind: 'created', id: LEAD_ID, taskIds: [], doubles: [] });
    });

    it('sends the values once, all or nothing, and asks that the owner stays the user', async () => {
      const { network, outcome } = creating(taken);
      await outcome;
      expect(network.sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
        'POST https://acme.my.salesforce.com/services/data/v62.0/composite',
      ]);
      expect(JSON.parse(network.sent[0]?.body ?? '').allOrNone).toBe(true);
      expect(network.sent[0] && askedIn(network.sent[0])[0]).toEqual({
        method: 'POST',
        url: '/services/data/v62.0/sobjects/Lead',
        referenceId: 'record',
        body: VALUES,
        httpHeaders: {
          'Sforce-Auto-Assign': 'FALSE',
          'Sforce-Duplicate-Rule-Header': 'allowSave=false; includeRecordDetails=true; runAsCurrentUser=true',
        },
      });
    });

    it('saves in spite of a duplicate, and lets rules choose the owner, only when the user said so', async () => {
      const [record] = await partsOf(LEAD, { allowDuplicate: true, assign: true });
      expect(record?.httpHeaders?.['Sforce-Duplicate-Rule-Header']).toContain('allowSave=true');
      expect(record?.httpHeaders?.['Sforce-Auto-Assign']).toBe('TRUE');
    });

    it('is of the record type that was chosen, and a person has the basis below what was typed', async () => {
      const basis = { kind: 'consent', note: '-- basis --', recordedOn: '2026-05-01', place: null } as const;
      const record = { ...LEAD.record, recordTypeId: '012000000000001AAA', basis };
      const [plain] = await partsOf({ record, tasks: [] });
      expect(plain?.body).toEqual({ ...VALUES, RecordTypeId: '012000000000001AAA', Description: '-- basis --' });
      const [typed] = await partsOf({ record: { ...record, values: { ...VALUES, Description: 'Met in May' } }, tasks: [] });
      expect(typed?.body?.Description).toBe('Met in May\n\n-- basis --');
    });

    describe('and that its organisation has places of its own for the basis', () => {
      const place = {
        kind: { field: 'Legal_Basis__c', values: { consent: 'Consent' } },
        note: { field: 'GDPR_LIA__c', maxLength: 20 },
        day: { field: 'Legal_Basis_Date__c', isMoment: false },
        person: { object: 'Individual', field: 'IndividualId' },
      };
      const basis = { kind: 'consent', note: '-- basis --', recordedOn: '2026-05-01', place } as const;
      const person = (values = {}, more = {}) => ({
        record: { ...LEAD.record, values: { ...VALUES, ...values }, basis: { ...basis, ...more } },
        tasks: [],
      });
      const bodies = (parts: Asked[]) => parts.map(({ body }) => body);

      it('fills them, and leaves the description alone', async () => {
        const kept = { Legal_Basis__c: 'Consent', GDPR_LIA__c: '-- basis --', Legal_Basis_Date__c: '2026-05-01' };
        const [, record] = await partsOf(person({ Description: 'Met in May' }));
        expect(record?.body).toEqual({ ...VALUES, ...kept, Description: 'Met in May', IndividualId: '@{person.id}' });
      });

      it('has the words below the description when they do not all fit', async () => {
        const note = 'more than twenty characters';
        const [, record] = await partsOf(person({}, { note }));
        expect(record?.body).toMatchObject({ Description: note, Legal_Basis__c: 'Consent' });
        expect(record?.body).not.toHaveProperty('GDPR_LIA__c');
      });

      it('comes with an Individual of the same name, whoever has that name already', async () => {
        const [individual] = await partsOf(person({ FirstName: 'Jane' }));
        expect(individual).toMatchObject({
          url: '/services/data/v62.0/sobjects/Individual',
          body: { FirstName: 'Jane', LastName: 'Doe' },
          httpHeaders: { 'Sforce-Duplicate-Rule-Header': expect.stringContaining('allowSave=true') },
        });
      });

      it('comes with none when the user has named one', async () => {
        const parts = await partsOf(person({ IndividualId: '0PK000000000001AAA' }));
        expect(parts.map(({ referenceId }) => referenceId)).toEqual(['record', 'doubles']);
        expect(bodies(parts)[0]).toMatchObject({ IndividualId: '0PK000000000001AAA' });
      });

      it('is created without one by a user who may not make any: it was all taken back, and is sent once more', async () => {
        const refused: Answer = [400, [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY', message: 'm' }]];
        const { network, outcome } = creating(
          (request) => {
            const isFirst = askedIn(request).some(({ referenceId }) => referenceId === 'person');
            return composite(isFirst ? { person: refused } : { record: CREATED, doubles: NONE })(request);
          },
          { records: person() },
        );
        expect(await outcome).toMatchObject({ kind: 'created', id: LEAD_ID });
        const [, second] = network.sent.map(askedIn);
        expect(second?.map(({ referenceId }) => referenceId)).toEqual(['record', 'doubles']);
        expect(second?.[0]?.body).not.toHaveProperty('IndividualId');
      });

      it('is not sent again when the record itself is refused', async () => {
        const refused: Answer = [400, [{ errorCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Title'] }]];
        const { network, outcome } = creating(composite({ record: refused }), { records: person() });
        expect(await outcome).toMatchObject({ kind: 'invalid', fieldErrors: { Title: 'too long' } });
        expect(network.sent).toHaveLength(1);
      });
    });

    it.each([
      ['lead', { WhoId: '@{record.id}' }],
      ['contact', { WhoId: '@{record.id}' }],
      ['account', { WhatId: '@{record.id}' }],
      ['opportunity', { WhatId: '@{record.id}' }],
    ] as const)('comes with Tasks that belong to the new %s', async (object, link) => {
      const parts = await partsOf({ record: { ...LEAD.record, object }, tasks: [{ Subject: 'Call' }] });
      expect(parts[1]).toMatchObject({ url: '/services/data/v62.0/sobjects/Task', body: { Subject: 'Call', ...link } });
    });

    it('gives the ids of its Tasks', async () => {
      const task: Answer = [201, { id: '00T000000000001AAA', success: true }];
      const records = { ...LEAD, tasks: [{ Subject: 'Call' }] };
      const { outcome } = creating(composite({ record: CREATED, task0: task, doubles: NONE }), { records });
      expect(await outcome).toMatchObject({ taskIds: ['00T000000000001AAA'] });
    });
  });

  describe('given that it may be there twice', () => {
    const NOW = '2026-05-01T10:00:05.000+0000';
    const row = (id: string, more: object = {}) => ({ Id: id, CreatedDate: NOW, ...VALUES, ...more });
    const found = (...records: object[]): Answer => [200, { totalSize: records.length, done: true, records }];
    const date = (text: string) => ({ date: new Date(text).toUTCString() });

    it('names the one that the same request has made before', async () => {
      const doubles = found(row(LEAD_ID), row('00Q000000000009AAA'));
      const { outcome } = creating(composite({ record: CREATED, doubles }, date(NOW)));
      expect(await outcome).toMatchObject({ id: LEAD_ID, doubles: ['00Q000000000009AAA'] });
    });

    it.each<[string, object]>([
      ['is another', { Company: 'Globex' }],
      ['was there before', { CreatedDate: '2026-05-01T10:00:04.000+0000' }],
    ])('does not name a record that %s', async (_, more) => {
      const doubles = found(row('00Q000000000009AAA', more));
      expect(await creating(composite({ record: CREATED, doubles }, date(NOW))).outcome).toMatchObject({ doubles: [] });
    });

    it('does not name a record that was answered before this request, in the same second', async () => {
      const { client } = clientOn(composite({ record: CREATED, doubles: found(row('00Q000000000009AAA')) }, date(NOW)));
      const writer = createWriter(client, fakeClock());
      const options = { allowDuplicate: false, assign: false };
      await writer.create(LEAD, options);
      expect(await writer.create(LEAD, options)).toMatchObject({ doubles: [] });
    });

    it('does not fail because Salesforce will not say: it sends once more without the question', async () => {
      let calls = 0;
      const { network, outcome } = creating((request) => {
        calls += 1;
        const slow: Answer = [400, [{ errorCode: 'QUERY_TIMEOUT', message: 'm' }]];
        return composite(calls === 1 ? { doubles: slow } : { record: CREATED })(request);
      });
      expect(await outcome).toMatchObject({ id: LEAD_ID, doubles: [] });
      expect(network.sent).toHaveLength(2);
    });
  });

  describe('given that Salesforce finds duplicates', () => {
    const found = {
      kind: 'duplicates',
      message: 'You may be creating a duplicate.',
      allowSave: true,
      matches: [
        { object: 'Lead', kind: 'lead', id: '00Q000000000002AAA', values: { Email: 'd@acme.com' } },
        { object: 'Contact', kind: 'contact', id: '003000000000003AAA', values: {} },
      ],
    };

    it.each(['duplicateResut', 'duplicateResult'])('names them when the answer spells its key %s', async (key) => {
      expect(await outcomeOf(duplicate({ [key]: RESULT }))).toEqual(found);
    });

    it('says that there are some when the answer does not name them', async () => {
      const outcome = await outcomeOf(duplicate({}));
      expect(outcome).toEqual({ kind: 'duplicates', message: 'Use one of these records?', allowSave: false, matches: [] });
    });

    it('does not offer to save when the rule forbids it', async () => {
      expect(await outcomeOf(duplicate({ duplicateResut: { ...RESULT, allowSave: false } }))).toMatchObject({ allowSave: false });
    });
  });

  describe('given that Salesforce finds fault with what was typed', () => {
    it('puts each message beside its field', async () => {
      const answer = errors({
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required: [LastName, Company]',
        fields: ['LastName', 'Company'],
      });
      expect(await outcomeOf(answer)).toEqual({
        kind: 'invalid',
        fieldErrors: { LastName: 'Required: [LastName, Company]', Company: 'Required: [LastName, Company]' },
        formErrors: [],
      });
    });

    it('shows several errors at once, and those of no field above the form', async () => {
      const answer = errors(
        { errorCode: 'INVALID_EMAIL_ADDRESS', message: 'bad address', fields: ['Email'] },
        { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not on Sundays', fields: [] },
        { errorCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Title'] },
        { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Nor at night' },
      );
      expect(await outcomeOf(answer)).toEqual({
        kind: 'invalid',
        fieldErrors: { Email: 'bad address', Title: 'too long' },
        formErrors: ['Not on Sundays', 'Nor at night'],
      });
    });
  });

  describe('given that it is refused for a reason that typing does not mend', () => {
    it.each([
      ['INSUFFICIENT_ACCESS_OR_READONLY', 400, 'crm.forbidden'],
      ['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 400, 'crm.forbidden'],
      ['NOT_FOUND', 404, 'crm.object-missing'],
      ['UNABLE_TO_LOCK_ROW', 500, 'crm.conflict'],
      ['REQUEST_LIMIT_EXCEEDED', 403, 'crm.limit'],
      ['SOMETHING_NEW', 400, 'crm.refused'],
    ])('fails for %s (%i) as %s', async (errorCode, status, code) => {
      expect(await codeOf(outcomeOf([{ errorCode, message: 'm', fields: [] }], status))).toBe(code);
    });

    it('fails when one of several errors is of that kind', async () => {
      const answer = errors(
        { errorCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Title'] },
        { errorCode: 'INSUFFICIENT_ACCESS', message: 'no' },
      );
      expect(await codeOf(outcomeOf(answer))).not.toBe('it did not fail');
    });
  });

  describe('given that the answer is lost', () => {
    it.each(['crm.timeout', 'crm.offline'] as const)(
      'is unclear whether it exists when egress says %s, and sends it once',
      async (code) => {
        const { network, outcome } = creating(() => {
          throw new AppError(code);
        });
        expect(await codeOf(outcome)).toBe('create.unclear');
        expect(network.sent).toHaveLength(1);
      },
    );

    it.each([
      ['a page', html(200)],
      ['a maintenance page', html(503)],
      ['half an answer', { ...json({}, 201), body: '{"compositeResponse":[' }],
      ['an answer of another kind', json([], 201)],
      ['an answer without its parts', json({ compositeResponse: [] })],
    ])('is unclear whether it exists after %s', async (_, answer) => {
      expect(await codeOf(whole(answer))).toBe('create.unclear');
    });

    it('is unclear whether it exists after a part without an id', async () => {
      expect(await codeOf(creating(composite({ record: [201, { success: true }], doubles: NONE })).outcome)).toBe(
        'create.unclear',
      );
    });

    it('is clear that it does not exist when the CRM asked to slow down, or the day has no calls left', async () => {
      expect(await codeOf(whole(json([], 429)))).toBe('crm.busy');
      expect(await codeOf(whole(json([{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'm' }], 403)))).toBe('crm.limit');
    });
  });

  describe('given a text that a composite request would read as a reference', () => {
    const typed = { ...VALUES, Company: 'Acme @{x} GmbH' };
    const records: NewRecords = { ...LEAD, record: { ...LEAD.record, values: typed } };
    /** A CRM that answers a record by itself, and the query for doubles behind it. */
    const alone = (record: Answer, doubles: Answer = NONE) =>
      creating(({ method }) => json(...([...(method === 'POST' ? record : doubles)].reverse() as [unknown, number])), {
        records,
      });

    it('sends the record by itself, as it was typed, with the same headers, and asks for doubles behind it', async () => {
      const { network, outcome } = alone(CREATED);
      expect(await outcome).toEqual({ kind: 'created', id: LEAD_ID, taskIds: [], doubles: [] });
      expect(network.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
        'POST /services/data/v62.0/sobjects/Lead',
        'GET /services/data/v62.0/query',
      ]);
      const [sent] = network.sent;
      expect(JSON.parse(sent?.body ?? '')).toEqual(typed);
      expect(sent?.headers).toMatchObject({
        'Sforce-Auto-Assign': 'FALSE',
        'Sforce-Duplicate-Rule-Header': 'allowSave=false; includeRecordDetails=true; runAsCurrentUser=true',
      });
    });

    it('does not take it for uncreated because the question behind it is refused', async () => {
      const slow: Answer = [400, [{ errorCode: 'QUERY_TIMEOUT', message: 'm' }]];
      expect(await alone(CREATED, slow).outcome).toMatchObject({ kind: 'created', id: LEAD_ID, doubles: [] });
    });

    it('names duplicates and what was typed wrong as ever', async () => {
      const wrong = errors({ errorCode: 'STRING_TOO_LONG', message: 'too long', fields: ['Company'] });
      expect(await alone([400, wrong]).outcome).toMatchObject({ kind: 'invalid', fieldErrors: { Company: 'too long' } });
      expect(await alone([400, duplicate({ duplicateResut: RESULT })]).outcome).toMatchObject({ kind: 'duplicates' });
    });

    it.each<[string, Answer]>([
      ['a part without an id', [201, { success: true }]],
      ['an error of the machine', [503, 'no']],
    ])('is unclear whether it exists after %s', async (_, answer) => {
      expect(await codeOf(alone(answer).outcome)).toBe('create.unclear');
    });

    it('refuses it together with Tasks before anything is sent: they could not be all or nothing', async () => {
      const { network, outcome } = creating(taken, { records: { ...LEAD, tasks: [{ Subject: 'Call @{x}' }] } });
      expect(await codeOf(outcome)).toBe('crm.refused');
      expect(network.sent).toHaveLength(0);
    });
  });

  describe('given that one of its Tasks is refused', () => {
    const records = { ...LEAD, tasks: [{ Subject: 'Call' }] };
    const refused = (errorCode: string): Answer => [400, [{ errorCode, message: 'Due when?', fields: ['ActivityDate'] }]];

    it('says so above the form, which has no such field', async () => {
      const { outcome } = creating(composite({ task0: refused('REQUIRED_FIELD_MISSING') }), { records });
      expect(await outcome).toEqual({ kind: 'invalid', fieldErrors: {}, formErrors: ['Due when?'] });
    });

    it('fails for what typing does not mend', async () => {
      const { outcome } = creating(composite({ task0: refused('INSUFFICIENT_ACCESS_OR_READONLY') }), { records });
      expect(await codeOf(outcome)).toBe('crm.forbidden');
    });
  });
});
