import * as z from 'zod/mini';
import type { CreatableObject } from '@/lib/connectors/creation-contract';
import { type Changeable, CHANGEABLE, type CreationRequests } from './creation-protocol';

/** Run-time checks of the requests about forms, for the router alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const tabId = z.nullable(z.number().check(z.int(), z.nonnegative()));
/** A CRM's own name of a field. It gets into a query, where nothing but a name may stand. */
const fieldName = z.string().check(z.regex(/^[A-Za-z][\w.-]{0,119}$/));
const OBJECTS: Record<CreatableObject, true> = { lead: true, contact: true, account: true, opportunity: true, task: true };
const object = z.enum(Object.keys(OBJECTS) as CreatableObject[]);
const changed: z.ZodMiniType<Partial<Record<Changeable, string>>> = z.partialRecord(
  z.enum(CHANGEABLE),
  z.string().check(z.maxLength(255)),
);

const wish = z.strictObject({
  connectionId: z.nullable(id),
  object,
  tabId,
  text: z.nullable(z.string().check(z.maxLength(2000))),
  link: z.nullable(z.strictObject({ kind: object, id })),
});

export const CREATION_SCHEMAS: { [N in keyof CreationRequests]: z.ZodMiniType<CreationRequests[N]['in']> } = {
  'creation.objects': z.strictObject({}),
  'creation.form': wish,
  'creation.prefill': wish,
  'creation.lookUp': z.strictObject({ connectionId: id, object, field: fieldName, text: z.string().check(z.maxLength(200)) }),
  'creation.choice': z.strictObject({ connectionId: id, object }),
  'creation.choose': z.strictObject({
    connectionId: id,
    object,
    short: z.nullable(z.array(fieldName).check(z.maxLength(200))),
  }),
  'creation.changeable': z.strictObject({ connectionId: id, object: z.enum(['opportunity', 'task']) }),
  'creation.change': z.strictObject({
    connectionId: id,
    object: z.enum(['opportunity', 'task']),
    id,
    values: changed,
    force: z.boolean(),
  }),
  'creation.convert': z.strictObject({ connectionId: id, id, accountId: z.nullable(id) }),
};
