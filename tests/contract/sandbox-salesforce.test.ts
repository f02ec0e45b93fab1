/**
 * The proof that the sandbox CRM is true to life: jsforce, unmodified and unaware, works against it over real http.
 * What these tests do is what jsforce's users do; they assert on what the CRM then holds.
 */
import { get } from 'node:https';
import { Connection, OAuth2 } from 'jsforce';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERSION, jsforceClient, refusal } from '../sandbox-crm/clients/jsforce.ts';
import type { Listening } from '../sandbox-crm/http/listen.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';
import { walkSignIn } from '../sandbox-crm/walk-sign-in.ts';

const REDIRECT = 'http://localhost:9/callback';
const NOW = Date.parse('2026-06-01T09:30:15Z');

let sandbox: Sandbox;
let server: Listening;
let crm: Connection;

beforeAll(async () => {
  sandbox = createSandbox({ seed: 7, now: NOW, frozen: true, accounts: 1200, redirectUris: [REDIRECT] });
  server = await sandbox.listen();
});
afterAll(() => server.close());
beforeEach(() => {
  crm = jsforceClient(sandbox, server);
});

describe('signing in with the OAuth web flow', () => {
  const start = () =>
    new OAuth2({ loginUrl: server.url, clientId: sandbox.clientApp.clientId, redirectUri: REDIRECT, useVerifier: true });
  const signIn = async () => {
    const oauth2 = start();
    const back = await walkSignIn(oauth2.getAuthorizationUrl({ state: 'S 1', prompt: 'consent' }));
    const conn = new Connection({ oauth2, version: VERSION });
    const user = await conn.authorize(back.searchParams.get('code') ?? '', { code_verifier: oauth2.codeVerifier ?? '' });
    return { oauth2, back, conn, user };
  };

  it('gives tokens of the real shapes and an instance to call', async () => {
    const { back, conn, user } = await signIn();
    expect(back.searchParams.get('state')).toBe('S 1');
    expect(conn.instanceUrl).toBe(server.url);
    expect(conn.accessToken).toMatch(/^00D[\w]{12}![\w.]+$/);
    expect(conn.refreshToken).toMatch(/^5Aep861/);
    expect(user).toMatchObject({ id: sandbox.org.userId, organizationId: sandbox.org.id });
    expect(await conn.identity()).toMatchObject({
      username: sandbox.username,
      display_name: 'Ada Winter',
      organization_id: sandbox.org.id,
    });
  });

  it('refuses a code the second time', async () => {
    const { oauth2, back } = await signIn();
    const again = oauth2.requestToken(back.searchParams.get('code') ?? '', { code_verifier: oauth2.codeVerifier ?? '' });
    expect((await refusal(again)).message).toBe('expired authorization code');
  });

  it('refuses a verifier that is not the one of the challenge', async () => {
    const back = await walkSignIn(start().getAuthorizationUrl());
    const somebodyElse = start();
    const stolen = somebodyElse.requestToken(back.searchParams.get('code') ?? '');
    expect((await refusal(stolen)).message).toBe('invalid code verifier');
  });

  it('sends the app back with access_denied when the person denies', async () => {
    const back = await walkSignIn(start().getAuthorizationUrl({ prompt: 'consent' }), { decision: 'deny' });
    expect(Object.fromEntries(back.searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'end-user denied authorization',
    });
  });

  it('shows an error page, and redirects nowhere, when the app or its address is unknown', async () => {
    const stranger = new OAuth2({ loginUrl: server.url, clientId: 'nobody', redirectUri: REDIRECT });
    await expect(walkSignIn(stranger.getAuthorizationUrl())).rejects.toThrow(
      'error=invalid_client_id&amp;error_description=client identifier invalid',
    );
    const elsewhere = new OAuth2({
      loginUrl: server.url,
      clientId: sandbox.clientApp.clientId,
      redirectUri: 'https://attacker.example/',
    });
    await expect(walkSignIn(elsewhere.getAuthorizationUrl())).rejects.toThrow('redirect_uri_mismatch');
  });

  it('replaces the refresh token at each refresh and ends the family when an old one is used', async () => {
    const { oauth2, conn } = await signIn();
    const first = conn.refreshToken ?? '';
    const refreshed = await oauth2.refreshToken(first);
    expect(refreshed.refresh_token).not.toBe(first);
    expect((await refusal(oauth2.refreshToken(first))).message).toBe('expired access/refresh token');
    expect((await refusal(oauth2.refreshToken(refreshed.refresh_token ?? ''))).message).toBe('expired access/refresh token');
  });

  it('lets jsforce refresh by itself when the access token runs out', async () => {
    const { conn } = await signIn();
    const before = conn.accessToken;
    sandbox.tokens.expireAccessTokens();
    expect((await conn.query('SELECT Id FROM Account LIMIT 1')).records).toHaveLength(1);
    expect(conn.accessToken).not.toBe(before);
  });

  it('refuses every call once revoked', async () => {
    const { conn } = await signIn();
    await conn.logout(true);
    const revoked = jsforceClient(sandbox, server, {
      accessToken: sandbox.tokens.issued.findLast((token) => token.kind === 'access' && token.revoked)?.value ?? '',
    });
    expect(await refusal(revoked.query('SELECT Id FROM Account'))).toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
  });
});

