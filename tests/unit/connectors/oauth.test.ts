import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { revokeToken, wantsUser } from '@/lib/connectors/oauth';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../builders/codes';
import { fakeSend, formOf, html, json } from '../../fakes/fake-send';
import { attempt, type Callback, callbackWith, REDIRECT } from './sign-in';

describe('signing in', () => {
  describe('given a login that goes well', () => {
    it('asks for a code with state and an S256 challenge, and for nothing more than it needs', async () => {
      const { session, opened } = attempt();
      await session;
      const asked = Object.fromEntries(opened[0]?.searchParams ?? []);
      expect(`${opened[0]?.origin}${opened[0]?.pathname}`).toBe('https://login.salesforce.com/services/oauth2/authorize');
      expect(asked).toMatchObject({
        response_type: 'code',
        client_id: '3MVG9key',
        redirect_uri: REDIRECT,
        scope: 'api refresh_token',
        code_challenge_method: 'S256',
      });
      expect(asked.state).toMatch(/^[\w-]{43}$/);
    });

    it('redeems the code with the verifier whose hash was the challenge, and with no secret', async () => {
      const { session, opened, network } = attempt();
      await session;
      const form = formOf(network.sent[0]);
      expect(network.sent.map(({ url, method }) => `${method} ${url}`)).toEqual([
        'POST https://login.salesforce.com/services/oauth2/token',
      ]);
      expect(form).toMatchObject({
        grant_type: 'authorization_code',
        code: 'aPrx',
        client_id: '3MVG9key',
        redirect_uri: REDIRECT,
      });
      expect(Object.keys(form)).not.toContain('client_secret');
      expect(form.code_verifier).toMatch(/^[\w.~-]{43,128}$/);
      const challenge = createHash('sha256')
        .update(form.code_verifier ?? '')
        .digest('base64url');
      expect(opened[0]?.searchParams.get('code_challenge')).toBe(challenge);
    });

    it('never uses state or verifier twice', async () => {
      const attempts = [attempt(), attempt(), attempt()];
      await Promise.all(attempts.map(({ session }) => session));
      expect(new Set(attempts.map(({ opened }) => opened[0]?.searchParams.get('state'))).size).toBe(3);
      expect(new Set(attempts.map(({ network }) => formOf(network.sent[0]).code_verifier)).size).toBe(3);
    });

    it('accepts the issuer when the server names itself', async () => {
      const callback = callbackWith((query) => query.set('iss', 'https://login.salesforce.com'));
      expect((await attempt({ callback }).session).accessToken).toBe('00Dxx!access');
    });
  });

  describe('given an answer that does not fit the login that was started', () => {
    let earlier = '';
    it.each<[string, Callback]>([
      ['its state is another', callbackWith((query) => query.set('state', 'made-up'))],
      ['its state is empty', callbackWith((query) => query.set('state', ''))],
      ['it has no state', callbackWith((query) => query.delete('state'))],
      ['it has two states', callbackWith((query) => query.append('state', 'second'))],
      ['it has no code', callbackWith((query) => query.delete('code'))],
      ['its code is empty', callbackWith((query) => query.set('code', ''))],
      ['it has two codes', callbackWith((query) => query.append('code', 'second'))],
      ['it names another issuer', callbackWith((query) => query.set('iss', 'https://evil.example'))],
      [
        'it names two issuers',
        callbackWith((query) => {
          query.append('iss', 'https://login.salesforce.com');
          query.append('iss', 'https://login.salesforce.com');
        }),
      ],
      ['it came to another path', callbackWith(() => undefined, REDIRECT.replace('/cb/salesforce', '/cb/hubspot'))],
      ['it came to a path below', callbackWith(() => undefined, `${REDIRECT}/x`)],
      ['it came to another origin', callbackWith(() => undefined, REDIRECT.replace('.org', '.org.evil.example'))],
      ['it came without TLS', callbackWith(() => undefined, REDIRECT.replace('https', 'http'))],
      ['it carries a token at once', (asked) => `${REDIRECT}#access_token=t&state=${asked.get('state')}`],
      ['it is no URL', () => 'nowhere'],
      ['it is empty', () => ''],
    ])('refuses it and sends no code anywhere when %s', async (_, callback) => {
      const { session, network } = attempt({ callback });
      expect(await codeOf(session)).toBe('auth.answer-invalid');
      expect(network.sent).toEqual([]);
    });

    it('refuses the state of an earlier attempt', async () => {
      const first = attempt({
        callback: (asked) => {
          earlier = asked.get('state') ?? '';
          return `${REDIRECT}?code=aPrx&state=${earlier}`;
        },
      });
      await first.session;
      const second = attempt({ callback: callbackWith((query) => query.set('state', earlier)) });
      expect(await codeOf(second.session)).toBe('auth.answer-invalid');
      expect(second.network.sent).toEqual([]);
    });
  });

  describe('given a login that the CRM refuses', () => {
    it.each([
      ['access_denied', 'auth.denied'],
      ['OAUTH_APP_BLOCKED', 'auth.denied'],
      ['invalid_scope', 'auth.answer-invalid'],
    ])('says so for %s, and takes no code that comes along with it', async (error, code) => {
      const { session, network } = attempt({ callback: callbackWith((query) => query.set('error', error)) });
      expect(await codeOf(session)).toBe(code);
      expect(network.sent).toEqual([]);
    });
  });

  describe('given a login window that the user closes', () => {
    const closed: Callback = () => {
      throw new Error('The user did not approve access.');
    };

    it('is cancelled when the CRM knows the app', async () => {
      const { session, network } = attempt({ callback: closed, answer: () => json({ error: 'invalid_grant' }, 400) });
      expect(await codeOf(session)).toBe('auth.cancelled');
      expect(formOf(network.sent[0])).toMatchObject({ code: 'none', client_id: '3MVG9key' });
    });

    it.each(['invalid_client_id', 'invalid_client'])('names the consumer key when the CRM answers %s to it', async (error) => {
      const { session } = attempt({ callback: closed, answer: () => json({ error, error_description: 'x' }, 400) });
      expect(await codeOf(session)).toBe('auth.app-unknown');
    });

    it('is cancelled when the CRM cannot be asked', async () => {
      const { session } = attempt({
        callback: closed,
        answer: () => {
          throw new AppError('crm.offline');
        },
      });
      expect(await codeOf(session)).toBe('auth.cancelled');
    });
  });

  describe('given a login without a window that fails', () => {
    it.each([
      ['User interaction required.', true],
      ['Requires user interaction', true],
      ['Authorization page could not be loaded.', false],
    ])('with "%s": the CRM wants to see the user is %s', async (message, expected) => {
      const { session } = attempt({
        callback: () => {
          throw new Error(message);
        },
        answer: () => json({ error: 'invalid_grant' }, 400),
      });
      expect(wantsUser(await session.catch((error) => error))).toBe(expected);
    });

    it('for a network that is down is nothing that the user could mend', () => {
      expect(wantsUser(new AppError('crm.offline'))).toBe(false);
    });
  });

  describe('given a token endpoint that does not give tokens', () => {
    const oauthError = (error: string) => json({ error, error_description: 'words of the server' }, 400);
    it.each([
      ['an unknown key', oauthError('invalid_client_id'), 'auth.app-unknown'],
      ['an unknown client', oauthError('invalid_client'), 'auth.app-unknown'],
      ['a wrong redirect address', oauthError('redirect_uri_mismatch'), 'auth.redirect-mismatch'],
      ['a used code', oauthError('invalid_grant'), 'auth.answer-invalid'],
      ['a page in place of an answer', html(), 'crm.answer-unreadable'],
      ['a refusal as a page', html(403), 'crm.answer-unreadable'],
      ['a maintenance page', html(503), 'crm.unavailable'],
      ['a failure in plain text', { status: 500, headers: { 'content-type': 'text/plain' }, body: 'oops' }, 'crm.unavailable'],
      ['a redirect', { status: 302, headers: { location: 'https://evil.example' }, body: '' }, 'crm.answer-unreadable'],
      ['a failure in JSON', json({ error: 'server_error' }, 500), 'crm.unavailable'],
      ['a call to slow down', json({ error: 'rate' }, 429), 'crm.busy'],
      ['no token', json({ token_type: 'Bearer' }), 'auth.answer-invalid'],
      ['another kind of token', json({ access_token: 'a', token_type: 'mac' }), 'auth.answer-invalid'],
      ['half an answer', { ...json({}), body: '{"access_token":' }, 'auth.answer-invalid'],
      ['a list', json([]), 'auth.answer-invalid'],
    ])('is told apart: %s', async (_, answer, code) => {
      expect(await codeOf(attempt({ answer: () => answer }).session)).toBe(code);
    });

    it.each(['crm.offline', 'crm.timeout', 'crm.answer-too-large', 'egress.blocked'] as const)(
      'passes on that egress said %s',
      async (code) => {
        const answer = () => {
          throw new AppError(code);
        };
        expect(await codeOf(attempt({ answer }).session)).toBe(code);
      },
    );
  });
});

describe('revoking', () => {
  const server = {
    origin: 'https://login.salesforce.com',
    authorizePath: '/a',
    tokenPath: '/t',
    revokePath: '/services/oauth2/revoke',
  };

  it('sends the token in the body, never in the address', async () => {
    const { send, sent } = fakeSend(() => ({ status: 200, headers: {}, body: '' }));
    expect(await revokeToken(server, 'a+b&c', send)).toBe(true);
    expect(sent[0]?.url).toBe('https://login.salesforce.com/services/oauth2/revoke');
    expect(formOf(sent[0])).toEqual({ token: 'a+b&c' });
  });

  it.each([204, 302, 400, 401, 500, 503])('is not confirmed by status %i', async (status) => {
    expect(await revokeToken(server, 't', fakeSend(() => ({ status, headers: {}, body: '' })).send)).toBe(false);
  });

  it('is not confirmed, and no reason to stop disconnecting, when the CRM cannot be reached', async () => {
    const { send } = fakeSend(() => {
      throw new AppError('crm.offline');
    });
    expect(await revokeToken(server, 't', send)).toBe(false);
  });
});
