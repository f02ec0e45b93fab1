/**
 * A CRM that speaks Salesforce's protocol, in memory. `fetch` answers a request in the same process; `listen` puts the
 * same thing on a port. One app serves all of the CRM's hosts and tells them apart by the request's host name.
 */
import { createApp } from './http/app.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { DroppedConnection, damage } from './http/damage.ts';
import { answerInstead } from './http/fault-answers.ts';
import { createFaults } from './http/faults.ts';
import type { Faults } from './http/faults.ts';
import { listen } from './http/listen.ts';
import type { ListenOptions, Listening } from './http/listen.ts';
import { createRequestLog } from './http/request-log.ts';
import type { LoggedRequest, RequestLog } from './http/request-log.ts';
import { commandLineApp } from './oauth/apps.ts';
import type { ClientApp } from './oauth/apps.ts';
import { createTokens } from './oauth/tokens.ts';
import type { Tokens } from './oauth/tokens.ts';
import { createOrg } from './org/org.ts';
import type { Org } from './org/org.ts';
import type { SchemaOptions } from './org/schema/schema.ts';
import { createBulkJobs } from './rest/bulk-jobs.ts';
import { BUDGET_CODE, defaultRules } from './rest/save-rules.ts';
import type { SaveRules } from './rest/save-rules.ts';
import { createUsage } from './rest/usage.ts';
import type { ApiUsage } from './rest/usage.ts';
import type { SeedOptions } from './seed/seed-options.ts';
import { seedOrg } from './seed/seed-org.ts';
import { createCursors } from './soql/cursors.ts';
import type { SandboxSettings, SandboxState } from './state.ts';

export interface SandboxOptions extends Partial<SeedOptions>, Partial<Omit<SchemaOptions, 'hasRecordTypes'>> {
  /** How the org is configured: as it comes, or with record types, person accounts, Individuals and required fields of its own. */
  config?: 'plain' | 'record-types';
  /** What the CRM's clock shows at the start, and the "today" of the made-up data; the machine's time by default. */
  now?: number;
  /** Stops the clock, for tests that compare times. It runs by default. */
  frozen?: boolean;
  /** The first label of the org's host names; `northwind-demo` by default. */
  myDomain?: string;
  /** Tells one org from another: its id is made of it. */
  orgNumber?: number;
  clientId?: string;
  clientSecret?: string;
  redirectUris?: readonly string[];
  requirePkce?: boolean;
  /** Whether each refresh replaces the refresh token; on by default. */
  rotation?: boolean;
  accessTokenSeconds?: number;
  /** API calls a day; 15,000 by default. */
  dailyApiCalls?: number;
  pageSize?: number;
  bulkPolls?: number;
  latencyMs?: SandboxSettings['latencyMs'];
  instanceUrl?: string;
}

export interface Sandbox {
  /** Answers in this process; a dropped connection rejects as fetch does. Signals are not looked at. */
  fetch(request: Request | string, init?: RequestInit): Promise<Response>;
  listen(options?: ListenOptions): Promise<Listening>;
  /** The data: read it, and change it behind a client's back. */
  readonly org: Org;
  readonly tokens: Tokens;
  /** The extension's app: add redirect addresses, switch rotation, block it. */
  readonly clientApp: ClientApp;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly usage: ApiUsage;
  readonly rules: SaveRules;
  readonly settings: SandboxSettings;
  /** Lets all query cursors die, as after two days. */
  expireCursors(): void;
  /** Forgets all bulk jobs, as after seven days. */
  expireJobs(): void;
  readonly username: string;
  readonly myDomainUrl: string;
  readonly lightningUrl: string;
}

