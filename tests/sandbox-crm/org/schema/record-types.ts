/**
 * A differently configured org: record types, person accounts, Individuals, custom fields that are required, and a picklist that
 * depends on another. What a client learns of it stands in describe and in the layouts, nowhere else.
 */
import { makeId } from '../record-id.ts';
import { DEFAULTED, READ_ONLY } from './field.ts';
import type { FieldDescriptor, PicklistEntry } from './field.ts';
import { checkbox, email, picklist, reference, text } from './field-kinds.ts';
import { individualId } from './individual.ts';
import type { ObjectDefinition } from './object-type.ts';

export interface RecordTypeDefinition {
  id: string;
  object: string;
  developerName: string;
  name: string;
  isDefault: boolean;
  /** Of Accounts that are people: they have a LastName, and their Name is composed. */
  isPerson: boolean;
  /** The values of its picklists, where it holds fewer than the object. */
  picklists: Readonly<Record<string, readonly string[]>>;
}

type Row = [object: string, developerName: string, name: string, picklists?: RecordTypeDefinition['picklists']];
const ROWS: readonly Row[] = [
  ['Account', 'Business', 'Business', { Segment__c: ['Enterprise', 'Mid-Market'] }],
  ['Account', 'Person', 'Person Account', { Segment__c: ['Private'] }],
  ['Lead', 'Inbound', 'Inbound'],
  ['Lead', 'Outbound', 'Outbound', { LeadSource: ['Purchased List', 'Other'] }],
  ['Opportunity', 'New_Business', 'New business'],
  ['Opportunity', 'Renewal', 'Renewal', { StageName: ['Negotiation/Review', 'Closed Won', 'Closed Lost'] }],
];

/** The record types of the org; the first of an object is its default. */
export const RECORD_TYPES: readonly RecordTypeDefinition[] = ROWS.map(([object, developerName, name, picklists = {}], place) => ({
  id: makeId('012', place + 1),
  object,
  developerName,
  name,
  isDefault: ROWS.findIndex(([other]) => other === object) === place,
  isPerson: developerName === 'Person',
  picklists,
}));

const required = { nillable: false };
const restricted = { ...required, restrictedPicklist: true };
const recordTypeId = () =>
  reference('RecordTypeId', 'Record Type ID', ['RecordType'], 'RecordType', { ...DEFAULTED, nillable: true });

const REGIONS = ['EMEA', 'Americas', 'APAC'];
const TERRITORIES: readonly (readonly [value: string, regions: readonly string[]])[] = [
  ['DACH', ['EMEA']],
  ['Nordics', ['EMEA']],
  ['East Coast', ['Americas']],
  ['Japan', ['APAC']],
  ['Global', REGIONS],
];

const OWN_FIELDS: Readonly<Record<string, () => FieldDescriptor[]>> = {
  Account: () => [
    recordTypeId(),
    checkbox('IsPersonAccount', 'Is Person Account', READ_ONLY),
    text('FirstName', 'First Name', 40),
    text('LastName', 'Last Name', 80),
    email('PersonEmail', 'Email'),
    picklist('Segment__c', 'Segment', ['Enterprise', 'Mid-Market', 'Private'], restricted),
  ],
  Contact: () => [
    individualId(),
    picklist('Preferred_Language__c', 'Preferred Language', ['German', 'English', 'French'], restricted),
  ],
  Lead: () => [
    recordTypeId(),
    individualId(),
    picklist('Region__c', 'Region', REGIONS, restricted),
    picklist('Territory__c', 'Territory', TERRITORIES.map(dependent), {
      ...restricted,
      controllerName: 'Region__c',
      dependentPicklist: true,
    }),
  ],
  Opportunity: () => [recordTypeId(), text('Budget_Code__c', 'Budget Code', 12, required)],
  Task: () => [picklist('Channel__c', 'Channel', ['Phone', 'E-mail', 'Visit'], restricted)],
};

/** `validFor` has a bit for each value of the controlling field, the highest of each byte first (SOAP API guide, PicklistEntry). */
function dependent([value, regions]: (typeof TERRITORIES)[number]): PicklistEntry {
  const bits = Buffer.alloc(Math.ceil(REGIONS.length / 8));
  for (const region of regions) {
    const place = REGIONS.indexOf(region);
    bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place % 8));
  }
  return { active: true, defaultValue: false, label: value, validFor: bits.toString('base64'), value };
}

/** The values of a dependent picklist that go with one of the controlling field. */
export const territoriesOf = (region: string): string[] =>
  TERRITORIES.filter(([, regions]) => regions.includes(region)).map(([value]) => value);

/** An object as this org has it. */
export const withOwnFields = (definition: ObjectDefinition): ObjectDefinition => ({
  ...definition,
  fields: [...definition.fields, ...(OWN_FIELDS[definition.name]?.() ?? [])],
});
