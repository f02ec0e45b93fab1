import * as z from 'zod/mini';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { OVERLAY_MODES } from './settings';

/** Kinds of sites on which nothing is looked up, by the names that messages have for them. */
export const NEVER_KINDS = ['banking', 'health', 'webmail', 'government'] as const;

/** What the administrator has set. Null and empty: left to the user. */
export interface Policy {
  /** The one app with which people may sign in. */
  consumerKey: string | null;
  /** The only hosts at which people may sign in. */
  loginHosts: readonly string[] | null;
  /** The copy is shown under this protection alone. */
  protection: 'passphrase' | null;
  /** It locks after so many minutes at the latest. */
  maxIdleMinutes: number | null;
  /** Records that no sync has brought up to date for so many days are deleted at the latest. */
  maxKeepDays: number | null;
  overlay: (typeof OVERLAY_MODES)[number] | null;
  /** The only kinds of records that may be copied, besides those without which nothing works. */
  objects: readonly ObjectKind[] | null;
  /** By kind of record the only fields that may be copied, by the CRM's own names, besides those without which nothing works. */
  fields: Partial<Record<ObjectKind, readonly string[]>>;
  /** Registrable domains or hosts on which nothing is ever looked up. */
  neverSites: readonly string[];
  neverKinds: readonly (typeof NEVER_KINDS)[number][];
}

export const NO_POLICY: Policy = {
  consumerKey: null,
  loginHosts: null,
  protection: null,
  maxIdleMinutes: null,
  maxKeepDays: null,
  overlay: null,
  objects: null,
  fields: {},
  neverSites: [],
  neverKinds: [],
};

const host = z.string().check(z.trim(), z.toLowerCase(), z.regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/));
const fieldName = z.string().check(z.regex(/^[A-Za-z]\w{0,119}$/));

/** A value of the list is dropped when it does not fit; the list itself counts, or one slip would lift the whole limit. */
function listOf<T>(item: z.ZodMiniType<T>, name: string, value: unknown, ignored: string[]): T[] | null {
  if (!Array.isArray(value)) {
    ignored.push(name);
    return null;
  }
  return value.flatMap((one, index) => {
    const parsed = item.safeParse(one);
    if (!parsed.success) ignored.push(`${name}[${index}]`);
    return parsed.success ? [parsed.data] : [];
  });
}

function fieldsIn(value: unknown, ignored: string[]): Policy['fields'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    ignored.push('fields');
    return {};
  }
  const fields: Policy['fields'] = {};
  for (const [name, list] of Object.entries(value)) {
    const object = OBJECTS.find((one) => one === name);
    const allowed = object ? listOf(fieldName, `fields.${name}`, list, ignored) : null;
    if (!object) ignored.push(`fields.${name}`);
    if (object && allowed) fields[object] = allowed;
  }
  return fields;
}

/** How each key is read; what gives null leaves it to the user. */
const KEYS: {
  [K in keyof Policy]: (value: unknown, ignored: string[]) => Policy[K] | null;
} = {
  consumerKey: one(z.string().check(z.trim(), z.minLength(1), z.maxLength(1000)), 'consumerKey'),
  loginHosts: (value, ignored) => listOf(host, 'loginHosts', value, ignored),
  protection: one(z.literal('passphrase'), 'protection'),
  maxIdleMinutes: one(z.number().check(z.int(), z.minimum(1), z.maximum(720)), 'maxIdleMinutes'),
  maxKeepDays: one(z.number().check(z.int(), z.minimum(1), z.maximum(3650)), 'maxKeepDays'),
  overlay: one(z.enum(OVERLAY_MODES), 'overlay'),
  objects: (value, ignored) => listOf(z.enum(OBJECTS), 'objects', value, ignored),
  fields: fieldsIn,
  neverSites: (value, ignored) => listOf(host, 'neverSites', value, ignored),
  neverKinds: (value, ignored) => listOf(z.enum(NEVER_KINDS), 'neverKinds', value, ignored),
};

function one<T>(schema: z.ZodMiniType<T>, name: string) {
  return (value: unknown, ignored: string[]): T | null => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) ignored.push(name);
    return parsed.success ? parsed.data : null;
  };
}

/**
 * The policy in what the browser gave. Whatever does not fit is left out and named in `ignored` (`maxIdleMinutes`,
 * `loginHosts[1]`, or a key that does not exist), never by its value. Never throws.
 */
export function readPolicy(managed: Record<string, unknown>): { policy: Policy; ignored: string[] } {
  const ignored: string[] = [];
  const policy: Policy = { ...NO_POLICY };
  const read = <K extends keyof Policy>(key: K, value: unknown) => {
    policy[key] = KEYS[key](value, ignored) ?? NO_POLICY[key];
  };
  for (const [key, value] of Object.entries(managed)) {
    if (Object.hasOwn(KEYS, key)) read(key as keyof Policy, value);
    else ignored.push(key.slice(0, 40));
  }
  return { policy, ignored };
}

/** Whether the policy lets people sign in with this app at this host. */
export function allowsLogin(policy: Policy, { clientId, host: at }: { clientId: string; host: string }): boolean {
  const isApp = policy.consumerKey === null || policy.consumerKey === clientId;
  return isApp && (policy.loginHosts === null || policy.loginHosts.includes(at));
}

/** Whether the policy keeps a site out: a host, by itself or by a domain above it. */
export function isNeverSite({ neverSites }: Policy, siteHost: string): boolean {
  return neverSites.some((never) => siteHost === never || siteHost.endsWith(`.${never}`));
}
