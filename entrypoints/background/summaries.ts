import { keepAwake } from '@/lib/browser/self';
import { SALESFORCE_LABEL } from '@/lib/connectors/salesforce';
import { type AccountRecords, accountContext, leadItems, locationOf } from '@/lib/crm/account-context';
import { OBJECTS } from '@/lib/crm/records';
import type { Selection } from '@/lib/crm/selection';
import { accountDomains } from '@/lib/matching/account-domains';
import { loadAccount, matchSite } from '@/lib/matching/match-site';
import { evidenceFor } from '@/lib/matching/rank-accounts';
import type { AccountCandidate, AccountView, ConnectionSummary, LeadItem, Site } from '@/lib/messaging/protocol';
import { AppError, type ErrorCode, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import { loadStatus } from '@/lib/sync/status-box';
import { isStale } from '@/lib/sync/sync-status';
import type { LiveConnection } from './connections';

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
const NEEDS_USER = new Set<ErrorCode | undefined>(['auth.reconnect', 'access.host-denied']);

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
    crmLabel: SALESFORCE_LABEL,
    userName: '',
    orgName: '',
    host: '',
    loginHost: '',
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

export async function connectionSummary(connection: LiveConnection, now: number): Promise<ConnectionSummary> {
  const { entry, profile, session, copy, runner } = connection;
  const status = await runner.status();
  const damage = { code: 'vault.tampered', at: new Date(now).toISOString() } as const;
  const sync = { ...status, lastError: status.lastError ?? (copy.store.isDamaged() ? damage : null) };
  return {
    id: entry.id,
    crm: entry.crm,
    crmLabel: SALESFORCE_LABEL,
    ...profile,
    loginHost: new URL(session.loginOrigin).host,
    connectedAt: entry.connectedAt,
    state: NEEDS_USER.has(sync.lastError?.code) ? 'reconnect-needed' : 'ready',
    counts: await copy.store.counts(),
    sync,
  };
}

/** The Accounts of a site in all connections, best first within each. */
export async function candidatesFor(site: Site, connections: readonly LiveConnection[]): Promise<AccountCandidate[]> {
  const lists = await Promise.all(
    connections.map(async ({ entry, copy }) =>
      (await matchSite(site, copy.store)).map((found) => ({
        connectionId: entry.id,
        accountId: found.account.id,
        name: found.account.fields.name,
        industry: found.account.fields.industry,
        location: locationOf(found.account),
        ownerName: found.ownerName,
        openPipeline: found.openPipeline,
        evidence: found.evidence,
      })),
    ),
  );
  return lists.flat();
}

/** Asks the CRM for the Account as it stands now; the view is told when the answer has come. */
function askLive(connection: LiveConnection, { account, leads }: AccountRecords, site: Site | null): void {
  const domains = [...new Set([...accountDomains(account.fields), ...(site ? [site.domain] : [])])];
  const known = { id: account.id, domains, leadIds: leads.map(({ id }) => id) };
  keepAwake(connection.live.ask(known)).catch((error) => logFailure(toAppError(error)));
}

/** The chosen extra fields of each object. */
function extraOf(objects: Selection['objects']) {
  return Object.fromEntries(OBJECTS.map((object) => [object, objects[object].extra]));
}

/** One Account with everything the views show. @throws AppError `record.missing` */
export async function accountView(
  connection: LiveConnection,
  accountId: string,
  site: Site | null,
  now: number,
): Promise<AccountView> {
  const records = await loadAccount(accountId, site, connection.copy.store);
  if (!records) throw new AppError('record.missing');
  const status = await loadStatus(connection.copy.boxes);
  // What was copied may be shown, also when it is not known any more what else was to be copied.
  const chosen = await connection.runner.selection().catch(() => null);
  askLive(connection, records, site);
  const { state, at, code, fresh, gone } = connection.live.state(accountId);
  return {
    connectionId: connection.entry.id,
    crmLabel: SALESFORCE_LABEL,
    ...accountContext(records, { ...contextOptions(connection, now), fresh, extra: chosen ? extraOf(chosen.objects) : {} }),
    live: { state, at: at === null ? null : new Date(at).toISOString(), code, changed: fresh.size, gone },
    evidence: site ? evidenceFor(records.account, site) : null,
    syncedAt: status.lastSuccessAt,
    stale: isStale(status, now),
  };
}

/** Leads at a site that belongs to no Account. */
export async function leadsAt(site: Site, connections: readonly LiveConnection[], now: number): Promise<LeadItem[]> {
  const lists = await Promise.all(
    connections.map(async (connection) =>
      leadItems(await connection.copy.store.at('lead', site.domain), contextOptions(connection, now)),
    ),
  );
  return lists.flat();
}
