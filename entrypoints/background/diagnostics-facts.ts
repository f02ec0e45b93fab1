import { type OutboxEntry, stateName } from '@/lib/creation/outbox/entry';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { Selection } from '@/lib/crm/selection';
import type { SiteDecisions } from '@/lib/matching/site-decisions';
import type { Part } from '@/lib/privacy/diagnostics';
import type { ProcessingLog } from '@/lib/privacy/processing-log';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import type { RunEntry } from '@/lib/sync/run-history';
import type { RunnerStatus } from '@/lib/sync/sync-runner';
import type { LiveConnection } from './live-connection';

const HOUR = 3_600_000;

/** What was had of a connection; null or absent: it could not be had, and `troubles` has the code. */
export interface ConnectionParts {
  troubles: { part: Part; code: string }[];
  live?: LiveConnection;
  openMs?: number;
  counted?: [Partial<Record<ObjectKind, number>>, number] | null;
  bytes?: number | null;
  status?: RunnerStatus | null;
  runs?: RunEntry[] | null;
  selection?: Selection | null;
  decided?: SiteDecisions | null;
  outbox?: readonly OutboxEntry[] | null;
  log?: ProcessingLog | null;
  isLogWhole?: boolean | null;
}

/** The figures of a connection for the diagnostics report, whose form decides what of them may stand there. `now` in ms. Pure. */
export function connectionFacts(entry: ConnectionEntry, parts: ConnectionParts, now: number): object {
  const { live, counted, bytes, troubles } = parts;
  /** What stands in a store may be of another form than it should be; then it is as if it could not be had. */
  function of<T>(part: Part, had: T | null | undefined, facts: (had: T | null) => object): object {
    try {
      return facts(had ?? null);
    } catch {
      troubles.push({ part, code: 'unexpected' });
      return facts(null);
    }
  }
  return {
    crm: entry.crm,
    host: live ? hostKind(entry.crm, live.profile.host) : null,
    login: live ? loginOf(live) : null,
    daysOld: Math.round((since(entry.connectedAt, now) ?? 0) / 24),
    copies: entry.copy,
    openMs: parts.openMs ?? null,
    countMs: counted?.[1] ?? null,
    megabytes: typeof bytes === 'number' ? Math.ceil(bytes / 1e6) : null,
    objects: of('selection', parts.selection, (selection) =>
      OBJECTS.map((object) => objectFacts(object, counted?.[0] ?? null, selection)),
    ),
    scope: of('selection', parts.selection, scopeFacts),
    sync: of('status', parts.status, (status) => syncFacts(status, now)),
    runs: of('history', parts.runs, (runs) => (runs ?? []).map((run) => runFacts(run, now))),
    decisions: of('decisions', parts.decided, decisionFacts),
    outbox: of('outbox', parts.outbox, (outbox) => outboxFacts(outbox ?? [])),
    log: of('log', parts.log, (log) => logFacts(log, parts.isLogWhole ?? null)),
    troubles,
  };
}

const since = (time: string | null | undefined, now: number) =>
  time ? Math.max(0, Math.round((now - Date.parse(time)) / HOUR)) : null;

const tally = <T>(items: readonly T[], of: (item: T) => string): [string, number][] =>
  [...Map.groupBy(items, of)].map(([name, all]) => [name, all.length]);

/** The kind of a CRM's address; the address itself names the organisation. */
function hostKind(crm: string, host: string): string {
  if (crm === 'sample') return 'built-in';
  if (crm !== 'salesforce') return 'own';
  return /--|\.sandbox\./.test(host) ? 'sandbox' : 'production';
}

function loginOf({ entry, session }: LiveConnection): string {
  if (session === null) return 'none';
  if (session.fromTab) return 'tab';
  return entry.crm === 'salesforce' ? 'app' : 'key';
}

function objectFacts(
  object: ObjectKind,
  counts: Partial<Record<ObjectKind, number>> | null,
  selection: Selection | null,
): object {
  const chosen = selection?.objects[object];
  return {
    object,
    records: counts ? (counts[object] ?? 0) : null,
    wanted: chosen?.wanted ?? null,
    fieldsLeftOut: chosen?.without.length ?? null,
    fieldsAdded: chosen?.extra.length ?? null,
    fieldsAllowed: chosen?.only?.length ?? null,
  };
}

function syncFacts(status: RunnerStatus | null, now: number): object {
  const { usage, nextDueAt } = status ?? {};
  return {
    running: status ? status.running !== null : null,
    successHoursAgo: since(status?.lastSuccessAt, now),
    dueInHours: nextDueAt ? Math.max(0, Math.round((Date.parse(nextDueAt) - now) / HOUR)) : null,
    code: status?.lastError?.code ?? null,
    codeHoursAgo: since(status?.lastError?.at, now),
    skipped: status?.skipped ?? null,
    calls: status?.calls ?? null,
    callsUsedPercent: usage ? Math.round((100 * usage.used) / usage.max) : null,
    unavailable: status?.unavailable ?? [],
    held: (status?.held ?? []).map(({ object, count, of, answer }) => ({ object, records: count, of, answer })),
  };
}

function runFacts(run: RunEntry, now: number): object {
  const { startedAt, endedAt, why, outcome, code, calls, skipped, refused, renewed } = run;
  return {
    hoursAgo: since(startedAt, now),
    seconds: endedAt ? Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000) : null,
    why,
    outcome,
    code,
    calls,
    skipped,
    refused,
    renewed,
    objects: run.objects.map(({ object, received, deleted }) => ({ object, received, deleted })),
  };
}

function scopeFacts(selection: Selection | null): object {
  return {
    owner: selection?.scope.owner ?? null,
    withWebsite: selection?.scope.withWebsite ?? null,
    conditions: selection?.scope.conditions.length ?? null,
    reservePercent: selection ? Math.round(selection.reserve * 100) : null,
  };
}

function decisionFacts(decided: SiteDecisions | null): object {
  const count = (kind: string) => decided?.decisions.filter((one) => one.kind === kind).length ?? null;
  return { links: count('link'), refusals: count('refuse'), ignored: count('ignore') };
}

function logFacts(log: ProcessingLog | null, whole: boolean | null): object {
  const acts = tally(log?.entries ?? [], ({ act }) => act).map(([act, entries]) => ({ act, entries }));
  return { entries: log?.entries.length ?? null, whole, acts };
}

function outboxFacts(entries: readonly OutboxEntry[]): object[] {
  const name = ({ state }: OutboxEntry) => `${stateName(state)} ${('why' in state && state.why) || ''}`;
  return tally(entries, name).map(([key, count]) => {
    const [state, code] = key.split(' ');
    return { state, code: code || null, entries: count };
  });
}
