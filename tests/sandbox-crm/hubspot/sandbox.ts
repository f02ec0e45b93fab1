/**
 * A HubSpot account in memory: its public API (v3 objects, search, properties, pipelines, owners; v4 links), a private app's token
 * with scopes, searches that lag behind, the daily limit in headers, and failures on demand.
 */
import { DroppedConnection, damage } from '../http/damage.ts';
import { answerInstead } from '../http/fault-answers.ts';
import { createFaults } from '../http/faults.ts';
import type { Faults } from '../http/faults.ts';
import { createRequestLog } from '../http/request-log.ts';
import type { LoggedRequest, RequestLog } from '../http/request-log.ts';
import { createClock } from '../org/clock.ts';
import { createHubspotApp } from './app.ts';
import { seedStore } from './seed.ts';
import type { HubspotSeed } from './seed.ts';
import { createStore } from './store.ts';
import type { HubspotStore } from './store.ts';

export interface HubspotOptions extends Partial<HubspotSeed> {
  now?: number;
  /** Stops the clock; it runs by default. */
  frozen?: boolean;
}

export interface HubspotSettings {
  token: string;
  scopes: Set<string>;
  /** Who has made the token. */
  userId: number;
  hasLeads: boolean;
  callsADay: number;
  callsToday: number;
  /** Ids of records that searches do not know yet. */
  unsearchable: Set<string>;
  details: { portalId: number; uiDomain: string; companyCurrency: string; [other: string]: unknown };
}

export interface HubspotSandbox {
  fetch(request: Request | string, init?: RequestInit): Promise<Response>;
  readonly origin: string;
  readonly store: HubspotStore;
  readonly settings: HubspotSettings;
  readonly faults: Faults;
  readonly log: RequestLog;
}

const SCOPES = ['companies', 'contacts', 'leads', 'deals'].flatMap((one) => [
  `crm.objects.${one}.read`,
  `crm.objects.${one}.write`,
]);

export function createHubspotSandbox(options: HubspotOptions = {}): HubspotSandbox {
  const clock = createClock(options.now ?? Date.now(), options.frozen ?? false);
  const store = createStore(clock);
  seedStore(store, { seed: 1, accounts: 40, contacts: 60, leads: 30, opportunities: 40, tasks: 40, ...options });
  const settings: HubspotSettings = {
    token: 'pat-eu1-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
    scopes: new Set([...SCOPES, 'crm.objects.owners.read']),
    userId: store.owners[0]?.userId ?? 0,
    hasLeads: true,
    callsADay: 250_000,
    callsToday: 0,
    unsearchable: new Set(),
    details: {
      portalId: 147_000_111,
      accountType: 'STANDARD',
      timeZone: 'Europe/Berlin',
      companyCurrency: 'EUR',
      additionalCurrencies: [],
      utcOffset: '+02:00',
      utcOffsetMilliseconds: 7_200_000,
      uiDomain: 'app-eu1.hubspot.com',
      dataHostingLocation: 'eu1',
    },
  };
  const faults = createFaults();
  const log = createRequestLog();
  const app = createHubspotApp({ store, settings });

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const hit = faults.take(request.method, url);
    const entry: LoggedRequest = {
      method: request.method,
      host: url.hostname,
      path: url.pathname,
      search: decodeURIComponent(url.search),
      headers: Object.fromEntries(request.headers),
      body: request.body === null ? '' : await request.clone().text(),
      status: 0,
      at: clock.now(),
      ...(hit.length > 0 ? { fault: hit.map(({ kind }) => kind).join(' ') } : {}),
    };
    log.add(entry);
    const response = (await answerInstead(hit)) ?? (await damage(await app.fetch(request), hit, undefined));
    entry.status = response.status;
    return response;
  }

  return {
    origin: 'https://api.hubapi.com',
    store,
    settings,
    faults,
    log,
    fetch: (input, init) =>
      handle(typeof input === 'string' ? new Request(input, init) : input).catch((error: unknown) => {
        throw error instanceof DroppedConnection ? new TypeError('fetch failed', { cause: error }) : error;
      }),
  };
}
