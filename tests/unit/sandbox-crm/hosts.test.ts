/** One server, many hosts: who answers what, and what the wrong host does. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createSandbox } from '../../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../../sandbox-crm/sandbox.ts';
import { walkSignIn } from '../../sandbox-crm/walk-sign-in.ts';

const REDIRECT = 'https://extension.example/callback';
const MY_DOMAIN = 'https://acme.my.salesforce.com';
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = createSandbox({ seed: 1, accounts: 3, myDomain: 'acme', redirectUris: [REDIRECT], requirePkce: false });
});

const get = (url: string, headers: Record<string, string> = {}) =>
  sandbox.fetch(new Request(url, { headers, redirect: 'manual' }));
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const signIn = (host: string) => {
  const query = new URLSearchParams({ response_type: 'code', client_id: sandbox.clientApp.clientId, redirect_uri: REDIRECT });
  return walkSignIn(`https://${host}/services/oauth2/authorize?${query}`, { fetch: (url, init) => sandbox.fetch(url, init) });
};
const redeem = async (host: string, back: URL) => {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    client_id: sandbox.clientApp.clientId,
    redirect_uri: REDIRECT,
  });
  const response = await sandbox.fetch(`https://${host}/services/oauth2/token`, { method: 'POST', body });
  return (await response.json()) as Record<string, string>;
};

describe('given a sign-in', () => {
  it.each(['login.salesforce.com', 'test.salesforce.com', 'acme.my.salesforce.com'])(
    'at %s, the API is at My Domain',
    async (host) => {
      const tokens = await redeem(host, await signIn(host));
      expect(tokens.instance_url).toBe(MY_DOMAIN);
      expect(tokens.id).toMatch(/^https:\/\/(login|test)\.salesforce\.com\/id\/00D\w{15}\/005\w{15}$/);
      expect(tokens).not.toHaveProperty('expires_in');
    },
  );

  it('names whatever instance a test wants', async () => {
    sandbox.settings.instanceUrl = 'https://attacker.example';
    expect((await redeem('login.salesforce.com', await signIn('login.salesforce.com'))).instance_url).toBe(
      'https://attacker.example',
    );
  });

  it('leaves a session cookie on My Domain that works as a token', async () => {
    await signIn('acme.my.salesforce.com');
    const session = sandbox.tokens.issued.find(({ kind }) => kind === 'session')?.value ?? '';
    expect((await get(`${MY_DOMAIN}/services/data/v66.0/limits`, bearer(session))).status).toBe(200);
  });

  it('refuses the cookie of the Lightning host as a token', async () => {
    const page = await get('https://acme.lightning.force.com/lightning/page/home');
    const [, cookie = ''] = /^sid=([^;]+)/.exec(page.headers.get('set-cookie') ?? '') ?? [];
    expect((await get(`${MY_DOMAIN}/services/data/v66.0/limits`, bearer(decodeURIComponent(cookie)))).status).toBe(401);
  });

  it('says no in plain text at the identity service when the token is bad', async () => {
    const response = await get('https://login.salesforce.com/services/oauth2/userinfo', bearer('bad'));
    expect([response.status, await response.text()]).toEqual([403, 'Bad_OAuth_Token']);
  });
});

describe('given an API call', () => {
  it('is redirected away from the Lightning host', async () => {
    const response = await get('https://acme.lightning.force.com/services/data/v66.0/limits');
    expect([response.status, response.headers.get('location')]).toEqual([302, `${MY_DOMAIN}/services/data/v66.0/limits`]);
  });

  it('is answered however many slashes the address has', async () => {
    const token = sandbox.tokens.issueAccessToken();
    expect((await get(`${MY_DOMAIN}//services/data/v66.0/sobjects/Account/?cache=1`, bearer(token))).status).toBe(200);
  });

  it('carries neither CORS headers nor a ban on caching, so that the client must protect itself', async () => {
    const { headers } = await get(`${MY_DOMAIN}/services/data/v66.0/limits`, {
      ...bearer(sandbox.tokens.issueAccessToken()),
      origin: 'https://evil.example',
    });
    expect([headers.get('access-control-allow-origin'), headers.get('cache-control')]).toEqual([null, null]);
  });

  it('of an unknown version is not found', async () => {
    expect((await get(`${MY_DOMAIN}/services/data/v99.0/limits`, bearer(sandbox.tokens.issueAccessToken()))).status).toBe(404);
  });
});

describe('given a host that is not the CRM', () => {
  it('answers 421 and writes the request down', async () => {
    expect((await get('https://telemetry.example/collect?x=1')).status).toBe(421);
    expect(sandbox.log.matching(/telemetry\.example/)).toMatchObject([
      { method: 'GET', path: '/collect', search: '?x=1', status: 421 },
    ]);
  });
});

describe('given a link to a record', () => {
  it('shows a page with its values', async () => {
    const [account] = sandbox.org.rows('Account');
    const short = await get(`${MY_DOMAIN}/${account?.Id ?? ''}`);
    expect(short.headers.get('location')).toBe(`https://acme.lightning.force.com/lightning/r/Account/${account?.Id ?? ''}/view`);
    const page = await (await get(short.headers.get('location') ?? '')).text();
    expect(page).toContain(String(account?.Name));
    expect(page).toContain('<dt>Owner</dt>');
  });
});

describe('given planted faults', () => {
  const limits = async () =>
    (await get(`${MY_DOMAIN}/services/data/v66.0/limits`, bearer(sandbox.tokens.issueAccessToken()))).status;

  it('lets as many calls pass and fails as many as it was told', async () => {
    const fault = sandbox.faults.next({ kind: 'server-error', match: { path: /limits/ }, skip: 1, times: 2 });
    expect([await limits(), await limits(), await limits(), await limits()]).toEqual([200, 500, 500, 200]);
    expect(fault.hits).toBe(2);
  });

  it('rejects as fetch does when the connection drops', async () => {
    sandbox.faults.next({ kind: 'drop' });
    await expect(limits()).rejects.toThrow(new TypeError('fetch failed'));
  });

  it('leaves calls alone that do not match', async () => {
    sandbox.faults.next({ kind: 'drop', match: { method: 'POST' } });
    expect(await limits()).toBe(200);
  });
});
