import { describe, expect, it } from 'vitest';
import type { SalesforceClient } from '@/lib/connectors/salesforce/client';
import { createClient } from '@/lib/connectors/salesforce/client';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { fakeSend, html, json } from '../../../fakes/fake-send';
import { TOKENS } from '../sign-in';
import { bearerOf, clientOn, memorySessions, promiseLock, SESSION } from './session';

const limits = (client: SalesforceClient) => client.run((connection) => connection.request({ method: 'GET', url: '/limits' }));
const unauthorised = () => json([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }], 401);

/** An org that takes one access token at a time and rotates refresh tokens: an old one ends the login. */
function rotatingOrg() {
  let generation = 0;
  let valid = 'none yet';
  let goodRefresh = 'first-refresh';
  return clientOn((request) => {
    if (!request.url.endsWith('/token')) return bearerOf(request) === valid ? json({ ok: valid }) : unauthorised();
    const presented = new URLSearchParams(request.body).get('refresh_token');
    if (presented !== goodRefresh) return json({ error: 'invalid_grant' }, 400);
    generation += 1;
    valid = `access-${generation}`;
    goodRefresh = `refresh-${generation}`;
    return json({ ...TOKENS, access_token: valid, refresh_token: goodRefresh });
  });
}

describe('Salesforce client', () => {
  describe('given a session that is good', () => {
    it('calls the instance with its token and an API version of our choice', async () => {
      const { client, network } = clientOn(() => json({ a: 1 }));
      expect(await limits(client)).toEqual({ a: 1 });
      expect(network.sent[0]?.url).toBe('https://acme.my.salesforce.com/services/data/v62.0/limits');
      expect(network.sent.map(bearerOf)).toEqual(['old-access']);
    });

    it('counts calls and knows the server’s clock, not ours', async () => {
      const { client } = clientOn(() => json({}, 200, { date: 'Fri, 01 May 2026 10:00:00 GMT' }));
      expect(client.serverTime()).toBeNull();
      await limits(client);
      await limits(client);
      expect(client.calls()).toBe(2);
      expect(client.serverTime()).toBe(Date.parse('2026-05-01T10:00:00Z'));
    });
  });

  it('asks nothing with a session that may not be used any more, and gets no new one either', async () => {
    const { open, network } = clientOn(() => json({}));
    const client = open({ mayUse: () => Promise.reject(new AppError('policy.login')) });
    expect(await codeOf(limits(client))).toBe('policy.login');
    expect(await codeOf(client.stream('/limits'))).toBe('policy.login');
    expect(network.sent).toEqual([]);
  });

  describe('given a session that has expired', () => {
    it('refreshes once and sends the call again', async () => {
      const { client, network } = rotatingOrg();
      expect(await limits(client)).toEqual({ ok: 'access-1' });
      expect(network.to('/token')).toHaveLength(1);
    });

    it('refreshes once when many calls fail together, in one worker', async () => {
      const { client, network } = rotatingOrg();
      const answers = await Promise.all(Array.from({ length: 12 }, () => limits(client)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"ok":"access-1"}']));
      expect(network.to('/token')).toHaveLength(1);
    });

    it('refreshes once when calls of several contexts fail together', async () => {
      const { open, network } = rotatingOrg();
      await Promise.all([open(), open(), open()].flatMap((client) => [limits(client), limits(client)]));
      expect(network.to('/token')).toHaveLength(1);
    });

    it('has the rotated refresh token on disk before the new access token is used', async () => {
      const { client, network, saved } = rotatingOrg();
      await limits(client);
      expect(saved).toMatchObject([{ accessToken: 'access-1', refreshToken: 'refresh-1' }]);
      expect(network.sent.map(bearerOf)).toEqual(['old-access', '', 'access-1']);
    });

    it('uses no access token whose refresh token could not be saved', async () => {
      const { sessions } = memorySessions();
      const { egress, sent } = fakeSend((request) => (request.url.endsWith('/token') ? json(TOKENS) : unauthorised()));
      const broken = { ...sessions, save: () => Promise.reject(new AppError('storage.quota')) };
      const client = createClient({ sessions: broken, egress, withLock: promiseLock(), lockName: 's' });
      expect(await codeOf(limits(client))).toBe('storage.quota');
      expect(sent).toHaveLength(2);
    });

    it('refreshes again when the next token expires in turn', async () => {
      const { client, network, sessions } = rotatingOrg();
      await limits(client);
      await sessions.save({ ...(await sessions.load()), accessToken: 'expired again' });
      expect(await limits(client)).toEqual({ ok: 'access-2' });
      expect(network.to('/token')).toHaveLength(2);
    });
  });

  describe('given a login that is over', () => {
    it('asks to reconnect when the refresh token is refused, and keeps what is stored', async () => {
      const { client, saved } = clientOn((request) =>
        request.url.endsWith('/token') ? json({ error: 'invalid_grant' }, 400) : unauthorised(),
      );
      expect(await codeOf(limits(client))).toBe('auth.reconnect');
      expect(saved).toEqual([]);
    });

    it('asks to reconnect, and does not go round in circles, when a fresh token is refused too', async () => {
      const { client, network } = clientOn((request) => (request.url.endsWith('/token') ? json(TOKENS) : unauthorised()));
      expect(await codeOf(limits(client))).toBe('auth.reconnect');
      expect(network.sent).toHaveLength(3);
    });
  });

  it('leaves the login alone when the token endpoint is down', async () => {
    const { client, saved } = clientOn((request) => (request.url.endsWith('/token') ? json({}, 503) : unauthorised()));
    expect(await codeOf(limits(client))).toBe('crm.unavailable');
    expect(saved).toEqual([]);
  });
});

describe('Salesforce client in a run', () => {
  const NEVER = new AbortController().signal;
  const usage = (used: number, max = 1000) => ({ 'sforce-limit-info': `api-usage=${used}/${max}` });
  const run = (client: SalesforceClient, reserve = 0, signal = NEVER) => client.forRun({ reserve, signal });

  it('knows the org’s use of its daily calls from each answer', async () => {
    const { client } = clientOn(() => json({}, 200, usage(18, 15_000)));
    expect(client.usage()).toBeNull();
    await limits(client);
    expect(client.usage()).toEqual({ used: 18, max: 15_000 });
  });

  it('makes not one call more when the reserve is reached', async () => {
    let used = 798;
    const { client, network } = clientOn(() => {
      used += 1;
      return json({}, 200, usage(used));
    });
    const sparing = run(client, 0.2);
    await limits(sparing);
    await limits(sparing);
    expect(await codeOf(limits(sparing))).toBe('crm.reserve');
    expect(network.sent).toHaveLength(2);
  });

  it('asks the org anew at the next run, since what it knew may be of yesterday', async () => {
    const { client, network } = clientOn(() => json({}, 200, usage(network.sent.length > 1 ? 10 : 999)));
    await limits(run(client, 0.2));
    await limits(run(client, 0.2));
    expect(client.usage()).toEqual({ used: 10, max: 1000 });
  });

  it('lets the user’s own actions use the reserve', async () => {
    const { client, network } = clientOn(() => json({}, 200, usage(999)));
    await limits(client);
    await limits(client);
    expect(network.sent).toHaveLength(2);
  });

  describe('given trouble that passes', () => {
    it.each([
      ['a maintenance page', html(503)],
      ['a page in place of an answer', html(200)],
      ['a failure', json([{ message: 'm', errorCode: 'UNKNOWN_EXCEPTION' }], 500)],
    ])('asks again after a growing wait with jitter: %s', async (_, trouble) => {
      const { client, network, waits } = clientOn(() => (network.sent.length <= 3 ? trouble : json({ a: 1 })));
      expect(await limits(run(client))).toEqual({ a: 1 });
      expect(waits).toHaveLength(3);
      for (const [index, wait] of [1000, 4000, 15_000].entries()) {
        expect(waits[index]).toBeGreaterThanOrEqual(wait * 0.75);
        expect(waits[index]).toBeLessThanOrEqual(wait * 1.25);
      }
    });

    it('gives up after the third time, with the last verdict', async () => {
      const { client, network } = clientOn(() => html(503));
      expect(await codeOf(limits(run(client)))).toBe('crm.unavailable');
      expect(network.sent).toHaveLength(4);
    });

    it('waits as long as the server asks, and no shorter', async () => {
      const { client, network, waits } = clientOn(() =>
        network.sent.length === 1 ? json([{ message: 'm', errorCode: 'X' }], 429, { 'retry-after': '30' }) : json({}),
      );
      await limits(run(client));
      expect(waits[0]).toBeGreaterThanOrEqual(30_000);
    });

    it('does not sit out a long wait: the run ends and is told when to go on', async () => {
      const { client, waits } = clientOn(() => json([{ message: 'm', errorCode: 'X' }], 429, { 'retry-after': '3600' }));
      await expect(limits(run(client))).rejects.toMatchObject({ code: 'crm.busy', retryAfterMs: 3_600_000 });
      expect(waits).toEqual([]);
    });

    it('does not ask again on a user’s own action, who would wait for it', async () => {
      const { client, network } = clientOn(() => html(503));
      expect(await codeOf(limits(client))).toBe('crm.unavailable');
      expect(network.sent).toHaveLength(1);
    });
  });

  it.each([
    ['crm.limit', json([{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }], 403)],
    ['crm.reserve', json({}, 200, { 'sforce-limit-info': 'api-usage=900/1000' })],
  ])('does not ask again against a limit: %s', async (code, answer) => {
    const { client, network } = clientOn(() => answer);
    const sparing = run(client, 0.2);
    if (code === 'crm.reserve') await limits(sparing);
    expect(await codeOf(limits(sparing))).toBe(code);
    expect(network.sent).toHaveLength(1);
  });

  it('makes no call any more when it is ended', async () => {
    const abort = new AbortController();
    const { client, network } = clientOn(() => json({}));
    const ended = run(client, 0, abort.signal);
    abort.abort(new Error('stopped'));
    await expect(limits(ended)).rejects.toThrow('stopped');
    await expect(ended.sleep(1000)).rejects.toThrow('stopped');
    expect(network.sent).toEqual([]);
  });

  it('hands its signal to every call, so that one that is under way ends too', async () => {
    const abort = new AbortController();
    const { client, network } = clientOn(() => json({}));
    await limits(run(client, 0, abort.signal));
    expect(network.sent[0]?.signal).toBe(abort.signal);
  });

  describe('given a refresh token that was lost on the way to the disk', () => {
    const dead = (request: { url: string }) => (request.url.endsWith('/token') ? json({ error: 'invalid_grant' }, 400) : null);

    it('goes on with a login that needed no user', async () => {
      const { open, network, saved } = clientOn(
        (request) => dead(request) ?? (bearerOf(request) === 'silent-access' ? json({ ok: 1 }) : unauthorised()),
      );
      const fresh = { ...SESSION, accessToken: 'silent-access', refreshToken: 'silent-refresh' };
      const client = open({ signInSilently: async () => fresh });
      expect(await limits(client)).toEqual({ ok: 1 });
      expect(saved).toEqual([fresh]);
      expect(network.to('/token')).toHaveLength(1);
    });

    it.each([
      ['the CRM wants to see the user', async () => null],
      ['the login cannot be had', () => Promise.reject(new AppError('auth.cancelled'))],
    ])('asks to reconnect when %s', async (_, signInSilently) => {
      const { open, saved } = clientOn((request) => dead(request) ?? unauthorised());
      expect(await codeOf(limits(open({ signInSilently })))).toBe('auth.reconnect');
      expect(saved).toEqual([]);
    });

    it('ends a login that needed no user and cannot be kept: nobody else could end it', async () => {
      const { open, network, sessions } = clientOn(
        (request) => (request.url.endsWith('/revoke') ? json({}) : dead(request)) ?? unauthorised(),
      );
      const fresh = { ...SESSION, accessToken: 'silent-access', refreshToken: 'silent-refresh' };
      const broken = { ...sessions, save: () => Promise.reject(new AppError('storage.quota')) };
      const client = open({ sessions: broken, signInSilently: async () => fresh });
      expect(await codeOf(limits(client))).toBe('storage.quota');
      expect(network.to('/revoke').map(({ body }) => new URLSearchParams(body).get('token'))).toEqual(['silent-refresh']);
    });

    it('is not what a network that is down looks like', async () => {
      const { open } = clientOn((request) => (request.url.endsWith('/token') ? html(503) : unauthorised()));
      const tried: unknown[] = [];
      const client = open({
        signInSilently: async (session) => {
          tried.push(session);
          return null;
        },
      });
      expect(await codeOf(limits(client))).toBe('crm.unavailable');
      expect(tried).toEqual([]);
    });
  });
});
