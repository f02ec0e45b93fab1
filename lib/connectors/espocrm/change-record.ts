import type { CreatableObject, CreateValue, CreateValues, UpdateOutcome } from '../creation-contract';
import { reasonOf, refusedAs } from './api-errors';
import { versionedRecord } from './api-schemas';
import { jsonIn } from '../key-client';
import type { EspoClient } from './client';
import { refusalOf } from './create-outcome';
import type { Entity } from './describe';
import { isoTime } from './mappers';
import { ESPO_OBJECT } from './queries';
import { sentValues } from './sent-values';

const pathOf = (object: CreatableObject, id: string) => `${ESPO_OBJECT[object]}/${encodeURIComponent(id)}`;

interface Target {
  object: CreatableObject;
  id: string;
  entity: Entity;
}

/**
 * Changes a record unless somebody has since `readAt`: it is read first, and EspoCRM itself refuses what comes between where
 * it counts versions. Two calls; one when `readAt` is null.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function changeRecord(
  client: EspoClient,
  target: Target,
  values: CreateValues,
  readAt: string | null,
): Promise<UpdateOutcome> {
  const { object, id, entity } = target;
  const held = readAt === null ? null : await heldNow(client, target);
  if (readAt !== null) {
    if (!held) return { kind: 'gone' };
    const conflict = conflictIn(held, values, readAt);
    if (conflict) return conflict;
  }
  const headers = typeof held?.versionNumber === 'number' ? { 'x-version-number': String(held.versionNumber) } : {};
  // Whoever changes a stage is not asked about duplicates that were there before.
  const sent = { 'x-skip-duplicate-check': 'true', ...headers };
  const body = sentValues({ values, basis: null }, entity);
  const answer = await client.send({ method: 'PUT', path: pathOf(object, id), body, headers: sent });
  if (answer.status < 400) return { kind: 'updated' };
  if (answer.status === 404) return { kind: 'gone' };
  if (answer.status === 409 && reasonOf(answer) === 'modified') {
    const current = await heldNow(client, target);
    return current ? (conflictIn(current, values, '') ?? { kind: 'gone' }) : { kind: 'gone' };
  }
  const refusal = refusalOf(answer, ESPO_OBJECT[object], entity);
  return refusal.kind === 'invalid' ? refusal : { kind: 'invalid', fieldErrors: {}, formErrors: [refusal.message] };
}

/**
 * Deletes a record. One call.
 * @returns true: it is gone, now or before. False: the role does not allow it
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function removeRecord(client: EspoClient, object: CreatableObject, id: string): Promise<boolean> {
  const answer = await client.send({ method: 'DELETE', path: pathOf(object, id) });
  if (answer.status < 400 || answer.status === 404) return true;
  if (answer.status === 403) return false;
  throw refusedAs(answer);
}

type Held = Record<string, unknown> & { modifiedAt?: string | null | undefined; versionNumber?: number | null | undefined };

/** The record as it stands; null when it is gone. An administrator is still shown what is deleted (measured). */
async function heldNow(client: EspoClient, { object, id }: Target): Promise<Held | null> {
  const answer = await client.send({ method: 'GET', path: pathOf(object, id) });
  if (answer.status === 404) return null;
  if (answer.status >= 400) throw refusedAs(answer);
  const parsed = versionedRecord.safeParse(jsonIn(answer));
  return parsed.success && parsed.data.deleted !== true ? parsed.data : null;
}

function conflictIn(held: Held, values: CreateValues, readAt: string): UpdateOutcome | null {
  const modifiedAt = isoTime(held.modifiedAt);
  if (!modifiedAt || modifiedAt <= readAt) return null;
  const current = Object.fromEntries(Object.keys(values).map((name) => [name, plainValue(held[name])]));
  return { kind: 'conflict', current, modifiedAt };
}

const plainValue = (value: unknown): CreateValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
