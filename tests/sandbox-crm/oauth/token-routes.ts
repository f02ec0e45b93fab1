/** The part of OAuth between programs: tokens for codes, refresh, revoke, and who the user is. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Site } from '../http/sites.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import type { ClientApp } from './apps.ts';
import { identityAnswer, userInfoAnswer } from './identity.ts';
import { approvalKey } from './sign-ins.ts';
import type { SignIns } from './sign-ins.ts';
import type { Token } from './tokens.ts';

type TokenContext = Context<SandboxEnv>;
type Form = Readonly<Record<string, string>>;

/** What the token endpoint refuses a request with. */
class OAuthError extends Error {
  readonly error: string;
  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

const s256 = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

export function tokenRoutes(state: SandboxState, signIns: SignIns): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();

  app.post('/services/oauth2/token', async (c) => {
    const form = await formOf(c);
    try {
      const client = clientOf(form);
      if (form.grant_type === 'authorization_code') return c.json(redeemCode(form, client, c.get('site')));
      if (form.grant_type === 'refresh_token') return c.json(refresh(form, client, c.get('site')));
      throw new OAuthError('unsupported_grant_type', 'grant type not supported');
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      return c.json({ error: error.error, error_description: error.message }, 400);
    }
  });

  app.on(['GET', 'POST'], '/services/oauth2/revoke', async (c) => {
    const form = c.req.method === 'POST' ? await formOf(c) : {};
    const token = state.tokens.find(form.token ?? c.req.query('token') ?? '');
    if (!token || token.revoked)
      return c.text('error=unsupported_token_type&error_description=this+token+type+is+not+supported', 400);
    if (token.kind === 'refresh') {
      state.tokens.revokeFamily(token.family);
      signIns.approvals.delete(approvalKey(token.userId, token.clientId));
    } else {
      state.tokens.revoke(token);
    }
    return c.body('', 200);
  });

  app.get('/services/oauth2/pkce/generator', (c) => {
    const verifier = randomBytes(64).toString('base64url');
    return c.json({ code_verifier: verifier, code_challenge: s256(verifier) });
  });

  app.on(['GET', 'POST'], '/services/oauth2/userinfo', (c) => {
    const token = bearerOf(c);
    return token ? c.json(userInfoAnswer(state, c.get('site'), token.userId)) : refuse(c);
  });
  app.get('/id/:org/:user', (c) => {
    const token = bearerOf(c);
    if (!token) return refuse(c);
    const { org, user } = c.req.param();
    if (org !== state.org.id || !state.org.find('User', user)) return c.text('Bad_Id', 404);
    return c.json(identityAnswer(state, c.get('site'), user));
  });

  /** @returns the token of the header, or of `oauth_token` as jsforce sends it */
  function bearerOf(c: TokenContext): Token | undefined {
    const header = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    return state.tokens.alive(header ?? c.req.query('oauth_token') ?? '', 'access', 'session');
  }

  function clientOf(form: Form): ClientApp {
    const client = state.apps.find((entry) => entry.clientId === form.client_id);
    if (!client) throw new OAuthError('invalid_client_id', 'client identifier invalid');
    if (form.client_secret !== client.clientSecret) throw new OAuthError('invalid_client', 'invalid client credentials');
    return client;
  }

  function redeemCode(form: Form, client: ClientApp, site: Site) {
    const code = state.tokens.find(form.code ?? '');
    const grant = signIns.codes.get(form.code ?? '');
    if (code?.kind !== 'code' || !grant) throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (!state.tokens.alive(code.value, 'code')) throw new OAuthError('invalid_grant', 'expired authorization code');
    if (grant.clientId !== client.clientId) throw new OAuthError('invalid_grant', 'invalid authorization code');
    if (grant.redirectUri !== form.redirect_uri)
      throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    // A code is spent by the first attempt with it, whatever comes of it.
    state.tokens.revoke(code);
    if (grant.codeChallenge !== undefined) {
      if (!form.code_verifier) throw new OAuthError('invalid_grant', 'missing required code verifier');
      if (s256(form.code_verifier) !== grant.codeChallenge) throw new OAuthError('invalid_request', 'invalid code verifier');
    }
    const offline = code.scopes.some((scope) => ['refresh_token', 'offline_access', 'full'].includes(scope));
    return answer(state.tokens.issue('access', code), offline ? state.tokens.issue('refresh', code) : undefined, site);
  }

  function refresh(form: Form, client: ClientApp, site: Site) {
    const token = state.tokens.find(form.refresh_token ?? '');
    const dead = () => new OAuthError('invalid_grant', 'expired access/refresh token');
    if (token?.kind !== 'refresh' || token.clientId !== client.clientId) throw dead();
    if (token.revoked) {
      // A retired refresh token used again means that two parties hold it: nobody keeps access.
      if (client.rotation) state.tokens.revokeFamily(token.family);
      throw dead();
    }
    if (!client.rotation) return answer(state.tokens.issue('access', token), undefined, site);
    state.tokens.revoke(token);
    return answer(state.tokens.issue('access', token), state.tokens.issue('refresh', token), site);
  }

  function answer(access: Token, refreshToken: Token | undefined, site: Site) {
    const id = `${site.identityBase}/id/${state.org.id}/${access.userId}`;
    const issuedAt = String(access.issuedAt);
    return {
      access_token: access.value,
      ...(refreshToken ? { refresh_token: refreshToken.value } : {}),
      signature: createHmac('sha256', 'sandbox')
        .update(id + issuedAt)
        .digest('base64'),
      scope: access.scopes.join(' '),
      instance_url: state.settings.instanceUrl ?? site.instanceUrl,
      id,
      token_type: 'Bearer',
      issued_at: issuedAt,
    };
  }
  return app;
}

async function formOf(c: TokenContext): Promise<Form> {
  return Object.fromEntries(new URLSearchParams(await c.req.text()));
}

/** Not JSON and not 401: so the identity service says no. */
const refuse = (c: TokenContext) =>
  c.text(c.req.header('authorization') || c.req.query('oauth_token') ? 'Bad_OAuth_Token' : 'Missing_OAuth_Token', 403);
