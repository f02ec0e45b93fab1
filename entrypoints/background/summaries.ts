import { keepAwake } from '@/lib/browser/self';
import { type AccountRecords, accountContext, leadItems } from '@/lib/crm/account-context';
import { OBJECTS } from '@/lib/crm/records';
import type { Selection } from '@/lib/crm/selection';
import { domainsBeside, loadAccount } from '@/lib/matching/match-site';
import type { AccountView, LeadItem } from '@/lib/messaging/account-protocol';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { MatchEvidence, Site } from '@/lib/messaging/site-protocol';
import { AppError, type ErrorCode, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import { loadStatus } from '@/lib/sync/status-box';
import { isStale } from '@/lib/sync/sync-status';
import type { LiveConnection } from './live-connection';
import { registered } from '@/lib/connectors/registry';
import { crmLabel, sampleMark } from './crm-label';
import { listGaps } from './list-gaps';
import { decisionsOf, viewContext } from './site-matching';

/** What views get to see, made from open connections. */

/** Today in the user's time zone as `2026-05-01`. */
export function localDay(now: number): string {
  const date = new Date(now);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const contextOptions = (connection: LiveConnection, now: number) => ({
  today: localDay(now),
  recordUrl: connection.connector.recordUrl,
});

/** Reconnecting asks for the CRM's addresses again and signs in anew. */
const NEEDS_USER = new Set<ErrorCode | undefined>([
  'auth.reconnect',
  'auth.damaged',
  'auth.session-ended',
  'auth.session-other',
  'policy.login',
  'access.host-denied',
]);

/** What opening a copy may say of it; anything else is told as a copy that cannot be read. */
const DAMAGE = new Set<ErrorCode>([
  'storage.evicted',
  'storage.newer-version',
  'storage.quota',
  'vault.locked',
  'vault.tampered',
]);

/** A connection whose copy cannot be opened: who it was is sealed in it. */
export function damagedSummary(entry: ConnectionEntry, code: ErrorCode, now: number): ConnectionSummary {
  const lastError = { code: DAMAGE.has(code) ? code : 'storage.unreadable', at: new Date(now).toISOString() } as const;
  return {
    id: entry.id,
    crm: entry.crm,
    crmLabel: crmLabel(entry.crm),
    userName: '',
    orgName: '',
    host: '',
    loginHost: '',
    login: 'app',
    connectedAt: entry.connectedAt,
    state: 'damaged',
    counts: {},
    sync: {
      running: null,
      lastSuccessAt: null,
      lastError,
      nextDueAt: null,
      skipped: 0,
      calls: 0,
      usage: null,
      held: [],
      unavailable: [],
    },
  };
}

/** What only the user can bring back: said at once, not when the next sync fails for it. */
async function lostChoice(connection: LiveConnection): Promise<ErrorCode | null> {
  const asked = await Promise.allSettled([connection.runner.selection(), decisionsOf(connection)]);
  const codes = asked.flatMap((one) => (one.status === 'rejected' ? [toAppError(one.reason).code] : []));
  return codes.find((code) => code === 'selection.damaged' || code === 'decisions.damaged') ?? null;
}

/** How somebody signs in again. */
function loginOf({ crm }: ConnectionEntry, session: LiveConnection['session']): ConnectionSummary['login'] {
  if (session?.fromTab) return 'tab';
  return crm === 'sample' ? 'app' : registered(crm).login;
}

export async function connectionSummary(connection: LiveConnection, now: number): Promise<ConnectionSummary> {
  const { entry, profile, session, copy, runner } = connection;
  const at = new Date(now).toISOString();
  const known = await runner.status();
  const status = connection.lost ? { ...known, lastError: { code: 'auth.damaged' as const, at } } : known;
  const lost = await lostChoice(connection);
  const damage = copy.store.isDamaged() ? { code: 'vault.tampered' as const, at } : null;
  // A login that has ended comes first: nothing is copied before it is back.
  const isFirst = lost !== null && !NEEDS_USER.has(status.lastError?.code);
  const sync = { ...status, lastError: isFirst ? { code: lost, at } : (status.lastError ?? damage) };
  return {
    id: entry.id,
    crm: entry.crm,
    crmLabel: crmLabel(entry.crm),
    ...profile,
    loginHost: session ? new URL(session.loginOrigin).host : '',
    login: loginOf(entry, session),
    connectedAt: entry.connectedAt,
    state: NEEDS_USER.has(sync.lastError?.code) ? 'reconnect-needed' : 'ready',
    counts: await copy.store.counts(),
    sync,
  };
}

/** Asks the CRM for the Account as it stands now; the view is told when the answer has come. */
function askLive(connection: LiveConnection, { account, leads }: AccountRecords, domains: string[]): void {
  const known = { id: account.id, domains, leadIds: leads.map(({ id }) => id) };
  keepAwake(connection.live.ask(known)).catch((error) => logFailure(toAppError(error)));
}

/** The chosen extra fields of each object. */
function extraOf(objects: Selection['objects']) {
  return Object.fromEntries(OBJECTS.map((object) => [object, objects[object].extra]));
}

/** One Account with everything the views show; `evidence` is why it stands beside the site. @throws AppError `record.missing` */
export async function accountView(
  connection: LiveConnection,
  accountId: string,
  site: Site | null,
  now: number,
  evidence: MatchEvidence | null = null,
): Promise<AccountView> {
  const context = await viewContext(connection);
  const records = await loadAccount(accountId, site, context);
  if (!records) throw new AppError('record.missing');
  const status = await loadStatus(connection.copy.boxes);
  // What was copied may be shown, also when it is not known any more what else was to be copied.
  const chosen = await connection.runner.selection().catch(() => null);
  const opportunities = readCheckpoint(await connection.copy.store.checkpoint('opportunity'));
  askLive(connection, records, domainsBeside(records.account, site, context.decisions));
  const { state, at, code, fresh, gone } = connection.live.state(accountId);
  return {
    connectionId: connection.entry.id,
    crmLabel: crmLabel(connection.entry.crm),
    ...sampleMark(connection.entry.crm),
    ...accountContext(records, {
      ...contextOptions(connection, now),
      fresh,
      extra: chosen ? extraOf(chosen.objects) : {},
      ...(opportunities?.stages ? { stages: opportunities.stages } : {}),
    }),
    gaps: await listGaps(records, { selection: chosen, store: connection.copy.store, live: state === 'live' }),
    live: { state, at: at === null ? null : new Date(at).toISOString(), code, changed: fresh.size, gone },
    evidence,
    syncedAt: status.lastSuccessAt,
    stale: isStale(status, now, await connection.syncInterval()),
  };
}

async function leadItemsOf(connection: LiveConnection, leads: AccountRecords['leads'], now: number): Promise<LeadItem[]> {
  const owners = new Set(leads.flatMap(({ fields }) => fields.ownerId ?? []));
  const users = await connection.copy.store.getMany('user', [...owners]);
  const mark = sampleMark(connection.entry.crm);
  return leadItems(leads, users, contextOptions(connection, now)).map((item) => ({ ...item, ...mark }));
}

/** Leads at a site that belongs to no Account. */
export async function leadsAt(site: Site, connections: readonly LiveConnection[], now: number): Promise<LeadItem[]> {
  // On a platform the domain is the platform's, and its leads are not the company's.
  if (site.page) return [];
  const lists = await Promise.all(
    connections.map(async (connection) => leadItemsOf(connection, await connection.copy.store.at('lead', site.domain), now)),
  );
  return lists.flat();
}