describe('describing', () => {
  it('lists the objects', async () => {
    const { sobjects } = await crm.describeGlobal();
    expect(sobjects.map(({ name }) => name)).toEqual([
      'Account',
      'Contact',
      'Lead',
      'Opportunity',
      'Task',
      'User',
      'Organization',
      'CurrencyType',
    ]);
  });

  it.each([
    ['Account', ['Name']],
    ['Contact', ['LastName']],
    ['Lead', ['LastName', 'Company']],
    ['Opportunity', ['Name', 'StageName', 'CloseDate']],
    ['Task', []],
  ])('says what a new %s must have', async (object, required) => {
    const { fields } = await crm.describe(object);
    const must = fields.filter(
      (field) => field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== 'boolean',
    );
    expect(must.map(({ name }) => name)).toEqual(required);
  });

  it('answers 404 for an object there is not', async () => {
    expect(await refusal(crm.describe('Unicorn'))).toMatchObject({
      errorCode: 'NOT_FOUND',
      message: 'The requested resource does not exist',
    });
  });
});

describe('querying', () => {
  it('gives every row once over several pages', async () => {
    const seen = [];
    let page = await crm.query<{ Id: string; Email: string | null }>('SELECT Id, Email FROM Contact ORDER BY SystemModstamp, Id');
    expect(page.records).toHaveLength(2000);
    expect(page.nextRecordsUrl).toMatch(/\/services\/data\/v66\.0\/query\/0r8\w{15}-2000$/);
    seen.push(...page.records);
    while (!page.done) {
      page = await crm.queryMore(page.nextRecordsUrl ?? '');
      seen.push(...page.records);
    }
    const held = sandbox.org.rows('Contact');
    expect(page.totalSize).toBe(held.length);
    expect(new Map(seen.map(({ Id, Email }) => [Id, Email]))).toEqual(new Map(held.map((row) => [row.Id, row.Email ?? null])));
    expect(seen).toHaveLength(held.length);
  });

  it('makes smaller pages when asked to, and 1,000 at most with a long text among the columns', async () => {
    const small = await crm.query('SELECT Id FROM Contact', { headers: { 'Sforce-Query-Options': 'batchSize=250' } });
    expect(small.records).toHaveLength(250);
    expect((await crm.query('SELECT Id, Description FROM Contact')).records).toHaveLength(1000);
  });

  it('nests related records under the names of their relationships', async () => {
    const { records } = await crm.query(
      'SELECT Id, Name, Account.Name, Account.Owner.Name, Owner.Name FROM Contact WHERE AccountId != null LIMIT 1',
    );
    const [contact] = records;
    const account = sandbox.org.find('Account', String(sandbox.org.find('Contact', contact?.Id ?? '')?.AccountId));
    expect(contact).toMatchObject({
      attributes: { type: 'Contact' },
      Account: { attributes: { type: 'Account' }, Name: account?.Name },
    });
    expect(Object.keys(contact ?? {})).toEqual(['attributes', 'Id', 'Name', 'Account', 'Owner']);
  });

  it('calls what a polymorphic key points at "Name"', async () => {
    const { records } = await crm.query(
      "SELECT Who.Name, Who.Type, What.Type FROM Task WHERE WhoId != null AND What.Type = 'Account' LIMIT 1",
    );
    expect(records[0]).toMatchObject({ Who: { attributes: { type: 'Name' }, Type: 'Contact' }, What: { Type: 'Account' } });
  });

  it('counts', async () => {
    const { totalSize, records } = await crm.query('SELECT COUNT() FROM Opportunity WHERE IsClosed = false');
    expect(records).toEqual([]);
    expect(totalSize).toBe(sandbox.org.rows('Opportunity').filter((row) => row.IsClosed === false).length);
  });

  it.each([
    [
      'SELECT Id, Foo FROM Account',
      'INVALID_FIELD',
      "\nSELECT Id, Foo FROM Account\n           ^\nERROR at Row:1:Column:12\nNo such column 'Foo' on entity 'Account'.",
    ],
    ['SELECT Id FROM Unicorn', 'INVALID_TYPE', "ERROR at Row:1:Column:16\nsObject type 'Unicorn' is not supported."],
    ['SELECT Id FORM Account', 'MALFORMED_QUERY', "unexpected token: 'FORM'"],
    ["SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'", 'MALFORMED_QUERY', "unexpected token: 'AND'"],
    [
      "SELECT Id FROM Account WHERE CreatedDate > '2026-01-01'",
      'INVALID_FIELD',
      'must be of type dateTime and should not be enclosed in quotes',
    ],
  ])('refuses %s as %s', async (soql, errorCode, message) => {
    const error = await refusal(crm.query(soql));
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(message);
  });

  it('refuses a cursor that has expired', async () => {
    const { nextRecordsUrl = '' } = await crm.query('SELECT Id FROM Contact');
    sandbox.expireCursors();
    expect(await refusal(crm.queryMore(nextRecordsUrl))).toMatchObject({ errorCode: 'INVALID_QUERY_LOCATOR' });
  });

  it('streams a whole object through the Bulk API 2.0 in parts', async () => {
    const job = await crm.request<{ id: string }>({
      method: 'POST',
      url: '/jobs/query',
      body: JSON.stringify({ operation: 'query', query: 'SELECT Id, Owner.Name FROM Account' }),
      headers: { 'content-type': 'application/json' },
    });
    const states = [];
    for (let look = 0; look < 2; look++) states.push((await crm.request<{ state: string }>(`/jobs/query/${job.id}`)).state);
    expect(states).toEqual(['InProgress', 'JobComplete']);
    const ids = [];
    for (let locator = ''; locator !== 'null'; ) {
      const url = `${server.url}/services/data/v${VERSION}/jobs/query/${job.id}/results?maxRecords=500&locator=${locator}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${crm.accessToken}` } });
      const [header, ...lines] = (await response.text()).trimEnd().split('\n');
      expect(header).toBe('"Id","Owner.Name"');
      expect(response.headers.get('sforce-numberofrecords')).toBe(String(lines.length));
      ids.push(...lines.map((line) => line.slice(1, 19)));
      locator = response.headers.get('sforce-locator') ?? 'null';
    }
    expect(ids).toEqual(sandbox.org.rows('Account').map((row) => row.Id));
  });
});

describe('over https', () => {
  it('serves each of its hosts by the name it is called by', async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: 'sandbox' }]);
    const secure = await sandbox.listen({ tls: { key, cert } });
    const versions = await new Promise<string>((resolve, reject) => {
      const headers = { host: new URL(sandbox.myDomainUrl).host, authorization: `Bearer ${sandbox.tokens.issueAccessToken()}` };
      get(`${secure.url}/services/data/v${VERSION}`, { headers, rejectUnauthorized: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve).on('error', reject);
      });
    });
    expect(JSON.parse(versions)).toMatchObject({
      identity: `https://login.salesforce.com/id/${sandbox.org.id}/${sandbox.org.userId}`,
    });
    await secure.close();
  });
});
