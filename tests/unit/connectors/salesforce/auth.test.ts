import { describe, expect, it } from 'vitest';
import { refreshSession, revokeSession } from '@/lib/connectors/salesforce/auth';
import { codeOf } from '../../../builders/codes';
import { fakeSend, formOf, html, json } from '../../../fakes/fake-send';
import { attempt, ORG, TOKENS, USER } from '../sign-in';
import { SESSION } from './session';

describe('signing in to Salesforce', () => {
  it('keeps tokens, instance, login host, key and who it was', async () => {
    expect(await attempt().session).toEqual({
      accessToken: TOKENS.access_token,
      refreshToken: TOKENS.refresh_token,
      instanceUrl: 'https://acme.my.salesforce.com',
      loginOrigin: 'https://login.salesforce.com',
      clientId: '3MVG9key',
      orgId: ORG,
      userId: USER,
    });
  });

  it('goes to the login host that was chosen and to no other', async () => {
    const { session, opened, network } = attempt({ loginHost: ' ACME.my.salesforce.com ' });
    await session;
    expect(opened[0]?.host).toBe('acme.my.salesforce.com');
    expect(network.sent.map(({ url }) => new URL(url).host)).toEqual(['acme.my.salesforce.com']);
  });

  it('opens nothing when the login host is not Salesforce’s', async () => {
    const { session, opened } = attempt({ loginHost: 'login.salesforce.com.evil.example' });
    expect(await codeOf(session)).toBe('auth.host-invalid');
    expect(opened).toEqual([]);
  });

  it.each([
    'https://evil.example',
    'http://acme.my.salesforce.com',
    'https://acme.my.salesforce.com:8443',
    'https://acme.my.salesforce.com@evil.example',
    'https://user:pass@acme.my.salesforce.com',
    'https://acme.my.salesforce.com.evil.example',
    'https://acmemy.salesforce.com',
    'https://my.salesforce.com',
    'https://acme.my.salesforce.com/path',
    'https://acme.my.salesforce.com?x=1',
    'https://acme.my.salesforce.com#x',
    'https://acme.my.salesforce.com.',
    'https://evil.example\\.my.salesforce.com',
    'javascript:alert(1)',
    '',
    null,
    7,
    ['https://acme.my.salesforce.com'],
  ])('keeps nothing when the instance is %j', async (instance_url) => {
    expect(await codeOf(attempt({ answer: () => json({ ...TOKENS, instance_url }) }).session)).toBe('auth.foreign-instance');
  });

  it('keeps nothing when no instance is named', async () => {
    const { instance_url: _, ...rest } = TOKENS;
    expect(await codeOf(attempt({ answer: () => json(rest) }).session)).toBe('auth.foreign-instance');
  });

  it.each([
    `https://login.salesforce.com/id/${ORG}`,
    `https://login.salesforce.com/id/${USER}/${ORG}`,
    `https://login.salesforce.com/id/${ORG}/${USER}/more`,
    `https://login.salesforce.com/id/00D000000000001/005000000000001`,
    `https://login.salesforce.com/id/${ORG}/${USER}'`,
    '',
    null,
    {},
  ])('keeps nothing when who it was is not told: %j', async (id) => {
    expect(await codeOf(attempt({ answer: () => json({ ...TOKENS, id }) }).session)).toBe('auth.answer-invalid');
  });

  it('keeps nothing when there is no refresh token: the login would be over in hours', async () => {
    const { refresh_token: _, ...rest } = TOKENS;
    expect(await codeOf(attempt({ answer: () => json(rest) }).session)).toBe('auth.answer-invalid');
  });

  describe('given a login that is refused after the CRM gave its tokens', () => {
    it.each<[string, Record<string, unknown>, string]>([
      ['the instance is foreign', { instance_url: 'https://evil.example' }, TOKENS.refresh_token],
      ['it does not say who it was', { id: null }, TOKENS.refresh_token],
      ['there is no refresh token', { refresh_token: undefined }, TOKENS.access_token],
    ])('gives the token back, at the login host, when %s', async (_, change, token) => {
      const { session, network } = attempt({ answer: () => json({ ...TOKENS, ...change }) });
      expect(await codeOf(session)).toMatch(/^auth\./);
      expect(network.sent.map(({ url }) => new URL(url).host)).toEqual(['login.salesforce.com', 'login.salesforce.com']);
      expect(network.to('/revoke').map(formOf)).toEqual([{ token }]);
    });

    it('gives nothing back that is kept', async () => {
      const { session, network } = attempt();
      await session;
      expect(network.to('/revoke')).toEqual([]);
    });
  });
});

