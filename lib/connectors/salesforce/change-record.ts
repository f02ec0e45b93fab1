import type { CreatableObject, CreateValue, CreateValues, UpdateOutcome } from '../creation-contract';
import { hasApiCode, isGone, toCrmError } from './api-errors';
import { changedRow } from './api-schemas';
import type { SalesforceClient } from './client';
import { refusalOf } from './create-outcome';
import { recordPath, SALESFORCE_OBJECT } from './queries';
import { query } from './requests';
import { stringLiteral } from './scope';

const HEADERS = {
  'content-type': 'application/json',
  // Whoever changes a stage is not asked about duplicates that were there before.
  'Sforce-Duplicate-Rule-Header': 'allowSave=true; includeRecordDetails=false; runAsCurrentUser=true',
  'Sforce-Auto-Assign': 'FALSE',
};

/**
 * Changes a record unless somebody has since `readAt`: it is read first, and Salesforce itself refuses what comes between
 * (REST API guide, "Conditional Request Headers"). Two calls; one when `readAt` is null.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function changeRecord(
  client: SalesforceClient,
  record: { object: CreatableObject; id: string },
  values: CreateValues,
  readAt: string | null,
): Promise<UpdateOutcome> {
  if (readAt !== null) {
    const found = await changedSince(client, record, values, readAt);
    if (found) return found;
  }
  const headers = readAt === null ? HEADERS : { ...HEADERS, 'If-Unmodified-Since': new Date(readAt).toUTCString() };
  const { object, id } = record;
  try {
    await client.run((api) =>
      api.request({ method: 'PATCH', url: recordPath(object, id), body: JSON.stringify(values), headers }),
    );
    return { kind: 'updated' };
  } catch (error) {
    if (isGone(error)) return { kind: 'gone' };
    const between = isTooLate(error) && readAt !== null ? await changedSince(client, record, values, readAt) : null;
    if (between) return between;
    const refusal = refusalOf(error);
    return refusal.kind === 'invalid' ? refusal : { kind: 'invalid', fieldErrors: {}, formErrors: [refusal.message] };
  }
}

/** The record as it stands, when it is not the one that was read any more. Null: it still is. */
async function changedSince(
  client: SalesforceClient,
  { object, id }: { object: CreatableObject; id: string },
  values: CreateValues,
  readAt: string,
): Promise<UpdateOutcome | null> {
  const names = [...new Set(['Id', 'LastModifiedDate', ...Object.keys(values)])].join(', ');
  const soql = `SELECT ${names} FROM ${SALESFORCE_OBJECT[object]} WHERE Id = ${stringLiteral(id)}`;
  const { records } = await query(client, soql).catch((error) => Promise.reject(toCrmError(error)));
  const parsed = changedRow.safeParse(records[0]);
  if (!parsed.success) return { kind: 'gone' };
  if (Date.parse(parsed.data.LastModifiedDate) <= Date.parse(readAt)) return null;
  const current = Object.fromEntries(Object.keys(values).map((name) => [name, plainValue(parsed.data[name])]));
  return { kind: 'conflict', current, modifiedAt: new Date(parsed.data.LastModifiedDate).toISOString() };
}

const plainValue = (value: unknown): CreateValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

const isTooLate = (error: unknown): boolean => hasApiCode(error, 'PRECONDITION_FAILED');
