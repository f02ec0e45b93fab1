/** What the parts of the sandbox share. */
import type { FaultRegister } from './http/faults.ts';
import type { createRequestLog } from './http/request-log.ts';
import type { HostNames, Site } from './http/sites.ts';
import type { ClientApp } from './oauth/apps.ts';
import type { Token, TokenStore } from './oauth/tokens.ts';
import type { Org } from './org/org.ts';
import type { SaveRules } from './rest/save-rules.ts';
import type { ApiMeter } from './rest/usage.ts';
import type { Cursors } from './soql/cursors.ts';

export interface SandboxState {
  org: Org;
  hosts: HostNames;
  apps: ClientApp[];
  tokens: TokenStore;
  cursors: Cursors;
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
}

/** What goes with a request on its way through the app. */
export interface SandboxEnv {
  /** `inner`: one of the requests inside a composite one. */
  Bindings: { inner?: boolean };
  Variables: { site: Site; token: Token };
}
