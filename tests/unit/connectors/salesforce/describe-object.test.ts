import { describe, expect, it } from 'vitest';
import type { CreatableObject } from '@/lib/connectors/creation-contract';
import { createWriter } from '@/lib/connectors/salesforce/writer';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { fakeClock } from '../../../fakes/fake-clock';
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
type RawField = Partial<Omit<typeof RAW, 'defaultValue' | 'picklistValues'>> & Record<string, unknown>;
const answered = (answer: EgressResponse, object: CreatableObject = 'lead') =>
  createWriter(clientOn(() => answer).client, fakeClock()).describe(object);
const rawObject = (fields: RawField[], more: object = {}) => ({
  name: 'Lead',
  createable: true,
  fields: fields.map((field) => ({ ...RAW, ...field })),
  ...more,
});
const describedAs = (...fields: RawField[]) => answered(json(rawObject(fields)));

describe('describing an object of Salesforce', () => {
  it('gives what a form needs of a field', async () => {
    expect((await describedAs({})).fields).toEqual([
      {
        name: 'Title',
        label: 'Title',
        help: null,
        type: 'text',
        required: false,
        maxLength: 128,
        digits: null,
        options: [],
        restricted: false,
        controller: null,
        references: [],
        defaultValue: '',
        updateable: false,
        short: true,
      },
    ]);
  });

  it('leaves out what this user may not fill in, and kinds of field that no form of ours has', async () => {
    const { fields } = await describedAs(
      { createable: false },
      { name: 'RecordTypeId', type: 'reference' },
      { type: 'address' },
      { name: 'Kept' },
    );
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
    ['datetime', 'moment'],
    ['multipicklist', 'multi-picklist'],
    ['reference', 'reference'],
    ['combobox', 'text'],
  ])('shows a %s as %s', async (raw, type) => {
    expect((await describedAs({ type: raw })).fields[0]?.type).toBe(type);
  });

  it('offers the active values of a picklist and presets its default', async () => {
    const picklistValues = [
      { value: 'Web', label: 'Website', active: true, defaultValue: false },
      { value: 'Old', label: 'Old', active: false, defaultValue: true },
      { value: 'Phone', label: null, active: true, defaultValue: true },
    ];
    const [field] = (await describedAs({ type: 'picklist', picklistValues })).fields;
    expect(field?.options).toEqual([
      { value: 'Web', label: 'Website', validFor: null },
      { value: 'Phone', label: 'Phone', validFor: null },
    ]);
    expect(field?.defaultValue).toBe('Phone');
  });

  it('presets what the CRM presets, and has no limit where the CRM names none', async () => {
    const [field] = (await describedAs({ type: 'boolean', length: 0, defaultValue: true })).fields;
    expect(field).toMatchObject({ defaultValue: 'true', maxLength: null });
  });

  it("says what helps to fill it in: the CRM's words, what it points to, and how many digits there are", async () => {
    const { fields } = await describedAs(
      { name: 'AccountId', type: 'reference', referenceTo: ['Account'], inlineHelpText: 'Whose?', updateable: true },
      { name: 'Amount', type: 'currency', precision: 18, scale: 2 },
      { name: 'Seats', type: 'int', digits: 8, precision: 0, scale: 0 },
    );
    expect(fields).toMatchObject([
      { references: ['Account'], help: 'Whose?', updateable: true, digits: null },
      { digits: { whole: 16, fraction: 2 } },
      { digits: { whole: 8, fraction: 0 } },
    ]);
  });

  it('names its fields as the model does, those alone that this user sees, and says whether they can be deleted', async () => {
    const contact = rawObject([{ name: 'LastName' }, { name: 'AccountId', type: 'reference' }], { deletable: true });
    expect(await answered(json(contact), 'contact')).toMatchObject({
      object: 'contact',
      modelNames: { lastName: 'LastName', accountId: 'AccountId' },
      deletable: true,
      recordTypes: [],
    });
  });

  describe('given a picklist that depends on another field', () => {
    const option = (value: string, validFor?: string, active = true) => ({ value, label: value, active, validFor });
    const country = { name: 'Country', type: 'picklist', picklistValues: [option('DE'), option('XX', '', false), option('FR')] };
    const optionsOf = async (controller: RawField, ...validFor: string[]) => {
      const picklistValues = validFor.map((bits, at) => option(`v${at}`, bits));
      const state = { name: 'State', type: 'picklist', controllerName: controller.name, picklistValues };
      return (await describedAs(controller, state)).fields.find(({ name }) => name === 'State');
    };

    it('reads the bits from the highest on, and counts inactive values of the controlling field', async () => {
      // 1000 0000, 0010 0000, 1010 0000, none
      const field = await optionsOf(country, 'gAAA', 'IAAA', 'oAAA', 'AAAA');
      expect(field?.controller).toBe('Country');
      expect(field?.options.map(({ validFor }) => validFor)).toEqual([['DE'], ['FR'], ['DE', 'FR'], []]);
    });

    it('reads bits beyond the first byte', async () => {
      const many = { ...country, picklistValues: Array.from({ length: 12 }, (_, at) => option(`c${at}`)) };
      // 0000 0001 0001 0000
      expect((await optionsOf(many, 'ARAA'))?.options[0]?.validFor).toEqual(['c7', 'c11']);
    });

    it('knows the two values of a checkbox', async () => {
      const field = await optionsOf({ name: 'Hot', type: 'boolean' }, 'gAAA', 'QAAA');
      expect(field?.options.map(({ validFor }) => validFor)).toEqual([['false'], ['true']]);
    });

    it('offers all of them when nobody can choose in the controlling field', async () => {
      const field = await optionsOf({ ...country, createable: false }, 'gAAA');
      expect(field).toMatchObject({ controller: null, options: [{ validFor: null }] });
    });
  });

  describe('given record types', () => {
    const info = (n: number, more: object = {}) => ({
      recordTypeId: `01200000000000${n}AAA`,
      name: `Type ${n}`,
      active: true,
      available: true,
      master: false,
      defaultRecordTypeMapping: false,
      ...more,
    });
    const partner = { label: null, active: true };
    const mapping = (n: number, ...values: string[]) => ({
      recordTypeId: `01200000000000${n}AAA`,
      picklistsForRecordType: [{ picklistName: 'Type', picklistValues: values.map((value) => ({ ...partner, value })) }],
    });
    const layouts = { layouts: null, recordTypeMappings: [mapping(1, 'Partner'), mapping(2, 'Customer', 'Prospect')] };

    function describing(recordTypeInfos: object[], answers: Record<string, [number, unknown]>, fields: RawField[] = [{}]) {
      const { client, network } = clientOn((request: EgressRequest) => {
        if (!request.url.endsWith('/composite')) return json(rawObject(fields, { recordTypeInfos }));
        const asked: { referenceId: string; url: string }[] = JSON.parse(request.body ?? '').compositeRequest;
        return json({
          compositeResponse: asked.map(({ referenceId }) => {
            const [httpStatusCode, body] = answers[referenceId] ?? [404, []];
            return { referenceId, httpStatusCode, body };
          }),
        });
      });
      return { network, described: createWriter(client, fakeClock()).describe('account') };
    }

    it('gives those that this user may choose, the default first, with their options, in two calls', async () => {
      const master = info(0, { master: true });
      const infos = [master, info(1), info(2, { defaultRecordTypeMapping: true }), info(3, { available: false })];
      const { network, described } = describing(infos, { layouts: [200, layouts] });
      expect((await described).recordTypes).toEqual([
        { id: info(2).recordTypeId, label: 'Type 2', isDefault: true, options: { Type: ['Customer', 'Prospect'] } },
        { id: info(1).recordTypeId, label: 'Type 1', isDefault: false, options: { Type: ['Partner'] } },
      ]);
      expect(network.sent).toHaveLength(2);
    });

    it('asks no second time when there is nothing to choose', async () => {
      const { network, described } = describing([info(0, { master: true, defaultRecordTypeMapping: true })], {});
      expect((await described).recordTypes).toEqual([]);
      expect(network.sent).toHaveLength(1);
    });

    it('narrows no list when Salesforce does not tell which values go with a type', async () => {
      const { described } = describing([info(1)], { layouts: [500, []] });
      expect((await described).recordTypes).toMatchObject([{ label: 'Type 1', options: {} }]);
    });

    it('leaves out person accounts, with the fields that only they have', async () => {
      const people = { totalSize: 1, done: true, records: [{ Id: info(1).recordTypeId }] };
      const names = ['Name', 'IsPersonAccount', 'LastName', 'PersonEmail', 'Hobby__pc', 'Personnel__c'];
      const { described } = describing(
        [info(1), info(2)],
        { layouts: [200, layouts], people: [200, people] },
        names.map((name) => ({ name, createable: name !== 'IsPersonAccount' })),
      );
      const { fields, recordTypes } = await described;
      expect(recordTypes.map(({ label }) => label)).toEqual(['Type 2']);
      expect(fields.map(({ name }) => name)).toEqual(['Name', 'Personnel__c']);
    });
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
