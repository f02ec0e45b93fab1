import * as z from 'zod/mini';
import { CREATABLE_OBJECTS } from '@/lib/connectors/creation-contract';
import type { DuplicateChoice, OutboxRequests } from './outbox-protocol';

/** Run-time checks of the requests about the outbox and drafts, for the router alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const object = z.enum(CREATABLE_OBJECTS);
/** A CRM's own name of a field. */
const fieldName = z.string().check(z.regex(/^[A-Za-z][\w.-]{0,119}$/));
const values = z.record(fieldName, z.string().check(z.maxLength(140_000)));
const choice: z.ZodMiniType<DuplicateChoice> = z.union([
  z.enum(['ask', 'create']),
  z.strictObject({ use: id }),
  z.strictObject({ update: id }),
]);
const draft = {
  draftId: id,
  connectionId: id,
  object,
  recordTypeId: z.nullable(id),
  values,
  labels: z.optional(z.record(fieldName, z.string().check(z.maxLength(1000)))),
  basis: z.unknown(),
  source: z.nullable(z.strictObject({ url: z.string().check(z.maxLength(2000)) })),
  assign: z.boolean(),
  followUp: z.optional(z.nullable(z.strictObject({ entryId: id, field: fieldName }))),
};
const one = z.strictObject({ connectionId: id, id });

export const OUTBOX_SCHEMAS: { [N in keyof OutboxRequests]: z.ZodMiniType<OutboxRequests[N]['in']> } = {
  'outbox.send': z.strictObject({ ...draft, duplicates: choice }),
  'outbox.list': z.strictObject({}),
  'outbox.unsent': z.strictObject({ connectionId: id }),
  'outbox.retry': z.strictObject({ connectionId: id, id, duplicates: choice }),
  'outbox.edit': one,
  'outbox.drop': one,
  'outbox.undo': one,
  'outbox.reset': z.strictObject({}),
  'draft.save': z.strictObject(draft),
  'draft.load': z.strictObject({ connectionId: id, object }),
  'draft.drop': z.strictObject({ connectionId: id, object }),
  'creation.duplicates': z.strictObject({ connectionId: id, object, values }),
};