describe('refreshing a session', () => {
  it('takes the new refresh token when the app rotates them', async () => {
    const { send, sent } = fakeSend(() => json({ ...TOKENS, access_token: 'new-access', refresh_token: 'second-refresh' }));
    expect(await refreshSession(SESSION, send)).toEqual({
      ...SESSION,
      accessToken: 'new-access',
      refreshToken: 'second-refresh',
    });
    expect(formOf(sent[0])).toEqual({ grant_type: 'refresh_token', refresh_token: 'first-refresh', client_id: '3MVG9key' });
  });

  it('keeps the refresh token when the app does not rotate them', async () => {
    const { refresh_token: _, ...rest } = TOKENS;
    expect((await refreshSession(SESSION, fakeSend(() => json(rest)).send)).refreshToken).toBe('first-refresh');
  });

  it('stays at its instance whatever a refresh answers', async () => {
    const { send } = fakeSend(() => json({ ...TOKENS, instance_url: 'https://evil.example' }));
    expect((await refreshSession(SESSION, send)).instanceUrl).toBe(SESSION.instanceUrl);
  });

  it.each([
    ['plain text', { status: 200, headers: { 'content-type': 'text/plain' }, body: 'hello' }, 'crm.answer-unreadable'],
    ['half an answer', { ...json({}), body: '{"access_' }, 'crm.answer-unreadable'],
    ['a passing fault', json({ error: 'server_error' }, 400), 'crm.unavailable'],
    ['a call to slow down', json({ error: 'rate_limit_exceeded' }, 400), 'crm.busy'],
    ['a redirect', { status: 302, headers: {}, body: '' }, 'crm.answer-unreadable'],
  ] as const)('is not over, only put off, when the CRM answers with %s', async (_, answer, code) => {
    const { send } = fakeSend(() => answer);
    await expect(refreshSession(SESSION, send)).rejects.toMatchObject({ code });
  });

  it.each(['invalid_grant', 'inactive_user', 'invalid_client_id'])('is over when the CRM answers %s', async (error) => {
    const { send } = fakeSend(() => json({ error, error_description: 'x' }, 400));
    expect(await codeOf(refreshSession(SESSION, send))).toBe('auth.reconnect');
  });

  it.each([
    ['a maintenance page', html(503), 'crm.unavailable'],
    ['a failure in JSON', json({ error: 'server_error' }, 500), 'crm.unavailable'],
    ['a page of the network', html(200), 'crm.answer-unreadable'],
    ['too many refreshes', json({ error: 'rate_limit_exceeded' }, 429), 'crm.busy'],
  ])('is not over for %s', async (_, answer, code) => {
    expect(await codeOf(refreshSession(SESSION, fakeSend(() => answer).send))).toBe(code);
  });
});

describe('revoking a session', () => {
  it('ends the refresh token, which ends its access tokens too', async () => {
    const { send, sent } = fakeSend(() => ({ status: 200, headers: {}, body: '' }));
    expect(await revokeSession(SESSION, send)).toBe(true);
    expect(sent[0]?.url).toBe('https://login.salesforce.com/services/oauth2/revoke');
    expect(formOf(sent[0])).toEqual({ token: 'first-refresh' });
  });
});
