import { AppError } from '@/lib/shared/errors';
import type { CreatableObject, DescribedField, ObjectDescription } from '../connector';
import { toCrmError } from './api-errors';
import { objectDescribe, type RawDescribedField } from './api-schemas';
import type { SalesforceClient } from './client';
import { SALESFORCE_OBJECT } from './queries';

const TYPES = new Map<string, DescribedField['type']>([
  ['string', 'text'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['url', 'url'],
  ['picklist', 'picklist'],
  ['boolean', 'checkbox'],
  ['textarea', 'textarea'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['int', 'number'],
  ['date', 'date'],
]);

/** What this user may fill in when creating `object`. One call. */
export async function describeObject(client: SalesforceClient, object: CreatableObject): Promise<ObjectDescription> {
  const answer = await client
    .run((connection) => connection.request({ method: 'GET', url: `/sobjects/${SALESFORCE_OBJECT[object]}/describe` }))
    .catch((error) => Promise.reject(toCrmError(error)));
  const parsed = objectDescribe.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  if (!parsed.data.createable) throw new AppError('crm.forbidden');
  return { fields: parsed.data.fields.flatMap((field) => describedField(field) ?? []) };
}

/** Salesforce's rule: required are fields that one may fill, that may not be empty and that get no value by themselves. */
function describedField(raw: RawDescribedField): DescribedField | null {
  const type = TYPES.get(raw.type);
  if (!raw.createable || !type) return null;
  const options = raw.picklistValues.filter((value) => value.active);
  const preset = options.find((value) => value.defaultValue)?.value ?? raw.defaultValue ?? '';
  return {
    name: raw.name,
    label: raw.label,
    type,
    required: !raw.nillable && !raw.defaultedOnCreate && type !== 'checkbox',
    maxLength: raw.length > 0 ? raw.length : null,
    options: options.map((value) => ({ value: value.value, label: value.label ?? value.value })),
    defaultValue: String(preset),
  };
}
