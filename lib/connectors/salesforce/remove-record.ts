import type { CreatableObject } from '../creation-contract';
import { apiErrorsIn, isGone, toCrmError } from './api-errors';
import { compositeAnswer, linkedPerson } from './api-schemas';
import type { SalesforceClient } from './client';
import { API_ROOT } from './rest-api';
import { recordPath, SALESFORCE_OBJECT } from './queries';
import { query, readAs } from './requests';
import { stringLiteral } from './scope';

/**
 * Deletes a record, and the Individual that was made along with a person. One call; of a person one before it, to look.
 * @returns true: it is gone, now or before. False: this user may not
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function removeRecord(client: SalesforceClient, object: CreatableObject, id: string): Promise<boolean> {
  const individual = object === 'lead' || object === 'contact' ? await ownIndividual(client, object, id) : null;
  if (individual && (await removeTogether(client, [recordPath(object, id), `/sobjects/Individual/${individual}`]))) return true;
  try {
    await client.run((api) => api.request({ method: 'DELETE', url: recordPath(object, id) }));
    return true;
  } catch (error) {
    if (isGone(error)) return true;
    const known = toCrmError(error);
    if ('code' in known && known.code === 'crm.forbidden') return false;
    throw known;
  }
}

/** The Individual of a person when both were made at once by one user, as we make them: one that was there before stays. */
async function ownIndividual(client: SalesforceClient, object: CreatableObject, id: string): Promise<string | null> {
  const names = ['CreatedById', 'CreatedDate', 'IndividualId', 'Individual.CreatedById', 'Individual.CreatedDate'];
  const soql = `SELECT ${names.join(', ')} FROM ${SALESFORCE_OBJECT[object]} WHERE Id = ${stringLiteral(id)}`;
  try {
    const parsed = linkedPerson.safeParse((await query(client, soql)).records[0]);
    if (!parsed.success) return null;
    const { CreatedById, CreatedDate, IndividualId, Individual } = parsed.data;
    const apart = Math.abs(Date.parse(CreatedDate) - Date.parse(Individual.CreatedDate));
    return CreatedById === Individual.CreatedById && apart <= 1000 ? IndividualId : null;
  } catch (error) {
    // Most organisations have no Individuals, and say that there is no such field.
    if (apiErrorsIn(error)) return null;
    throw toCrmError(error);
  }
}

/** Deletes all of these or none. False: Salesforce would not. */
async function removeTogether(client: SalesforceClient, paths: readonly string[]): Promise<boolean> {
  const compositeRequest = paths.map((path, place) => ({ method: 'DELETE', url: API_ROOT + path, referenceId: `gone${place}` }));
  const body = JSON.stringify({ allOrNone: true, compositeRequest });
  const headers = { 'content-type': 'application/json' };
  const { compositeResponse } = await client
    .run(async (api) => readAs(compositeAnswer, await api.request({ method: 'POST', url: '/composite', body, headers })))
    .catch((error) => Promise.reject(toCrmError(error)));
  return compositeResponse.length === paths.length && compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 300);
}
