import * as oauth from 'oauth4webapi';
import { retryAfter, type Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';

/**
 * OAuth 2.0 authorization code with PKCE S256 for a public client, by oauth4webapi. State and verifier live in memory
 * for the one attempt only; every call goes through egress.
 */
export interface AuthorizationServer {
  /** Origin of the login host, e.g. `https://login.salesforce.com`. */
  origin: string;
  authorizePath: string;
  tokenPath: string;
  revokePath: string;
}

export interface TokenAnswer {
  accessToken: string;
  /** Null when the server kept the old one. */
  refreshToken: string | null;
  /** The whole answer, for what a CRM adds of its own. */
  raw: Record<string, unknown>;
}

/** Opens the login window and resolves with the URL it ended on. Rejects when the user closed it. */
export type LaunchLogin = (url: string) => Promise<string>;

function metadata(server: AuthorizationServer): oauth.AuthorizationServer {
  return {
    issuer: server.origin,
    authorization_endpoint: server.origin + server.authorizePath,
    token_endpoint: server.origin + server.tokenPath,
    revocation_endpoint: server.origin + server.revokePath,
  };
}

/** oauth4webapi's fetch on top of egress; answers that are HTML are told apart before it tries to read them. */
function through(send: Send): {
  [oauth.customFetch]: (url: string, init: oauth.CustomFetchOptions<string, unknown>) => Promise<Response>;
} {
  return {
    [oauth.customFetch]: async (url, init) => {
      const body = init.body === undefined || init.body === null ? undefined : String(init.body);
      const answer = await send({ method: init.method, url, headers: init.headers, body });
      const type = answer.headers['content-type'] ?? '';
      const retryAfterMs = retryAfter(answer.headers['retry-after']);
      if (answer.status >= 500) throw new AppError('crm.unavailable', { retryAfterMs });
      if (answer.status === 429) throw new AppError('crm.busy', { retryAfterMs });
      if (!type.includes('json')) throw new AppError('crm.answer-unreadable');
      return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers: answer.headers });
    },
  };
}

/**
 * Signs in and returns the tokens.
 * @throws AppError `auth.cancelled`, `auth.denied`, `auth.app-unknown`, `auth.redirect-mismatch`, `auth.answer-invalid`,
 *   and those of egress.
 */
export async function signIn(options: {
  server: AuthorizationServer;
  clientId: string;
  redirectUri: string;
  scope: string;
  launch: LaunchLogin;
  send: Send;
}): Promise<TokenAnswer> {
  const { server, clientId, redirectUri, scope, launch, send } = options;
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const url = new URL(server.origin + server.authorizePath);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }).toString();

  const landed = URL.parse(
    await launch(url.href).catch((cause) => {
      throw new AppError('auth.cancelled', { cause });
    }),
  );
  const expected = new URL(redirectUri);
  if (!landed || landed.origin !== expected.origin || landed.pathname !== expected.pathname)
    throw new AppError('auth.answer-invalid');

  const as = metadata(server);
  const client: oauth.Client = { client_id: clientId };
  let callback: URLSearchParams;
  try {
    callback = oauth.validateAuthResponse(as, client, landed, state);
  } catch (cause) {
    throw authorizationError(cause);
  }
  const response = await oauth
    .authorizationCodeGrantRequest(as, client, oauth.None(), callback, redirectUri, verifier, through(send))
    .catch(rethrow);
  const answer = await oauth.processAuthorizationCodeResponse(as, client, response).catch((cause) => {
    throw tokenError(cause);
  });
  return tokensOf(answer);
}

/**
 * Whether a login without a window failed because the CRM wants to see the user, and not for a network or a page that did not
 * load. Chromium says "User interaction required.", Firefox "Requires user interaction" (identity.launchWebAuthFlow).
 */
export function wantsUser(error: unknown): boolean {
  const cause = error instanceof AppError && error.code === 'auth.cancelled' ? error.cause : null;
  return cause instanceof Error && /interaction/i.test(cause.message);
}

/**
 * A fresh access token. With rotation the answer also carries a new refresh token, and the old one is dead at once.
 * @throws AppError `auth.reconnect` when the login is over, and those of egress.
 */
export async function refreshTokens(options: {
  server: AuthorizationServer;
  clientId: string;
  refreshToken: string;
  send: Send;
}): Promise<TokenAnswer> {
  const as = metadata(options.server);
  const client: oauth.Client = { client_id: options.clientId };
  const response = await oauth
    .refreshTokenGrantRequest(as, client, oauth.None(), options.refreshToken, through(options.send))
    .catch(rethrow);
  const answer = await oauth.processRefreshTokenResponse(as, client, response).catch((cause) => {
    throw refreshError(cause);
  });
  return tokensOf(answer);
}

/** Ends a token at the server. True when the server confirmed it; never throws, since disconnecting must go on. */
export async function revokeToken(server: AuthorizationServer, token: string, send: Send): Promise<boolean> {
  try {
    const answer = await send({
      method: 'POST',
      url: server.origin + server.revokePath,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token }).toString(),
      timeoutMs: 10_000,
    });
    return answer.status === 200;
  } catch {
    return false;
  }
}

function tokensOf(answer: oauth.TokenEndpointResponse): TokenAnswer {
  return { accessToken: answer.access_token, refreshToken: answer.refresh_token ?? null, raw: answer };
}

function authorizationError(cause: unknown): AppError {
  if (!(cause instanceof oauth.AuthorizationResponseError)) return new AppError('auth.answer-invalid', { cause });
  return new AppError(
    cause.error === 'access_denied' || cause.error === 'OAUTH_APP_BLOCKED' ? 'auth.denied' : 'auth.answer-invalid',
    {
      cause,
    },
  );
}

function tokenError(cause: unknown): AppError {
  if (!(cause instanceof oauth.ResponseBodyError)) return new AppError('auth.answer-invalid', { cause });
  if (cause.error === 'invalid_client_id' || cause.error === 'invalid_client') return new AppError('auth.app-unknown', { cause });
  if (cause.error === 'redirect_uri_mismatch') return new AppError('auth.redirect-mismatch', { cause });
  return new AppError('auth.answer-invalid', { cause });
}

/** These say that the login is over (RFC 6749 §5.2, and Salesforce's own). Anything else may pass and must not end it. */
const FINAL = new Set([
  'invalid_grant',
  'invalid_client',
  'invalid_client_id',
  'unauthorized_client',
  'inactive_user',
  'inactive_org',
  'access_denied',
]);

function refreshError(cause: unknown): AppError {
  if (!(cause instanceof oauth.ResponseBodyError)) return new AppError('crm.answer-unreadable', { cause });
  if (FINAL.has(cause.error)) return new AppError('auth.reconnect', { cause });
  return new AppError(cause.error === 'rate_limit_exceeded' ? 'crm.busy' : 'crm.unavailable', { cause });
}

function rethrow(cause: unknown): never {
  throw cause instanceof AppError ? cause : new AppError('auth.answer-invalid', { cause });
}
