/**
 * The proof that the sandbox CRM is true to life: jsforce, unmodified and unaware, works against it over real http.
 * What these tests do is what jsforce's users do; they assert on what the CRM then holds.
 */
import { get } from 'node:https';
import { Connection, OAuth2 } from 'jsforce';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Listening } from '../sandbox-crm/http/listen.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';
import { walkSignIn } from '../sandbox-crm/walk-sign-in.ts';

const REDIRECT = 'http://localhost:9/callback';
const NOW = Date.parse('2026-06-01T09:30:15Z');
const VERSION = '66.0';

let sandbox: Sandbox;
let server: Listening;
let crm: Connection;

const connect = (more: Partial<ConstructorParameters<typeof Connection>[0]> = {}) =>
  new Connection({
    instanceUrl: server.url,
    accessToken: sandbox.tokens.issueAccessToken(),
    version: VERSION,
    maxRequest: 5,
    ...more,
  });

/** What a call is refused with: jsforce puts the first error of the array on the Error it throws. */
const refusal = (call: PromiseLike<unknown>) =>
  Promise.resolve(call).then(
    () => expect.fail('should have been refused'),
    (error: { errorCode?: string; message: string; data?: unknown }) => error,
  );

beforeAll(async () => {
  sandbox = createSandbox({ seed: 7, now: NOW, frozen: true, accounts: 1200, redirectUris: [REDIRECT] });
  server = await sandbox.listen();
});
afterAll(() => server.close());
beforeEach(() => {
  crm = connect();
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.settings.pageSize = undefined;
  sandbox.usage.used = 0;
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
    const revoked = connect({
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

describe('writing', () => {
  it('creates, shows, changes and deletes a record', async () => {
    const created = await crm.sobject('Account').create({ Name: 'Blue Heron Ferries', Website: 'blueheron.example' });
    expect(created).toEqual({ id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] });
    const id = created.id ?? '';
    expect(await crm.sobject('Account').retrieve(id)).toMatchObject({
      Id: id,
      Name: 'Blue Heron Ferries',
      OwnerId: sandbox.org.userId,
    });
    await crm.sobject('Account').update({ Id: id, Phone: '+49 30 555 0101' });
    expect(sandbox.org.find('Account', id)).toMatchObject({ Phone: '+49 30 555 0101' });
    await crm.sobject('Account').destroy(id);
    expect(sandbox.org.find('Account', id)).toMatchObject({ IsDeleted: true });
    expect(await refusal(crm.sobject('Account').retrieve(id))).toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('works out what depends on other fields', async () => {
    const account = sandbox.org.rows('Account')[0]?.Id ?? '';
    const deal = await crm
      .sobject('Opportunity')
      .create({ Name: 'D', StageName: 'Closed Won', CloseDate: '2026-05-30', AccountId: account, Amount: 100 });
    expect(sandbox.org.find('Opportunity', deal.id ?? '')).toMatchObject({
      Probability: 100,
      IsClosed: true,
      IsWon: true,
      ExpectedRevenue: 100,
    });
    const task = await crm.sobject('Task').create({ Subject: 'Call', WhatId: deal.id ?? '' });
    expect(sandbox.org.find('Task', task.id ?? '')).toMatchObject({
      AccountId: account,
      Status: 'Not Started',
      Priority: 'Normal',
      IsClosed: false,
    });
  });

  it('creates several in one call and reports each', async () => {
    const results = await crm.sobject('Contact').create([{ LastName: 'Kestrel' }, { FirstName: 'No last name' }]);
    expect(results[0]).toMatchObject({ success: true });
    expect(results[1]).toEqual({
      success: false,
      errors: [
        { statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [LastName]', fields: ['LastName'] },
      ],
    });
  });

  it.each([
    [
      'names all that is missing',
      'Lead',
      {},
      'REQUIRED_FIELD_MISSING',
      'Required fields are missing: [LastName, Company]',
      ['LastName', 'Company'],
    ],
    [
      'names a column there is not',
      'Lead',
      { foo: 1 },
      'INVALID_FIELD',
      "No such column 'foo' on sobject of type Lead",
      undefined,
    ],
    [
      'names a field nobody may write',
      'Contact',
      { LastName: 'A', Name: 'B' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: Name.',
      ['Name'],
    ],
    ['names a text that is too long', 'Account', { Name: 'x'.repeat(256) }, 'STRING_TOO_LONG', '(max length=255)', ['Name']],
    [
      'names a value not on the list',
      'Task',
      { Status: 'Maybe' },
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      'bad value for restricted picklist field: Maybe',
      ['Status'],
    ],
    [
      'names an address that is none',
      'Contact',
      { LastName: 'A', Email: 'a@b' },
      'INVALID_EMAIL_ADDRESS',
      'Email: invalid email address: a@b',
      ['Email'],
    ],
    [
      'names an id of another object',
      'Task',
      { WhatId: '003000000000001AAA' },
      'MALFORMED_ID',
      'Related To ID: id value of incorrect type: 003000000000001AAA',
      ['WhatId'],
    ],
    [
      'names the field a validation rule is about',
      'Lead',
      { LastName: 'A', Company: 'B', Phone: 'call me' },
      'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      'A phone number',
      ['Phone'],
    ],
  ])('%s', async (_, object, values, errorCode, message, fields) => {
    const error = await refusal(crm.sobject(object).create(values as Record<string, unknown>));
    expect(error.errorCode).toBe(errorCode);
    expect(error.message).toContain(message);
    expect(error.data).toMatchObject(fields ? { fields } : {});
  });

  it('reports possible duplicates under the misspelt key and saves when told to', async () => {
    const twin = { LastName: 'Twin', Company: 'Twins', Email: 'twin@prospect.example' };
    const first = await crm.sobject('Lead').create(twin);
    const url = `${server.url}/services/data/v${VERSION}/sobjects/Lead`;
    const headers = { authorization: `Bearer ${crm.accessToken}`, 'content-type': 'application/json' };
    const refused = await fetch(url, { method: 'POST', headers, body: JSON.stringify(twin) });
    expect(refused.status).toBe(400);
    const [error] = (await refused.json()) as Record<string, unknown>[];
    expect(error).toMatchObject({
      errorCode: 'DUPLICATES_DETECTED',
      duplicateResut: { allowSave: true, matchResults: [{ entityType: 'Lead', matchRecords: [{ record: { Id: first.id } }] }] },
    });
    expect(error).not.toHaveProperty('fields');
    const saved = await crm.sobject('Lead').create(twin, { headers: { 'Sforce-Duplicate-Rule-Header': 'allowSave=true' } });
    expect(saved.success).toBe(true);
  });

  it('gives a new lead to the owner its rule names unless the client says not to', async () => {
    const anybody = (name: string) => ({ LastName: name, Company: 'Somewhere' });
    const assigned = await crm.sobject('Lead').create(anybody('One'));
    const kept = await crm.sobject('Lead').create(anybody('Two'), { headers: { 'Sforce-Auto-Assign': 'FALSE' } });
    expect(sandbox.org.find('Lead', assigned.id ?? '')?.OwnerId).toBe(sandbox.rules.leadsGoTo);
    expect(sandbox.org.find('Lead', kept.id ?? '')?.OwnerId).toBe(sandbox.org.userId);
  });
});

describe('following changes', () => {
  it('names what was updated and what was deleted since', async () => {
    sandbox.org.clock.advance(3_600_000);
    const start = new Date(sandbox.org.clock.now());
    sandbox.org.clock.advance(300_000);
    const [kept, gone] = sandbox.org.rows('Lead');
    sandbox.org.update('Lead', kept?.Id ?? '', { Title: 'Buyer' });
    sandbox.org.remove('Lead', gone?.Id ?? '');
    sandbox.org.clock.advance(300_000);
    const end = new Date(sandbox.org.clock.now());
    expect((await crm.sobject('Lead').updated(start, end)).ids).toEqual([kept?.Id]);
    const deleted = await crm.sobject('Lead').deleted(start, end);
    expect(deleted.deletedRecords.map(({ id }) => id)).toEqual([gone?.Id]);
    expect(deleted.latestDateCovered).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00\.000\+0000$/);
  });

  it('looks no further back than 30 days for updates and 15 for deletions', async () => {
    const now = sandbox.org.clock.now();
    const ago = (days: number) => new Date(now - days * 86_400_000);
    expect(await refusal(crm.sobject('Lead').updated(ago(31), ago(0)))).toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
    expect(await refusal(crm.sobject('Lead').deleted(ago(16), ago(0)))).toMatchObject({ errorCode: 'INVALID_REPLICATION_DATE' });
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

describe('limits and failures', () => {
  it('counts each call and tells on every answer', async () => {
    sandbox.usage.used = 41;
    await crm.query('SELECT Id FROM User');
    expect(crm.limitInfo.apiUsage).toEqual({ used: 42, limit: 15_000 });
    expect((await crm.limits()).DailyApiRequests).toEqual({ Max: 15_000, Remaining: 15_000 - 43 });
  });

  it('refuses with 403 once the calls of the day are used up', async () => {
    sandbox.usage.used = sandbox.usage.max;
    expect(await refusal(crm.query('SELECT Id FROM User'))).toMatchObject({ errorCode: 'REQUEST_LIMIT_EXCEEDED' });
  });

  it('drops one connection when told to and answers the next', async () => {
    const fault = sandbox.faults.next({ kind: 'drop', match: { path: /\/query/ } });
    await expect(crm.query('SELECT Id FROM User')).rejects.toThrow('fetch failed');
    expect(fault.hits).toBe(1);
    expect((await crm.query('SELECT Id FROM User')).records).toHaveLength(8);
  });

  it.each([
    ['before an answer', undefined],
    ['in the middle of one', 500],
  ])('cuts the connection %s', async (_, afterBytes) => {
    sandbox.faults.next({ kind: 'drop', match: { path: /describe/ }, ...(afterBytes === undefined ? {} : { afterBytes }) });
    const url = `${server.url}/services/data/v${VERSION}/sobjects/Account/describe`;
    const response = fetch(url, { headers: { authorization: `Bearer ${crm.accessToken}` } });
    await expect(response.then((answer) => answer.text())).rejects.toThrow();
  });

  it.each([
    [{ kind: 'session-expired' }, 401, 'INVALID_SESSION_ID'],
    [{ kind: 'api-limit' }, 403, 'REQUEST_LIMIT_EXCEEDED'],
    [{ kind: 'too-many-requests' }, 429, 'REQUEST_RATE_EXCEEDED'],
    [{ kind: 'server-error' }, 500, 'UNKNOWN_EXCEPTION'],
    [{ kind: 'maintenance' }, 503, '<h1>Down for maintenance</h1>'],
    [{ kind: 'html' }, 200, '<h1>Please sign in to the network</h1>'],
  ] as const)('answers as %o says, once', async (fault, status, text) => {
    sandbox.faults.next({ ...fault, match: { path: /\/limits$/ } });
    const call = () =>
      fetch(`${server.url}/services/data/v${VERSION}/limits`, { headers: { authorization: `Bearer ${crm.accessToken}` } });
    const failed = await call();
    expect(failed.status).toBe(status);
    expect(await failed.text()).toContain(text);
    expect((await call()).status).toBe(200);
  });

  it('cuts a body short so that it is no JSON any more', async () => {
    sandbox.faults.next({ kind: 'truncate', match: { path: /\/limits$/ } });
    const response = await fetch(`${server.url}/services/data/v${VERSION}/limits`, {
      headers: { authorization: `Bearer ${crm.accessToken}` },
    });
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('damages one record of a page when told to', async () => {
    sandbox.faults.next({ kind: 'malformed-record', damage: 'no-id', index: 1, match: { path: /\/query/ } });
    const { records } = await crm.query('SELECT Id, Name FROM User');
    expect(records.map((record) => 'Id' in record).slice(0, 3)).toEqual([true, false, true]);
  });
});
