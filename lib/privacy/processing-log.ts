import * as z from 'zod/mini';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { type ErrorCode, isErrorCode } from '@/lib/shared/errors';
import { type Act, ACTS, DEEDS, type RecordDeed } from '@/lib/shared/processing-acts';

const whole = z.number().check(z.int(), z.nonnegative());
const entry = z.object({
  /** Counts up by one; the first entry of a log is 1. */
  n: whole,
  at: z.string(),
  act: z.enum(ACTS),
  code: z.nullable(z.custom<ErrorCode>(isErrorCode)),
  records: z.array(z.object({ object: z.enum(OBJECTS), deed: z.enum(DEEDS), count: whole })),
  calls: z.array(z.object({ host: z.string(), count: whole })),
  /** SHA-256 in hex over the hash of the entry before and this entry without its own. */
  hash: z.string(),
});
const stored = z.object({
  entries: z.array(entry),
  /** The last entry that is not kept any more. */
  before: z.object({ n: whole, hash: z.string() }),
  /** Every host that was ever called for this connection. */
  hosts: z.array(z.object({ host: z.string(), calls: whole, first: z.string(), last: z.string() })),
});

type LogEntry = z.infer<typeof entry>;
export type ProcessingLog = z.infer<typeof stored>;
export type HostCalls = ReadonlyMap<string, number>;

/** One thing that was done, in counts: no value, no id and no address of a record. */
export interface Deed {
  act: Act;
  /** ISO. */
  at: string;
  code?: ErrorCode | null;
  records?: readonly { object: ObjectKind; deed: RecordDeed; count: number }[];
}

/** A year of a person who syncs daily and opens Accounts all day; about 100 KB. */
const MOST_ENTRIES = 400;
/** What the first entry of all is chained to. */
const GENESIS = '0'.repeat(64);
export const EMPTY_LOG: ProcessingLog = { entries: [], before: { n: 0, hash: GENESIS }, hosts: [] };

/** The log that `value` is, or null when it is none. */
export function readLog(value: unknown): ProcessingLog | null {
  return stored.safeParse(value).data ?? null;
}

/**
 * The log with one more entry, chained to the one before it, and the oldest left out where there are more than 400. Pure but for
 * the digest (FIPS 180-4 by Web Crypto).
 */
export async function withDeed(log: ProcessingLog, deed: Deed, calls: HostCalls): Promise<ProcessingLog> {
  const last = log.entries.at(-1) ?? log.before;
  const body = {
    n: last.n + 1,
    at: deed.at,
    act: deed.act,
    code: deed.code ?? null,
    records: (deed.records ?? [])
      .filter(({ count }) => count > 0)
      .map(({ object, deed: did, count }) => ({ object, deed: did, count })),
    calls: [...calls].map(([host, count]) => ({ host, count })),
  };
  const entries = [...log.entries, { ...body, hash: await chained(last.hash, body) }];
  const gone = entries.slice(0, Math.max(0, entries.length - MOST_ENTRIES)).at(-1);
  return {
    entries: entries.slice(-MOST_ENTRIES),
    before: gone ? { n: gone.n, hash: gone.hash } : log.before,
    hosts: withCalls(log.hosts, calls, deed.at),
  };
}

function withCalls(hosts: ProcessingLog['hosts'], calls: HostCalls, at: string): ProcessingLog['hosts'] {
  const all = new Map(hosts.map((one) => [one.host, one]));
  for (const [host, count] of calls) {
    const known = all.get(host) ?? { host, calls: 0, first: at, last: at };
    all.set(host, { ...known, calls: known.calls + count, last: at });
  }
  return [...all.values()];
}

/**
 * The number of the first entry that does not follow from the one before it: changed, moved, or with a gap before it. Null when the
 * chain is whole.
 */
export async function firstBreak(log: Pick<ProcessingLog, 'entries' | 'before'>): Promise<number | null> {
  let last = log.before;
  for (const { hash, ...body } of log.entries) {
    if (body.n !== last.n + 1 || hash !== (await chained(last.hash, body))) return body.n;
    last = { n: body.n, hash };
  }
  return null;
}

/** The names stand in this order, whatever order a file has them in. */
async function chained(before: string, { n, at, act, code, records, calls }: Omit<LogEntry, 'hash'>): Promise<string> {
  const text = JSON.stringify([
    before,
    n,
    at,
    act,
    code,
    records.map(({ object, deed, count }) => [object, deed, count]),
    calls.map(({ host, count }) => [host, count]),
  ]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
