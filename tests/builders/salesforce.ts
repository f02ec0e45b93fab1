import { createHash, randomBytes } from 'node:crypto';
import type { Connector, Session, SessionStore } from '@/lib/connectors/connector';
import { createSalesforceConnector } from '@/lib/connectors/salesforce';
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

/** A signed-in connector on a sandbox made with these options. */
export async function salesforceTest(options: SandboxOptions): Promise<SalesforceTest> {
  const sandbox = createSandbox({ redirectUris: [REDIRECT], ...options });
  let session = await sessionAt(sandbox);
  const sessions: SessionStore = {
    load: async () => session,
    save: async (fresh) => {
      session = fresh;
    },
  };
  const send = createEgress({
    fetch: (url, init) => sandbox.fetch(url, init),
    origins: () => [session.loginOrigin, session.instanceUrl],
  });
  let last: Promise<unknown> = Promise.resolve();
  const withLock = <T>(_: string, work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  const connector = createSalesforceConnector({ connectionId: 'c1', session, sessions, send, withLock });
  return { sandbox, connector, sessions, send, session: () => session };
}