const DEFAULT_CLIENT_ID = '3MVG9sandboxSIDELIGHTdemo.consumerKey_0000000000000000000000000000000000000000000000';

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const state = createState(options);
  const app = createApp(state);
  const user = state.org.find('User', state.org.userId);

  /** One request: written down, faults applied, answered. @throws DroppedConnection */
  async function handle(request: Request, cut?: () => void): Promise<Response> {
    const url = new URL(request.url);
    const faults = state.faults.take(request.method, url);
    const entry: LoggedRequest = {
      method: request.method,
      host: url.hostname,
      path: url.pathname,
      search: url.search,
      headers: Object.fromEntries(request.headers),
      body: request.body === null ? '' : await request.clone().text(),
      status: 0,
      at: state.org.clock.now(),
      ...(faults.length > 0 ? { fault: faults.map(({ kind }) => kind).join(' ') } : {}),
    };
    state.log.add(entry);
    const { latencyMs } = state.settings;
    const ms = !url.pathname.startsWith('/services/data') ? 0 : typeof latencyMs === 'number' ? latencyMs : latencyMs(entry);
    if (ms > 0) await pause(ms);
    const response = (await answerInstead(faults)) ?? (await damage(await app.fetch(request, { faults }), faults, cut));
    entry.status = response.status;
    return response;
  }

  return {
    ...state,
    clientApp: state.apps[0] ?? commandLineApp(),
    username: String(user?.Username ?? ''),
    myDomainUrl: `https://${state.hosts.myDomain}`,
    lightningUrl: `https://${state.hosts.lightning}`,
    expireCursors: () => state.cursors.expire(),
    expireJobs: () => state.jobs.expire(),
    fetch: (input, init) =>
      handle(new Request(input, init)).catch((error: unknown) => {
        throw error instanceof DroppedConnection ? new TypeError('fetch failed', { cause: error }) : error;
      }),
    listen: (where = {}) =>
      listen(async (request, cut) => {
        try {
          return await handle(request, cut);
        } catch (error) {
          if (!(error instanceof DroppedConnection)) throw error;
          cut();
          return new Response(null, { status: 500 });
        }
      }, where),
  };
}

function rulesOf({ config }: SandboxOptions, org: Org): SaveRules {
  const rules = { ...defaultRules(), leadsGoTo: org.rows('User').at(-1)?.Id };
  return config === 'record-types' ? { ...rules, validation: [...rules.validation, BUDGET_CODE] } : rules;
}

function createState(options: SandboxOptions): SandboxState {
  const org = createOrg({
    ...(options.orgNumber === undefined ? {} : { orgNumber: options.orgNumber }),
    now: options.now ?? Date.now(),
    frozen: options.frozen ?? false,
    multiCurrency: options.multiCurrency ?? true,
    hiddenFields: options.hiddenFields ?? [],
    readOnlyFields: options.readOnlyFields ?? [],
    readOnlyObjects: options.readOnlyObjects ?? [],
    hasRecordTypes: options.config === 'record-types',
  });
  seedOrg(org, { ...options, seed: options.seed ?? 1 });
  const label = options.myDomain ?? 'northwind-demo';
  const clientApp: ClientApp = {
    clientId: options.clientId ?? DEFAULT_CLIENT_ID,
    name: 'Sidelight',
    redirectUris: [...(options.redirectUris ?? [])],
    ...(options.clientSecret === undefined ? {} : { clientSecret: options.clientSecret }),
    scopes: ['api', 'id', 'refresh_token'],
    requirePkce: options.requirePkce ?? true,
    rotation: options.rotation ?? true,
    blocked: false,
  };
  return {
    org,
    hosts: { myDomain: `${label}.my.salesforce.com`, lightning: `${label}.lightning.force.com` },
    apps: [clientApp, commandLineApp()],
    tokens: createTokens(org.id, org.userId, org.clock, { accessSeconds: options.accessTokenSeconds ?? 7200, codeSeconds: 600 }),
    cursors: createCursors(),
    jobs: createBulkJobs(),
    usage: createUsage(options.dailyApiCalls ?? 15_000, org.clock),
    rules: rulesOf(options, org),
    faults: createFaults(),
    log: createRequestLog(),
    settings: {
      pageSize: options.pageSize,
      instanceUrl: options.instanceUrl,
      replicationLagMs: 0,
      bulkPolls: options.bulkPolls ?? 2,
      latencyMs: options.latencyMs ?? 0,
    },
  };
}
