import { describe, expect, it } from 'vitest';
import { describeObject } from '@/lib/connectors/salesforce/describe';
import type { EgressResponse } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const RAW = {
  name: 'Title',
  label: 'Title',
  type: 'string',
  length: 128,
  createable: true,
  nillable: true,
  defaultedOnCreate: false,
  defaultValue: null,
  picklistValues: [],
};
const answered = (answer: EgressResponse) => describeObject(clientOn(() => answer).client, 'lead');
const describedAs = (...fields: Partial<typeof RAW & Record<string, unknown>>[]) =>
  answered(json({ name: 'Lead', createable: true, fields: fields.map((field) => ({ ...RAW, ...field })) }));

describe('describing an object of Salesforce', () => {
  it('gives what a form needs of a field', async () => {
    expect((await describedAs({})).fields).toEqual([
      { name: 'Title', label: 'Title', type: 'text', required: false, maxLength: 128, options: [], defaultValue: '' },
    ]);
  });

  it('leaves out what this user may not fill in, and kinds of field that no form of ours has', async () => {
    const { fields } = await describedAs({ createable: false }, { type: 'reference' }, { type: 'address' }, { name: 'Kept' });
    expect(fields.map(({ name }) => name)).toEqual(['Kept']);
  });

  it.each([
    [{ nillable: false }, true],
    [{ nillable: true }, false],
    [{ nillable: false, defaultedOnCreate: true }, false],
    [{ nillable: false, type: 'boolean' }, false],
  ])('%o is required: %s', async (change, required) => {
    expect((await describedAs(change)).fields[0]?.required).toBe(required);
  });

  it.each([
    ['string', 'text'],
    ['email', 'email'],
    ['phone', 'phone'],
    ['url', 'url'],
    ['picklist', 'picklist'],
    ['boolean', 'checkbox'],
    ['textarea', 'textarea'],
    ['currency', 'number'],
    ['date', 'date'],
  ])('shows a %s as %s', async (raw, type) => {
    expect((await describedAs({ type: raw })).fields[0]?.type).toBe(type);
  });

  it('offers the active values of a picklist and presets its default', async () => {
    const picklistValues = [
      { value: 'Web', label: 'Website', active: true, defaultValue: false },
      { value: 'Old', label: 'Old', active: false, defaultValue: true },
      { value: 'Phone', label: null, active: true, defaultValue: true },
    ];
    const [field] = (await describedAs({ type: 'picklist', picklistValues: picklistValues as never[] })).fields;
    expect(field?.options).toEqual([
      { value: 'Web', label: 'Website' },
      { value: 'Phone', label: 'Phone' },
    ]);
    expect(field?.defaultValue).toBe('Phone');
  });

  it('presets what the CRM presets, and has no limit where the CRM names none', async () => {
    const [field] = (await describedAs({ type: 'boolean', length: 0, defaultValue: true as never })).fields;
    expect(field).toMatchObject({ defaultValue: 'true', maxLength: null });
  });

  it.each<[string, EgressResponse, string]>([
    ['this user may not create one', json({ name: 'Lead', createable: false, fields: [] }), 'crm.forbidden'],
    ['this user cannot see it', json([{ errorCode: 'NOT_FOUND', message: 'm' }], 404), 'crm.object-missing'],
    ['the API is off for the org', json([{ errorCode: 'API_DISABLED_FOR_ORG', message: 'm' }], 403), 'crm.forbidden'],
    ['the answer is something else', json({ fields: 'none' }), 'crm.answer-unreadable'],
  ])('fails when %s', async (_, answer, code) => {
    expect(await codeOf(answered(answer))).toBe(code);
  });
});
