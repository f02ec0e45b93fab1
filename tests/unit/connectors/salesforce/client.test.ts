import { describe, expect, it } from 'vitest';
import type { SalesforceClient } from '@/lib/connectors/salesforce/client';
import { createClient } from '@/lib/connectors/salesforce/client';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { fakeSend, json } from '../../../fakes/fake-send';
import { TOKENS } from '../sign-in';
import { bearerOf, clientOn, memorySessions, promiseLock } from './session';

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
      const { send, sent } = fakeSend((request) => (request.url.endsWith('/token') ? json(TOKENS) : unauthorised()));
      const broken = { ...sessions, save: () => Promise.reject(new AppError('storage.quota')) };
      const client = createClient({ sessions: broken, send, withLock: promiseLock(), lockName: 's' });
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
