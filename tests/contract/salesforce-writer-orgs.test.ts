import { beforeEach, describe, expect, it } from 'vitest';
import {
  CREATABLE_OBJECTS,
  type BasisToStore,
  type CreatableObject,
  type CreateValue,
  type DescribedField,
  type NewRecord,
  type ObjectDescription,
} from '@/lib/connectors/creation-contract';
import { type SalesforceTest, salesforceTest } from '../builders/salesforce';

/** Two organisations that are configured differently, and one client that knows of them what they say themselves. */
const ORG = { seed: 11, accounts: 4, contacts: 4, leads: 4, opportunities: 4, tasks: 4, now: Date.parse('2026-06-01T09:00:00Z') };
const SINCE = '2026-06-01T09:00:00.000Z';
const AS_USUAL = { allowDuplicate: false, assign: false };
const NAMES = { lead: 'Lead', contact: 'Contact', account: 'Account', opportunity: 'Opportunity', task: 'Task' };

/** What no description says: validation rules know it alone. */
const WANTED_BY_RULES: Readonly<Record<string, string>> = { Budget_Code__c: 'B-27' };

/** A value that the description allows, for a field that has to have one. */
function valueFor(
  field: DescribedField,
  values: Record<string, CreateValue>,
  allowed: readonly string[] | undefined,
): CreateValue {
  const fits = field.options.filter(
    ({ value, validFor }) =>
      (allowed?.includes(value) ?? true) && (validFor?.includes(String(values[field.controller ?? ''])) ?? true),
  );
  switch (field.type) {
    case 'picklist':
      return fits[0]?.value ?? null;
    case 'number':
      return 1;
    case 'date':
      return '2026-07-01';
    case 'moment':
      return '2026-07-01T10:00:00Z';
    default:
      return (WANTED_BY_RULES[field.name] ?? 'Heron Ferries').slice(0, field.maxLength ?? undefined);
  }
}

/** A record with nothing but what the description requires, of the type that it names as the default. */
function smallest({ object, fields, recordTypes }: ObjectDescription, typeId = recordTypes[0]?.id ?? null): NewRecord {
  const type = recordTypes.find(({ id }) => id === typeId);
  const values: Record<string, CreateValue> = {};
  const inOrder = fields
    .filter(({ required }) => required)
    .sort((a, b) => Number(a.controller !== null) - Number(b.controller !== null));
  for (const field of inOrder) values[field.name] = valueFor(field, values, type?.options[field.name]);
  return { object, recordTypeId: typeId, values, basis: null };
}

