import * as z from 'zod/mini';
import { DECISION_KINDS, SITE_PRESETS, type SiteRequests } from './site-protocol';

/** Run-time checks of the requests about sites, for the router alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const tabId = z.nullable(z.number().check(z.int(), z.nonnegative()));

export const SITE_SCHEMAS: { [N in keyof SiteRequests]: z.ZodMiniType<SiteRequests[N]['in']> } = {
  'site.suggestions': z.strictObject({ tabId }),
  'site.decide': z.strictObject({ tabId, kind: z.enum(DECISION_KINDS), connectionId: z.nullable(id), accountId: z.nullable(id) }),
  'site.takeBack': z.strictObject({
    kind: z.enum(DECISION_KINDS),
    place: z.string().check(z.minLength(1), z.maxLength(400)),
    accountId: z.nullable(id),
  }),
  'accounts.named': z.strictObject({ text: z.string().check(z.maxLength(200)) }),
  'decisions.list': z.strictObject({}),
  'decisions.reset': z.strictObject({}),
  'decisions.never': z.strictObject({ never: z.array(z.enum(SITE_PRESETS)).check(z.maxLength(SITE_PRESETS.length)) }),
};
