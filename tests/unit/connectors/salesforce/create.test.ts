import { describe, expect, it } from 'vitest';
import { createRecord } from '@/lib/connectors/salesforce/create';
import type { CreateValue } from '@/lib/connectors/connector';
import type { EgressResponse } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { html, json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const LEAD_ID = '00Q000000000001AAA';
const VALUES: Record<string, CreateValue> = { LastName: 'Doe', Company: 'Acme' };

function creating(answer: () => EgressResponse, allowDuplicate = false) {
  const { client, network } = clientOn(answer);
  return { network, outcome: createRecord(client, 'lead', VALUES, { allowDuplicate }) };
}
const outcomeOf = (answer: EgressResponse) => creating(() => answer).outcome;
const errors = (...list: { errorCode: string; message: string; fields?: string[] }[]) => json(list, 400);

const RESULT = {
  allowSave: true,
  duplicateRule: 'Standard_Lead_Duplicate_Rule',
  errorMessage: 'You may be creating a duplicate.',
  matchResults: [
    {
      entityType: 'Lead',
      matchRecords: [
        { matchConfidence: 90, record: { attributes: { type: 'Lead', url: '/x' }, Id: '00Q000000000002AAA' } },
        { matchConfidence: 80, record: { attributes: { type: 'Contact', url: '/x' }, Id: '003000000000003AAA' } },
      ],
    },
  ],
};
const duplicate = (extra: Record<string, unknown>) =>
  json([{ errorCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', ...extra }], 400);

describe('creating a record in Salesforce', () => {
  describe('given that Salesforce takes it', () => {
    it('gives its id', async () => {
      expect(await outcomeOf(json({ id: LEAD_ID, success: true, errors: [] }, 201))).toEqual({ kind: 'created', id: LEAD_ID });
    });

    it('sends the values once, and asks that the owner stays the user', async () => {
      const { network, outcome } = creating(() => json({ id: LEAD_ID, success: true, errors: [] }, 201));
      await outcome;
      expect(network.sent).toHaveLength(1);
      expect(network.sent[0]).toMatchObject({
        method: 'POST',
        url: 'https://acme.my.salesforce.com/services/data/v62.0/sobjects/Lead',
      });
      expect(JSON.parse(network.sent[0]?.body ?? '')).toEqual(VALUES);
      expect(network.sent[0]?.headers).toMatchObject({
        'Sforce-Auto-Assign': 'FALSE',
        'Sforce-Duplicate-Rule-Header': 'allowSave=false; includeRecordDetails=false; runAsCurrentUser=true',
      });
    });

    it('asks to save in spite of a duplicate only when the user said so', async () => {
      const { network, outcome } = creating(() => json({ id: LEAD_ID, success: true, errors: [] }, 201), true);
      await outcome;
      expect(network.sent[0]?.headers?.['Sforce-Duplicate-Rule-Header']).toContain('allowSave=true');
    });
  });

  describe('given that Salesforce finds duplicates', () => {
    const found = {
      kind: 'duplicates',
      message: 'You may be creating a duplicate.',
      allowSave: true,
      matches: [
        { object: 'Lead', id: '00Q000000000002AAA' },
        { object: 'Contact', id: '003000000000003AAA' },
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
      expect(await codeOf(outcomeOf(json([{ errorCode, message: 'm', fields: [] }], status)))).toBe(code);
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
      ['half an answer', { ...json({}, 201), body: '{"id":"00Q0000' }],
      ['an answer without an id', json({ success: true }, 201)],
      ['an answer of another kind', json([], 201)],
    ])('is unclear whether it exists after %s', async (_, answer) => {
      expect(await codeOf(outcomeOf(answer))).toBe('create.unclear');
    });

    it('is clear that it does not exist when the CRM asked to slow down', async () => {
      expect(await codeOf(outcomeOf(json([], 429)))).toBe('crm.busy');
    });
  });
});
