import * as z from 'zod/mini';
import type { RightsRequests } from './rights-protocol';

/** Run-time checks of the requests about one person, for the router alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const ofPerson = z.strictObject({ connectionId: id, object: z.enum(['contact', 'lead']), id });

export const RIGHTS_SCHEMAS: { [N in keyof RightsRequests]: z.ZodMiniType<RightsRequests[N]['in']> } = {
  'rights.find': z.strictObject({ text: z.string().check(z.maxLength(320)) }),
  'rights.export': ofPerson,
  'rights.erase': ofPerson,
  'rights.erased': z.strictObject({}),
  'rights.reset': z.strictObject({ connectionId: id }),
};
