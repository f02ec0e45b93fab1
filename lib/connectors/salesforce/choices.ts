import type { ObjectKind } from '@/lib/crm/records';
import type { AccountScope } from '@/lib/crm/selection';
import type { FieldChoice } from '../connector';
import { apiErrorsIn, toCrmError } from './api-errors';
import { objectDescribe, type RawDescribedField } from './api-schemas';
import type { SalesforceClient } from './client';
import { modelNameOf, typeOf } from './fields';
import { countQuery, describePath } from './queries';
import { query, readAs } from './requests';
import { scopeCondition } from './scope';

/** What is no plain value, or no business of a copy. */
const NO_CHOICE = new Set(['address', 'location', 'base64', 'complexvalue', 'anyType', 'encryptedstring', 'id']);
const ALWAYS_COPIED = new Set(['Id', 'SystemModstamp', 'IsDeleted']);

/** An object's fields as this user sees them. One call. @throws AppError of the `crm.` and `auth.` groups */
async function describedFields(client: SalesforceClient, object: ObjectKind): Promise<RawDescribedField[]> {
  const { fields } = await client
    .run(async (api) => readAs(objectDescribe, await api.request({ method: 'GET', url: describePath(object) })))
    .catch((error) => Promise.reject(toCrmError(error)));
  return fields;
}

/** Fields that may be copied, by label. One call. @throws AppError */
export async function fieldChoices(client: SalesforceClient, object: ObjectKind): Promise<FieldChoice[]> {
  const fields = await describedFields(client, object);
  return fields
    .filter(({ name, type }) => !NO_CHOICE.has(type) && !ALWAYS_COPIED.has(name))
    .map((field) => ({
      name: field.name,
      label: field.label,
      model: modelNameOf(object, field.name),
      filterable: (field.filterable ?? false) && field.type !== 'textarea' && field.type !== 'multipicklist',
      options: field.picklistValues.filter(({ active }) => active).map(({ value, label }) => ({ value, label: label ?? value })),
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/**
 * How many Accounts a scope selects, or what Salesforce says against it. Two calls when it has conditions, else one.
 * @throws AppError `selection.invalid` for a field or value that cannot be asked for, and those of the `crm.` group
 */
export async function previewScope(
  client: SalesforceClient,
  scope: AccountScope,
): Promise<{ accounts: number } | { invalid: string }> {
  const { userId } = await client.session();
  const fields = scope.conditions.length > 0 ? await describedFields(client, 'account') : [];
  const accountTypes = Object.fromEntries(fields.map((field) => [field.name, typeOf(field.type)]));
  const soql = countQuery('account', scopeCondition('account', { scope, userId, accountTypes }));
  try {
    return { accounts: (await query(client, soql)).totalSize };
  } catch (error) {
    const refusal = apiErrorsIn(error)?.[0];
    if (!refusal) throw toCrmError(error);
    return { invalid: refusal.message };
  }
}
