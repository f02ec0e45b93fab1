import type { Connector } from '@/lib/connectors/connector';
import { createSalesforceConnector } from '@/lib/connectors/salesforce';
import { createEgress, type Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import { type SalesforceTest, salesforceTest } from '../../builders/salesforce';
import type { Change, Setup, Trouble } from './sequence';
import { fillOrg } from './small-org';

/** The real connector on a sandbox of its own, with a hand on every call that leaves. */
export interface CrmLink {
  crm: SalesforceTest;
  connector: Connector;
  /** The client's clock. */
  clock: Clock;
  /** Moves the CRM's clock, and with it the client's. */
  advance(ms: number): void;
  /** The CRM's latest time so far; its clock may have gone back since. */
  latest(): number;
  /** Begins a run in which this goes wrong. `died` is fulfilled when its worker is killed: then it makes no more calls. */
  begin(trouble: Trouble, make: (change: Change) => void): { signal: AbortSignal; died: Promise<'killed'> };
}

const START = Date.parse('2026-03-01T09:00:20Z');
const YEAR_SECONDS = 366 * 86_400;

/** Faults that take no time of the machine's; signing in always works, so that a run ends for a reason that passes. */
const FAULTS = [
  { kind: 'drop' },
  { kind: 'truncate' },
  { kind: 'server-error' },
  { kind: 'maintenance' },
  { kind: 'html' },
  { kind: 'too-many-requests', retryAfter: '1' },
  { kind: 'session-expired' },
  { kind: 'job-failed' },
] as const;

/** A signed-in connector on an org filled as `setup` says. */
export async function createCrmLink(setup: Setup): Promise<CrmLink> {
  const { pageSize, bulkPolls } = setup;
  const empty = { accounts: 0, contacts: 0, leads: 0, opportunities: 0, tasks: 0 };
  const crm = await salesforceTest({
    ...{ ...empty, seed: 1, pageSize: setup.manyTasks ? 30 : pageSize, bulkPolls },
    ...{ now: START, frozen: true, accessTokenSeconds: YEAR_SECONDS, dailyApiCalls: 1_000_000 },
  });
  const { sandbox, sessions } = crm;
  const { org, faults } = sandbox;
  fillOrg(org, setup);
  sandbox.settings.replicationLagMs = setup.logLagMs;
  let latest = org.clock.now();
  let run: { calls: number; trouble: Trouble; abort: AbortController; make: (change: Change) => void; kill: () => void };

  function advance(ms: number): void {
    org.clock.advance(ms);
    latest = Math.max(latest, org.clock.now());
  }

  const egress = createEgress({
    fetch: async (url, init) => {
      const answer = await sandbox.fetch(url, init);
      return !setup.signs.counts && url.endsWith('/composite') ? withoutCounts(answer) : answer;
    },
    origins: () => [crm.session().loginOrigin, crm.session().instanceUrl],
  });

  /** What happens to the run before its next call. A killed one is never answered. */
  function beforeCall(): Promise<never> | null {
    run.calls += 1;
    advance(setup.callMs);
    const { during, forgets, end } = run.trouble;
    for (const { at, change } of during) if (at === run.calls) run.make(change);
    if (forgets?.at === run.calls) forget(forgets.what);
    if (end === null || run.calls < end.at) return null;
    if (end.how === 'offline') throw new AppError('crm.offline');
    if (end.how === 'abort') run.abort.abort();
    if (end.how === 'abort') run.abort.signal.throwIfAborted();
    run.kill();
    return new Promise(() => undefined);
  }

  function forget(what: 'cursors' | 'jobs'): void {
    if (what === 'cursors') sandbox.expireCursors();
    else sandbox.expireJobs();
  }

  const watched: Egress = {
    send: async (request) => (await beforeCall()) ?? egress.send(request),
    stream: async (request) => (await beforeCall()) ?? egress.stream(request),
  };
  const clock: Clock = { now: () => org.clock.now() + setup.clientAheadMs };
  const connector = createSalesforceConnector({
    ...{ connectionId: 'c1', session: crm.session(), sessions, egress: watched, clock, jobSizes: setup.job },
    withLock: (_, work) => work(),
    // Waiting moves the CRM's clock, so that no test waits in truth.
    sleep: async (ms, signal) => {
      signal.throwIfAborted();
      advance(ms);
    },
  });
  return {
    ...{ crm, connector, clock, advance, latest: () => latest },
    begin(trouble, make) {
      faults.clear();
      if (trouble.faults) faults.random({ ...trouble.faults, kinds: FAULTS });
      const abort = new AbortController();
      const died = new Promise<'killed'>((resolve) => {
        run = { calls: 0, trouble, abort, make, kill: () => resolve('killed') };
      });
      return { signal: abort.signal, died };
    },
  };
}

/** The answer to a composite request in which every COUNT() has taken too long. */
async function withoutCounts(answer: Response): Promise<Response> {
  const text = await answer.text();
  const { status, headers } = answer;
  const whole =
    status === 200 && text.endsWith('}') ? (JSON.parse(text) as { compositeResponse: { referenceId: string }[] }) : null;
  if (!whole) return new Response(text, { status, headers });
  const body = [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }];
  const compositeResponse = whole.compositeResponse.map((part) =>
    part.referenceId.startsWith('count_') ? { ...part, httpStatusCode: 400, body } : part,
  );
  return new Response(JSON.stringify({ compositeResponse }), { status, headers });
}
