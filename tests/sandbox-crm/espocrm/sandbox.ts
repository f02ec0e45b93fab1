/**
 * A self-hosted EspoCRM in memory, as it was measured on version 9.2.7: its API under `/api/v1`, an API user with a key and a
 * role, lists with conditions, duplicates, validation, and failures on demand.
 */
import { DroppedConnection, damage } from '../http/damage.ts';
import { answerInstead } from '../http/fault-answers.ts';
import { createFaults } from '../http/faults.ts';
import type { Faults } from '../http/faults.ts';
import { createRequestLog } from '../http/request-log.ts';
import type { LoggedRequest, RequestLog } from '../http/request-log.ts';
import { createClock } from '../org/clock.ts';
import { createEspoApp } from './app.ts';
import { allRights } from './rights.ts';
import type { Rights } from './rights.ts';
import { seedStore } from './seed.ts';
import type { EspoSeed } from './seed.ts';
import { createStore } from './store.ts';
import type { EspoStore } from './store.ts';

export interface EspoOptions extends Partial<EspoSeed> {
  now?: number;
  /** Stops the clock; it runs by default. */
  frozen?: boolean;
  host?: string;
  /** The folder it is installed in, such as `/crm`. */
  folder?: string;
}

export interface EspoSettings {
  apiKey: string;
  /** The zone that the server is set to, in hours east of UTC. */
  zoneHours: number;
  /** Entity types whose lists do not say how many there are. */
  uncounted: Set<string>;
}

export interface EspoSandbox {
  fetch(request: Request | string, init?: RequestInit): Promise<Response>;
  readonly origin: string;
  /** Where it is installed. */
  readonly base: string;
  readonly store: EspoStore;
  readonly rights: Rights;
  readonly settings: EspoSettings;
  readonly faults: Faults;
  readonly log: RequestLog;
  /** Id of the API user. */
  readonly apiUserId: string;
}

export function createEspoSandbox(options: EspoOptions = {}): EspoSandbox {
  const clock = createClock(options.now ?? Date.now(), options.frozen ?? false);
  const store = createStore(clock);
  seedStore(store, { seed: 1, accounts: 40, contacts: 60, leads: 30, opportunities: 40, tasks: 40, ...options });
  const apiUser = store.insert('User', { name: 'Sidelight', userName: 'sidelight', type: 'api' });
  const settings: EspoSettings = { apiKey: '3f1c0e5a9d7b4826a1c35e7f90b2d4c6', zoneHours: 0, uncounted: new Set() };
  const rights = allRights(store.defs);
  const faults = createFaults();
  const log = createRequestLog();
  const origin = `https://${options.host ?? 'crm.northwind-demo.com'}`;
  const app = createEspoApp({ store, settings, rights, apiUserId: apiUser.id, folder: options.folder ?? '' });

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
    origin,
    base: `${origin}${options.folder ?? ''}`,
    store,
    rights,
    settings,
    faults,
    log,
    apiUserId: apiUser.id,
    fetch: (input, init) =>
      handle(new Request(input, init)).catch((error: unknown) => {
        throw error instanceof DroppedConnection ? new TypeError('fetch failed', { cause: error }) : error;
      }),
  };
}
