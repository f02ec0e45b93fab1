import * as z from 'zod/mini';
import { CRMS } from '@/lib/crm/crm-kind';
import { OBJECTS } from '@/lib/crm/records';
import { ERROR_CODES } from '@/lib/shared/errors';
import { OUTBOX_STATES } from '@/lib/shared/outbox-states';
import { ACTS } from '@/lib/shared/processing-acts';

/**
 * The form of the diagnostics report. Each value in it is a number, yes or no, one of a list of words, or a version: there is no place
 * for a text, so that no name, address, token or host can stand in it. What does not fit is left out (`null`, `unknown`) and never fails the
 * report, since a report is wanted just when something is wrong.
 */

/** Nine digits and more are none of ours, but could be somebody's phone number. */
const MOST = 99_999_999;
const count = z.catch(z.nullable(z.number().check(z.int(), z.minimum(0), z.maximum(MOST))), null);
const flag = z.catch(z.nullable(z.boolean()), null);
const version = z.catch(z.nullable(z.string().check(z.regex(/^\d{1,4}(?:\.\d{1,4}){0,3}$/))), null);
const oneOf = (words: readonly string[]) => z.catch(z.nullable(z.enum([...words, 'unknown'])), 'unknown');
const listOf = <T extends z.ZodMiniType>(item: T) => z.catch(z.array(item).check(z.maxLength(500)), []);
const code = oneOf(ERROR_CODES);
const object = oneOf(OBJECTS);

const PARTS = ['open', 'counts', 'bytes', 'status', 'history', 'selection', 'decisions', 'outbox', 'log'] as const;
/** What is asked of a connection, by name, so that it can be said what could not be had. */
export type Part = (typeof PARTS)[number];

/** How the address of a CRM is told: by its kind, since the address names the organisation. */
const HOST_KINDS = ['production', 'sandbox', 'own', 'built-in'] as const;

const run = z.strictObject({
  hoursAgo: count,
  seconds: count,
  why: oneOf(['first', 'due', 'asked', 'resumed']),
  outcome: oneOf(['ok', 'failed', 'interrupted']),
  code,
  calls: count,
  skipped: count,
  refused: count,
  renewed: count,
  objects: listOf(z.strictObject({ object, received: count, deleted: count })),
});

const connection = z.strictObject({
  crm: oneOf(CRMS),
  host: oneOf(HOST_KINDS),
  login: oneOf(['app', 'tab', 'key', 'none']),
  daysOld: count,
  copies: count,
  openMs: count,
  countMs: count,
  megabytes: count,
  objects: listOf(
    z.strictObject({ object, records: count, wanted: flag, fieldsLeftOut: count, fieldsAdded: count, fieldsAllowed: count }),
  ),
  scope: z.strictObject({ owner: oneOf(['all', 'mine']), withWebsite: flag, conditions: count, reservePercent: count }),
  sync: z.strictObject({
    running: flag,
    successHoursAgo: count,
    dueInHours: count,
    code,
    codeHoursAgo: count,
    skipped: count,
    calls: count,
    callsUsedPercent: count,
    unavailable: listOf(object),
    held: listOf(z.strictObject({ object, records: count, of: count, answer: oneOf(['keep', 'remove']) })),
  }),
  runs: listOf(run),
  decisions: z.strictObject({ links: count, refusals: count, ignored: count }),
  outbox: listOf(
    z.strictObject({
      state: oneOf(OUTBOX_STATES),
      code,
      entries: count,
    }),
  ),
  log: z.strictObject({ entries: count, whole: flag, acts: listOf(z.strictObject({ act: oneOf(ACTS), entries: count })) }),
  troubles: listOf(z.strictObject({ part: oneOf(PARTS), code })),
});

const KINDS = ['banking', 'health', 'webmail', 'government'] as const;
const PERMISSIONS = ['storage', 'alarms', 'identity', 'idle', 'scripting', 'activeTab', 'contextMenus', 'cookies'] as const;
const POLICY_KEYS = [
  'consumerKey',
  'loginHosts',
  'protection',
  'maxIdleMinutes',
  'maxKeepDays',
  'overlay',
  'objects',
  'fields',
  'neverSites',
  'neverKinds',
] as const;

export const REPORT = z.strictObject({
  sidelight: z.literal('diagnostics'),
  format: z.literal(1),
  version,
  browser: z.strictObject({ family: oneOf(['chromium', 'firefox']), version: count, language: oneOf(['en', 'de', 'other']) }),
  system: oneOf(['mac', 'win', 'android', 'cros', 'linux', 'openbsd', 'fuchsia']),
  protection: z.strictObject({
    mode: oneOf(['device', 'passphrase']),
    derivation: oneOf(['argon2id', 'pbkdf2-sha256']),
    passkeys: count,
    changing: flag,
  }),
  settings: z.strictObject({
    idleMinutes: count,
    keepDays: count,
    syncHours: count,
    overlay: oneOf(['tab', 'open', 'asked']),
    partsMoved: count,
    partsFolded: count,
    setup: oneOf(['unseen', 'about', 'connect', 'sites', 'protection', 'done']),
    never: listOf(oneOf(KINDS)),
  }),
  policy: z.strictObject({ set: listOf(oneOf(POLICY_KEYS)), ignored: count }),
  permissions: z.strictObject({ allSites: flag, named: listOf(oneOf(PERMISSIONS)), crmHosts: count, otherHosts: count }),
  timings: z.strictObject({ settingsMs: count, connectionsMs: count }),
  connections: listOf(connection),
});

/** What a report is made of; any value may be anything, the form decides. */
export type ReportFacts = z.input<typeof REPORT>;

/** The report as it is shown, and saved to the letter. @throws ZodError when `facts` has a field that the form does not */
export function reportText(facts: { [K in keyof ReportFacts]: unknown }): string {
  return `${JSON.stringify(REPORT.parse(facts), null, 2)}\n`;
}
