import * as z from 'zod/mini';
import type { RightsRequests } from './rights-protocol';

/** Run-time checks of the requests about one person, for the router alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const list = z.enum(['erased', 'objections']);
const ofPersonFields = { connectionId: id, object: z.enum(['contact', 'lead']), id };
const ofPerson = z.strictObject(ofPersonFields);

export const RIGHTS_SCHEMAS: { [N in keyof RightsRequests]: z.ZodMiniType<RightsRequests[N]['in']> } = {
  'rights.find': z.strictObject({ text: z.string().check(z.maxLength(320)) }),
  'rights.export': ofPerson,
  'rights.erase': z.strictObject({ ...ofPersonFields, namesakes: z.boolean() }),
  'rights.object': ofPerson,
  'rights.lists': z.strictObject({}),
  'rights.letIn': z.strictObject({ connectionId: id, list, text: z.string().check(z.maxLength(320)) }),
  'rights.reset': z.strictObject({ connectionId: id, list }),
};
