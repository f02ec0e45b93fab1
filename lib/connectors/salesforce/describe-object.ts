import { AppError } from '@/lib/shared/errors';
import type { CreatableObject, DescribedField, DescribedType, ObjectDescription } from '../creation-contract';
import { toCrmError } from './api-errors';
import { objectDescribe, type RawDescribe, type RawDescribedField } from './api-schemas';
import { basisPlaceOf } from './basis-place';
import type { SalesforceClient } from './client';
import { isShort, modelNames } from './creation-fields';
import { picklistOptions } from './dependent-values';
import { describePath } from './queries';
import { recordTypesOf } from './record-types';
import { readAs } from './requests';

const TYPES = new Map<string, DescribedType>([
  ['string', 'text'],
  ['combobox', 'text'],
  ['encryptedstring', 'text'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['url', 'url'],
  ['picklist', 'picklist'],
  ['multipicklist', 'multi-picklist'],
  ['reference', 'reference'],
  ['boolean', 'checkbox'],
  ['textarea', 'textarea'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['int', 'number'],
  ['long', 'number'],
  ['date', 'date'],
  ['datetime', 'moment'],
]);

/** What Salesforce says of an object. One call. @throws AppError */
export async function describeAny(client: SalesforceClient, object: CreatableObject): Promise<RawDescribe> {
  return client
    .run(async (api) => readAs(objectDescribe, await api.request({ method: 'GET', url: describePath(object) })))
    .catch((error) => Promise.reject(toCrmError(error)));
}

/** The same, for a form. @throws AppError `crm.forbidden` when this user may not create it */
export async function rawDescribe(client: SalesforceClient, object: CreatableObject): Promise<RawDescribe> {
  const answer = await describeAny(client, object);
  if (!answer.createable) throw new AppError('crm.forbidden');
  return answer;
}

/** What this user may fill in when creating `object`. One call, and one more for record types. @throws AppError */
export async function describeObject(
  client: SalesforceClient,
  object: CreatableObject,
  raw: RawDescribe,
): Promise<ObjectDescription> {
  const byName = new Map(raw.fields.map((field) => [field.name, field]));
  const isOfPeople = object === 'account' && byName.has('IsPersonAccount') ? isPersonField : () => false;
  const basisPlace = basisPlaceOf(object, raw.fields);
  // What the user says of the legal basis fills these.
  const ofBasis = new Set([basisPlace?.kind?.field, basisPlace?.note?.field, basisPlace?.day?.field]);
  const fields = raw.fields.flatMap((field) =>
    isOfPeople(field.name) || ofBasis.has(field.name) ? [] : (describedField(object, field, byName) ?? []),
  );
  return {
    object,
    fields,
    recordTypes: await recordTypesOf(client, object, raw),
    modelNames: modelNames(object, new Set(fields.map(({ name }) => name))),
    deletable: raw.deletable ?? false,
    // Salesforce converts over SOAP and Apex alone (see writer.ts).
    convertible: false,
    basisPlace,
  };
}

/** Fields of person accounts, which no other Account takes. */
const isPersonField = (name: string): boolean =>
  /^Person[A-Z]|__pc$/.test(name) || ['FirstName', 'LastName', 'MiddleName', 'Salutation', 'Suffix'].includes(name);

/** Salesforce's rule: required are fields that one may fill, that may not be empty and that get no value by themselves. */
function describedField(
  object: CreatableObject,
  raw: RawDescribedField,
  byName: ReadonlyMap<string, RawDescribedField>,
): DescribedField | null {
  const type = TYPES.get(raw.type);
  // A record type has a place of its own in a description.
  if (!raw.createable || !type || raw.name === 'RecordTypeId') return null;
  // What nobody can choose here decides nothing either.
  const named = byName.get(raw.controllerName ?? '');
  const controller = named?.createable && TYPES.has(named.type) ? named : null;
  const options = picklistOptions(raw, controller);
  const active = raw.picklistValues.filter((value) => value.active);
  const preset = active.find((value) => value.defaultValue)?.value ?? raw.defaultValue ?? '';
  return {
    name: raw.name,
    label: raw.label,
    help: raw.inlineHelpText ?? null,
    type,
    required: !raw.nillable && !raw.defaultedOnCreate && type !== 'checkbox',
    maxLength: raw.length > 0 ? raw.length : null,
    digits: type === 'number' ? digitsOf(raw) : null,
    options,
    restricted: raw.restrictedPicklist ?? false,
    controller: controller?.name ?? null,
    references: raw.referenceTo ?? [],
    defaultValue: String(preset),
    updateable: raw.updateable ?? false,
    short: isShort(object, raw.name),
  };
}

/** Integers have `digits`, other numbers `precision` in all and `scale` behind the point. */
function digitsOf({ type, digits, precision, scale }: RawDescribedField): DescribedField['digits'] {
  if (type === 'int' || type === 'long') return digits ? { whole: digits, fraction: 0 } : null;
  if (!precision) return null;
  const fraction = scale ?? 0;
  return { whole: precision - fraction, fraction };
}
