import type { ObjectionGap, ObjectionOutcome, PersonObject } from '../creation-contract';
import { apiErrorsIn, toCrmError } from './api-errors';
import { linkedIndividual } from './api-schemas';
import { changeRecord } from './change-record';
import type { SalesforceClient } from './client';
import { describeAny } from './describe-object';
import { SALESFORCE_OBJECT } from './queries';
import { query } from './requests';
import { stringLiteral } from './scope';

/** Flags of a Contact or Lead (Object reference), each for one way of being reached. */
const FLAGS = [
  ['HasOptedOutOfEmail', 'email'],
  ['DoNotCall', 'call'],
] as const satisfies [string, ObjectionGap][];

/**
 * Sets the flags that this organisation has and this user may change, and on the Individual behind the record, where there is one, that
 * nobody markets to them (`HasOptedOutSolicit`). Two calls, four with an Individual. @throws AppError of the `crm.` and `auth.` groups
 */
export async function noteObjection(client: SalesforceClient, object: PersonObject, id: string): Promise<ObjectionOutcome> {
  const { fields } = await describeAny(client, object);
  const mayFill = (name: string) => fields.some((field) => field.name === name && field.updateable);
  const missing: ObjectionGap[] = FLAGS.flatMap(([name, gap]) => (mayFill(name) ? [] : [gap]));
  const values = Object.fromEntries(FLAGS.flatMap(([name]) => (mayFill(name) ? [[name, true]] : [])));
  if (Object.keys(values).length > 0) {
    const outcome = await changeRecord(client, { object, id }, values, null);
    if (outcome.kind === 'gone' || outcome.kind === 'invalid') return outcome;
  }
  const hasIndividual = fields.some(({ name, referenceTo }) => name === 'IndividualId' && referenceTo?.includes('Individual'));
  if (hasIndividual && !(await noteOnIndividual(client, object, id))) missing.push('individual');
  return { kind: 'noted', missing };
}

/** False: there is an Individual, and this user may not change it. */
async function noteOnIndividual(client: SalesforceClient, object: PersonObject, id: string): Promise<boolean> {
  const soql = `SELECT IndividualId FROM ${SALESFORCE_OBJECT[object]} WHERE Id = ${stringLiteral(id)}`;
  const { records } = await query(client, soql).catch((error) => Promise.reject(toCrmError(error)));
  const individual = linkedIndividual.safeParse(records[0]).data?.IndividualId;
  if (!individual) return true;
  try {
    const body = JSON.stringify({ HasOptedOutSolicit: true });
    const headers = { 'content-type': 'application/json' };
    await client.run((api) => api.request({ method: 'PATCH', url: `/sobjects/Individual/${individual}`, body, headers }));
    return true;
  } catch (error) {
    // What Salesforce has looked at and refused is for a human being; everything else is tried again.
    if (apiErrorsIn(error) && isRefusal(error)) return false;
    throw toCrmError(error);
  }
}

function isRefusal(error: unknown): boolean {
  const known = toCrmError(error);
  return (
    'code' in known && (known.code === 'crm.forbidden' || known.code === 'crm.refused' || known.code === 'crm.object-missing')
  );
}
