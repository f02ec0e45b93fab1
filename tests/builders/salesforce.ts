import { createHash, randomBytes } from 'node:crypto';
import type { Connector, Session, SessionStore } from '@/lib/connectors/connector';
import { createSalesforceConnector } from '@/lib/connectors/salesforce';
import type { JobSizes } from '@/lib/connectors/salesforce/bulk-job';
import { createEgress, type Send } from '@/lib/egress/egress';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox-crm/sandbox.ts';
import { walkSignIn } from '../sandbox-crm/walk-sign-in.ts';

/** The extension's Salesforce connector against the sandbox, in one process, through the real egress. */
export interface SalesforceTest {
  sandbox: Sandbox;
  connector: Connector;
  sessions: SessionStore;
  send: Send;
  session(): Session;
  /** Another connector on the same session and the same lock, as another context of the extension has one. */
  another(jobSizes?: JobSizes): Connector;
  /** Milliseconds that were waited, wait by wait. */
  waits: number[];
}

export interface SalesforceTestOptions {
  /** From which size on a result is read by a Bulk job, in parts of which size. */
  jobSizes?: JobSizes;
  /** Called before each request reaches the CRM, with `METHOD path?query` and the body. May change the CRM, or throw. */
  beforeRequest?: (request: string, body: string) => unknown;
  /** Called with each wait, which is over once the promise is fulfilled or the signal aborted; waits cost no time otherwise. */
  onWait?: (ms: number) => unknown;
  /** Whether the CRM signs the user in once more without asking. */
  signsInSilently?: boolean;
}

const REDIRECT = 'https://extension.example/cb/salesforce';

async function sessionAt(sandbox: Sandbox): Promise<Session> {
  const origin = 'https://login.salesforce.com';
  const verifier = randomBytes(48).toString('base64url');
  const { clientId } = sandbox.clientApp;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
  });
  const landed = await walkSignIn(`${origin}/services/oauth2/authorize?${query}`, {
    fetch: (input, init) => sandbox.fetch(input, init),
  });
  const answer = await sandbox.fetch(`${origin}/services/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: landed.searchParams.get('code') ?? '',
      client_id: clientId,
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    }).toString(),
  });
  const token = (await answer.json()) as Record<string, string>;
  const [orgId = '', userId = ''] = (token.id ?? '').split('/').slice(-2);
  return {
    accessToken: token.access_token ?? '',
    refreshToken: token.refresh_token ?? '',
    instanceUrl: token.instance_url ?? '',
    loginOrigin: origin,
    clientId,
    orgId,
    userId,
  };
}

/** What fetch does when its signal is aborted: the call fails at once, and so does reading an answer that is on its way. */
async function abortable(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  if (!signal) return answer;
  const aborted = Promise.withResolvers<never>();
  const stop = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  aborted.promise.catch(() => undefined);
  try {
    signal.throwIfAborted();
    const response = await Promise.race([answer, aborted.promise]);
    const body = response.body?.pipeThrough(new TransformStream(), { signal }) ?? null;
    return new Response(body, { status: response.status, headers: response.headers });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A signed-in connector on a sandbox made with these options. */
export async function salesforceTest(options: SandboxOptions, test: SalesforceTestOptions = {}): Promise<SalesforceTest> {
  const sandbox = createSandbox({ redirectUris: [REDIRECT], ...options });
  let session = await sessionAt(sandbox);
  const sessions: SessionStore = {
    load: async () => session,
    save: async (fresh) => {
      session = fresh;
    },
  };
  const egress = createEgress({
    async fetch(url, init) {
      const { pathname, search } = new URL(url);
      await test.beforeRequest?.(`${init.method} ${pathname}${search}`, typeof init.body === 'string' ? init.body : '');
      return abortable(sandbox.fetch(url, { ...init, signal: null }), init.signal);
    },
    origins: () => [session.loginOrigin, session.instanceUrl],
  });
  let last: Promise<unknown> = Promise.resolve();
  const withLock = <T>(_: string, work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const { clock } = sandbox.org;
  const waits: number[] = [];
  // Waiting moves the CRM's own clock, so that no test waits in truth.
  const sleep = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
    clock.advance(ms);
    await test.onWait?.(ms);
    signal.throwIfAborted();
  };
  const another = (jobSizes = test.jobSizes) =>
    createSalesforceConnector({
      connectionId: 'c1',
      session,
      sessions,
      egress,
      withLock,
      clock,
      sleep,
      ...(jobSizes ? { jobSizes } : {}),
      ...(test.signsInSilently ? { signInSilently: () => sessionAt(sandbox) } : {}),
    });
  return { sandbox, connector: another(), another, sessions, send: egress.send, session: () => session, waits };
}
