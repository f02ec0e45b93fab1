import * as z from 'zod/mini';
import { LEGAL_BASES, type RequestName, type Requests } from './protocol';

/** Run-time checks of every request, for the router alone: zod stays out of the views and of the content script. */
const nothing = z.strictObject({});
const id = z.string().check(z.minLength(1), z.maxLength(64));
const shortText = z.string().check(z.maxLength(1000));
const tabId = z.nullable(z.number().check(z.int(), z.nonnegative()));

export const REQUEST_SCHEMAS: { [N in RequestName]: z.ZodMiniType<Requests[N]['in']> } = {
  'overlay.ask': nothing,
  'sidebar.open': z.strictObject({ token: id }),
  'sidebar.account': z.strictObject({ token: id, connectionId: id, accountId: id }),
  'sidebar.close': z.strictObject({ token: id }),
  'site.state': z.strictObject({ tabId }),
  'account.view': z.strictObject({ connectionId: id, accountId: id }),
  'connections.list': nothing,
  'connections.connect': z.strictObject({ crm: z.literal('salesforce'), loginHost: shortText, clientId: shortText }),
  'connections.reconnect': z.strictObject({ connectionId: id }),
  'connections.disconnect': z.strictObject({ connectionId: id }),
  'connections.setup': nothing,
  'sync.start': z.strictObject({ connectionId: id }),
  'lead.form': z.strictObject({ tabId }),
  'lead.create': z.strictObject({
    connectionId: id,
    values: z.record(z.string().check(z.maxLength(80)), z.string().check(z.maxLength(40_000))),
    basis: z.strictObject({ kind: z.enum(LEGAL_BASES), reason: z.string().check(z.maxLength(2000)) }),
    source: z.nullable(z.string().check(z.regex(/^[a-z0-9.-]{1,253}$/))),
    allowDuplicate: z.boolean(),
  }),
  'sites.access': nothing,
};

export const wireMessage = z.object({ sidelight: z.literal(1), name: z.string(), payload: z.unknown() });
