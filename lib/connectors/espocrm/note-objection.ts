import type { ObjectionGap, ObjectionOutcome, PersonObject } from '../creation-contract';
import { changeRecord, heldNow } from './change-record';
import type { EspoClient } from './client';
import { describeEntity, whoAmI } from './describe';

/** The flag of a person, and the one that EspoCRM keeps with an e-mail address: each with the field it stands in, whose rights are its own. */
const FLAGS = [
  ['doNotCall', 'doNotCall', 'call'],
  ['emailAddressIsOptedOut', 'emailAddress', 'email'],
] as const satisfies [string, string, ObjectionGap][];

/**
 * Sets the flags that there are and that the role allows, and looks whether they stand: what is kept with an address is not a part of
 * the record. Somebody without an address has none to opt out. Four calls. @throws AppError of the `crm.` and `auth.` groups
 */
export async function noteObjection(client: EspoClient, object: PersonObject, id: string): Promise<ObjectionOutcome> {
  const entity = await describeEntity(client, await whoAmI(client), object);
  const held = await heldNow(client, { object, id });
  if (!held) return { kind: 'gone' };
  const wanted = FLAGS.filter(([, field]) => field !== 'emailAddress' || Boolean(held.emailAddress));
  const isOpen = (field: string) => {
    const def = entity?.fields.get(field);
    return def !== undefined && def.readOnly !== true && entity?.isFixed(field) === false;
  };
  const values = Object.fromEntries(wanted.flatMap(([flag, field]) => (isOpen(field) ? [[flag, true]] : [])));
  if (entity && Object.keys(values).length > 0) {
    const outcome = await changeRecord(client, { object, id, entity }, values, null);
    if (outcome.kind === 'gone' || outcome.kind === 'invalid') return outcome;
  }
  const now = await heldNow(client, { object, id });
  return { kind: 'noted', missing: wanted.flatMap(([flag, , gap]) => (now?.[flag] === true ? [] : [gap])) };
}
