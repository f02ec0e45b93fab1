import * as z from 'zod/mini';
import type { ObjectKind } from '@/lib/crm/records';
import type { AccountScope, Operator, Selection } from '@/lib/crm/selection';
import { BASIS_SCHEMAS } from './basis-schemas';
import { CREATION_SCHEMAS } from './creation-schemas';
import { OUTBOX_SCHEMAS } from './outbox-schemas';
import { OVERLAY_SCHEMAS } from './overlay-schemas';
import { PRIVACY_SCHEMAS } from './privacy-schemas';
import { RIGHTS_SCHEMAS } from './rights-schemas';
import { type RequestName, type Requests, SECTIONS, SETUP_STEPS } from './protocol';
import { SITE_SCHEMAS } from './site-schemas';

/** Run-time checks of every request, for the router alone: zod stays out of the views and of the content script. */
const nothing = z.strictObject({});
const id = z.string().check(z.minLength(1), z.maxLength(64));
const shortText = z.string().check(z.maxLength(1000));
const tabId = z.nullable(z.number().check(z.int(), z.nonnegative()));

const keysOf = <K extends string>(all: Record<K, true>) => z.enum(Object.keys(all) as K[]);
const object = keysOf<ObjectKind>({ user: true, account: true, contact: true, lead: true, opportunity: true, task: true });
const operator = keysOf<Operator>({
  is: true,
  'is-not': true,
  contains: true,
  'starts-with': true,
  above: true,
  below: true,
  empty: true,
  'not-empty': true,
});
/** A CRM's own name of a field. It gets into a query, where nothing but a name may stand. */
const fieldName = z.string().check(z.regex(/^[A-Za-z][\w.-]{0,119}$/));
const scope: z.ZodMiniType<AccountScope> = z.strictObject({
  owner: z.enum(['all', 'mine']),
  withWebsite: z.boolean(),
  conditions: z
    .array(
      z.strictObject({
        field: fieldName,
        operator,
        values: z.array(z.string().check(z.maxLength(255))).check(z.maxLength(250)),
      }),
    )
    .check(z.maxLength(10)),
});
const objectSelection = z.strictObject({
  wanted: z.boolean(),
  without: z.array(fieldName).check(z.maxLength(200)),
  extra: z.array(z.strictObject({ name: fieldName, label: z.string().check(z.maxLength(255)) })).check(z.maxLength(200)),
});
const selection: z.ZodMiniType<Selection> = z.strictObject({
  objects: z.strictObject({
    user: objectSelection,
    account: objectSelection,
    contact: objectSelection,
    lead: objectSelection,
    opportunity: objectSelection,
    task: objectSelection,
  }),
  scope,
  reserve: z.number().check(z.minimum(0), z.maximum(0.9)),
});

/** Long enough for any sentence; a limit, since each try costs the memory-hard derivation and its input is hashed first. */
const passphrase = z.string().check(z.minLength(1), z.maxLength(1024));
/** 32 bytes as base64url without padding. */
const bytes32 = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
/** A header's value: no line can be broken with it. */
const apiKey = z.string().check(z.regex(/^[\x21-\x7e]{1,256}$/));
const credentialId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,1400}$/));

export const REQUEST_SCHEMAS: { [N in RequestName]: z.ZodMiniType<Requests[N]['in']> } = {
  ...BASIS_SCHEMAS,
  ...CREATION_SCHEMAS,
  ...OUTBOX_SCHEMAS,
  ...OVERLAY_SCHEMAS,
  ...PRIVACY_SCHEMAS,
  ...RIGHTS_SCHEMAS,
  'sidebar.open': z.strictObject({ token: id }),
  'sidebar.account': z.strictObject({ token: id, connectionId: id, accountId: id }),
  'sidebar.layout': nothing,
  'sidebar.arrange': z.strictObject({
    order: z.array(z.enum(SECTIONS)).check(z.maxLength(SECTIONS.length)),
    closed: z.array(z.enum(SECTIONS)).check(z.maxLength(SECTIONS.length)),
  }),
  'sidebar.close': z.strictObject({ token: id }),
  'site.state': z.strictObject({ tabId }),
  'account.view': z.strictObject({ connectionId: id, accountId: id }),
  'connections.list': nothing,
  'connections.connect': z.strictObject({ crm: z.literal('salesforce'), loginHost: shortText, clientId: shortText }),
  'connections.sample': nothing,
  'connections.connectByTab': z.strictObject({ crm: z.literal('salesforce'), host: shortText }),
  'connections.connectByKey': z.strictObject({ crm: z.enum(['espocrm', 'hubspot']), address: shortText, apiKey }),
  'connections.reconnect': z.strictObject({ connectionId: id }),
  'connections.renewKey': z.strictObject({ connectionId: id, apiKey }),
  'connections.disconnect': z.strictObject({ connectionId: id }),
  'connections.setup': nothing,
  'receipts.list': nothing,
  'receipts.dismiss': z.strictObject({ id }),
  'sync.start': z.strictObject({ connectionId: id }),
  'sync.history': z.strictObject({ connectionId: id }),
  'sync.held': z.strictObject({ connectionId: id, object }),
  'sync.answer': z.strictObject({ connectionId: id, object, answer: z.enum(['keep', 'remove']) }),
  'selection.usual': nothing,
  'selection.get': z.strictObject({ connectionId: id }),
  'selection.fields': z.strictObject({ connectionId: id, object }),
  'selection.preview': z.strictObject({ connectionId: id, scope }),
  'selection.save': z.strictObject({ connectionId: id, selection }),
  'search.find': z.strictObject({ text: z.string().check(z.maxLength(1000)) }),
  'errand.take': nothing,
  'setup.step': nothing,
  'setup.go': z.strictObject({ step: z.enum(SETUP_STEPS) }),
  'policy.get': nothing,
  'sites.access': nothing,
  ...SITE_SCHEMAS,
  'vault.state': nothing,
  'vault.unlock': z.strictObject({ passphrase }),
  'vault.unlockWithPasskey': z.strictObject({ credentialId, secret: bytes32 }),
  'vault.lock': nothing,
  'vault.setPassphrase': z.strictObject({ passphrase, current: z.nullable(passphrase) }),
  'vault.removePassphrase': z.strictObject({ current: passphrase }),
  'vault.addPasskey': z.strictObject({
    credentialId,
    salt: bytes32,
    secret: bytes32,
    name: z.string().check(z.minLength(1), z.maxLength(80)),
  }),
  'vault.removePasskey': z.strictObject({ credentialId }),
  'vault.configure': z.strictObject({ idleMinutes: z.number().check(z.int(), z.minimum(0), z.maximum(720)) }),
  'vault.reset': nothing,
};

export const wireMessage = z.object({ sidelight: z.literal(1), name: z.string(), payload: z.unknown() });
