/** Limits and failures as jsforce and fetch see them over real http. */
import type { Connection } from 'jsforce';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { VERSION, jsforceClient, refusal } from '../sandbox-crm/clients/jsforce.ts';
import type { Listening } from '../sandbox-crm/http/listen.ts';
import { createSandbox } from '../sandbox-crm/sandbox.ts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';

const NOW = Date.parse('2026-06-01T09:30:15Z');

let sandbox: Sandbox;
let server: Listening;
let crm: Connection;

beforeAll(async () => {
  sandbox = createSandbox({ seed: 7, now: NOW, frozen: true, accounts: 20 });
  server = await sandbox.listen();
});
afterAll(() => server.close());
beforeEach(() => {
  crm = jsforceClient(sandbox, server);
});
afterEach(() => {
  sandbox.faults.clear();
  sandbox.usage.used = 0;
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
