/** What the parts of the sandbox share. */
import type { FaultKind, FaultRegister } from './http/faults.ts';
import type { LoggedRequest, createRequestLog } from './http/request-log.ts';
import type { HostNames, Site } from './http/sites.ts';
import type { ClientApp } from './oauth/apps.ts';
import type { Token, TokenStore } from './oauth/tokens.ts';
import type { Org } from './org/org.ts';
import type { BulkJobs } from './rest/bulk-jobs.ts';
import type { SaveRules } from './rest/save-rules.ts';
import type { ApiMeter } from './rest/usage.ts';
import type { Cursors } from './soql/cursors.ts';

export interface SandboxState {
  org: Org;
  hosts: HostNames;
  apps: ClientApp[];
  tokens: TokenStore;
  cursors: Cursors;
  jobs: BulkJobs;
  usage: ApiMeter;
  rules: SaveRules;
  faults: FaultRegister;
  log: ReturnType<typeof createRequestLog>;
  settings: SandboxSettings;
}

/** What a test may change while the sandbox runs. */
export interface SandboxSettings {
  /** Records per query page instead of Salesforce's 2,000, also below its minimum. */
  pageSize: number | undefined;
  /** What token answers name as the instance, instead of the true one. */
  instanceUrl: string | undefined;
  /** How far `…/updated` and `…/deleted` claim to reach behind now, as with a long-running transaction. */
  replicationLagMs: number;
  /** How often the state of a bulk job is asked for until it is complete; 2 by default. */
  bulkPolls: number;
  /** How long every API answer takes, in milliseconds, as a number or worked out for each request; 0 by default. */
  latencyMs: number | ((request: LoggedRequest) => number);
}

/** What goes with a request on its way through the app. */
export interface SandboxEnv {
  /** `inner`: one of the requests inside a composite one; `faults`: those the API itself has to act out. */
  Bindings: { inner?: boolean; faults?: readonly FaultKind[] };
  Variables: { site: Site; token: Token };
}