describe.each(['plain', 'record-types'] as const)('the organisation "%s", known by its own description', (config) => {
  let crm: SalesforceTest;
  beforeEach(async () => {
    crm = await salesforceTest({ ...ORG, config });
  });
  const writer = () => crm.connector.writer;
  const count = (object: CreatableObject) => crm.sandbox.org.rows(NAMES[object]).length;
  const create = (record: NewRecord) => writer().create({ record, tasks: [] }, AS_USUAL);

  it.each(CREATABLE_OBJECTS)('takes a %s that holds what is required and nothing else, of every record type', async (object) => {
    const description = await writer().describe(object);
    const types = description.recordTypes.length > 0 ? description.recordTypes.map(({ id }) => id) : [null];
    for (const type of types) {
      const before = count(object);
      const record = smallest(description, type);
      const outcome = await create(record);
      expect(outcome).toMatchObject({ kind: 'created', doubles: [] });
      expect(count(object)).toBe(before + 1);
      const id = outcome.kind === 'created' ? outcome.id : '';
      expect(await writer().findCreated(record, SINCE)).toContain(id);
      expect(await writer().remove(object, id)).toBe(true);
      expect(count(object)).toBe(before);
    }
  });

  it.each(CREATABLE_OBJECTS)('says beside each field what is wrong with a %s, and takes nothing', async (object) => {
    const description = await writer().describe(object);
    const before = count(object);
    const wrong = async (name: string, value: CreateValue) => {
      const record = smallest(description);
      const outcome = await create({ ...record, values: { ...record.values, [name]: value } });
      expect(outcome, `${name}: ${value}`.slice(0, 60)).toMatchObject({ kind: 'invalid' });
      // What depends on a value that is none is as wrong as that.
      const meant = description.fields
        .filter((field) => field.name === name || field.controller === name)
        .map((field) => field.name);
      expect(outcome.kind === 'invalid' && meant.some((one) => one in outcome.fieldErrors), name).toBe(true);
    };
    const fields = description.fields.filter(({ references }) => references.length === 0);
    for (const { name } of fields.filter(({ required }) => required)) await wrong(name, null);
    for (const { name } of fields.filter(({ name }) => name in WANTED_BY_RULES)) await wrong(name, 'no code');
    for (const { name } of fields.filter(({ restricted, type }) => restricted && type === 'picklist'))
      await wrong(name, 'Never heard of');
    for (const { name, type } of fields.filter(({ type }) => type === 'email')) await wrong(name, `no ${type}`);
    const texts = fields.filter(
      ({ type, maxLength }) => ['text', 'textarea'].includes(type) && maxLength !== null && maxLength < 300,
    );
    for (const { name, maxLength } of texts) await wrong(name, 'x'.repeat((maxLength ?? 0) + 1));
    expect(count(object)).toBe(before);
  });

  it('creates a person after its session has ended in the middle', async () => {
    const description = await writer().describe('lead');
    const before = count('lead');
    crm.sandbox.faults.next({ kind: 'session-expired', match: { path: /\/composite/ } });
    expect(await create(smallest(description))).toMatchObject({ kind: 'created' });
    expect(count('lead')).toBe(before + 1);
  });

  it('does not offer to create a duplicate that its rule blocks', async () => {
    const description = await writer().describe('contact');
    const record = smallest(description);
    const twin = { ...record, values: { ...record.values, Email: 'twin@twin.example' } };
    for (const rule of crm.sandbox.rules.duplicates) rule.action = 'block';
    expect(await create(twin)).toMatchObject({ kind: 'created' });
    const blocked = {
      kind: 'duplicates',
      allowSave: false,
      matches: [{ kind: 'contact', values: { Email: 'twin@twin.example' } }],
    };
    expect(await create(twin)).toMatchObject(blocked);
    expect(await writer().create({ record: twin, tasks: [] }, { ...AS_USUAL, allowDuplicate: true })).toMatchObject(blocked);
  });

  describe('and the legal basis of a person', () => {
    const basisOf = ({ basisPlace: place }: ObjectDescription): BasisToStore => ({
      ...{ kind: 'legitimate-interest', note: '[Legal basis] Art. 6(1)(f)', recordedOn: '2026-06-01', place },
    });
    const held = (object: 'lead' | 'contact', id: string) => crm.sandbox.org.find(NAMES[object], id);
    async function createPerson(object: 'lead' | 'contact') {
      const description = await writer().describe(object);
      const outcome = await create({ ...smallest(description), basis: basisOf(description) });
      return outcome.kind === 'created' ? outcome.id : '';
    }

    it.each(['lead', 'contact'] as const)('is in fields that its admin has made for it, with each %s', async (object) => {
      const { schema } = crm.sandbox.org;
      const values = ['Consent', 'Contract', 'Legitimate interest'];
      schema.addField(NAMES[object], {
        name: 'GDPR_Legal_Basis__c',
        label: 'Legal Basis',
        type: 'picklist',
        values,
        nillable: false,
      });
      schema.addField(NAMES[object], { name: 'GDPR_LIA__c', label: 'LIA', type: 'textarea', length: 32_000 });
      schema.addField(NAMES[object], { name: 'Legal_Basis_Date__c', label: 'Since', type: 'date' });
      const description = await writer().describe(object);
      expect(description.fields.filter(({ name }) => /Legal_Basis|LIA/.test(name))).toEqual([]);
      expect(held(object, await createPerson(object))).toMatchObject({
        GDPR_Legal_Basis__c: 'Legitimate interest',
        GDPR_LIA__c: '[Legal basis] Art. 6(1)(f)',
        Legal_Basis_Date__c: '2026-06-01',
      });
    });

    it.each(['lead', 'contact'] as const)('is below the description of a %s where there are none', async (object) => {
      expect(held(object, await createPerson(object))).toMatchObject({ Description: '[Legal basis] Art. 6(1)(f)' });
    });

    it('comes with an Individual where data protection is on, which goes with it', async () => {
      const people = () => (crm.sandbox.org.schema.object('Individual') ? crm.sandbox.org.rows('Individual') : []);
      const id = await createPerson('lead');
      const [individual] = people();
      expect(people()).toHaveLength(config === 'record-types' ? 1 : 0);
      expect(held('lead', id)?.IndividualId ?? undefined).toBe(individual?.Id);
      expect(await writer().remove('lead', id)).toBe(true);
      expect(people()).toEqual([]);
    });
  });
});

describe('an organisation whose user may make no Individuals', () => {
  it('keeps the person without one, once', async () => {
    const crm = await salesforceTest({ ...ORG, config: 'record-types', readOnlyObjects: ['Individual'] });
    const description = await crm.connector.writer.describe('lead');
    const place = description.basisPlace;
    const basis: BasisToStore = { kind: 'consent', note: 'n', recordedOn: '2026-06-01', place };
    const before = crm.sandbox.org.rows('Lead').length;
    const outcome = await crm.connector.writer.create({ record: { ...smallest(description), basis }, tasks: [] }, AS_USUAL);
    expect(outcome).toMatchObject({ kind: 'created', doubles: [] });
    expect(crm.sandbox.org.rows('Lead')).toHaveLength(before + 1);
    expect(crm.sandbox.org.rows('Individual')).toEqual([]);
  });
});
