import * as z from 'zod/mini';
import type { PrivacyRequests } from './privacy-protocol';

/** Run-time checks of the requests about privacy, for the router alone. */
const nothing = z.strictObject({});
const ofConnection = z.strictObject({ connectionId: z.string().check(z.minLength(1), z.maxLength(64)) });

export const PRIVACY_SCHEMAS: { [N in keyof PrivacyRequests]: z.ZodMiniType<PrivacyRequests[N]['in']> } = {
  'privacy.retention': nothing,
  'privacy.retain': z.strictObject({ keepDays: z.number().check(z.int(), z.minimum(0), z.maximum(3650)) }),
  'privacy.stored': nothing,
  'privacy.ages': ofConnection,
  'privacy.log': ofConnection,
  'privacy.exportLog': ofConnection,
};
