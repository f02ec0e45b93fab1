import type { Session } from '../connector';
import { type AuthorizationServer, type LaunchLogin, refreshTokens, revokeToken, signIn } from '../oauth';
import type { Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { idsIn, instanceOrigin, loginOrigin } from './hosts';

/** Signing in to Salesforce with the organisation's own External Client App: PKCE, no client secret, rotated refresh tokens. */
const SCOPE = 'api refresh_token';

function serverAt(origin: string): AuthorizationServer {
  return {
    origin,
    authorizePath: '/services/oauth2/authorize',
    tokenPath: '/services/oauth2/token',
    revokePath: '/services/oauth2/revoke',
  };
}

/**
 * Opens the login window and checks what comes back before anything is kept.
 * @throws AppError of the `auth.` group and those of egress.
 */
export async function signInToSalesforce(options: {
  loginHost: string;
  clientId: string;
  redirectUri: string;
  launch: LaunchLogin;
  send: Send;
}): Promise<Session> {
  const origin = loginOrigin(options.loginHost);
  const { clientId, redirectUri, launch, send } = options;
  const server = serverAt(origin);
  const answer = await signIn({ server, clientId, redirectUri, scope: SCOPE, launch, send }).catch(async (error) => {
    if (error instanceof AppError && error.code === 'auth.cancelled' && !(await knowsApp(server, options))) {
      throw new AppError('auth.app-unknown', { cause: error });
    }
    throw error;
  });
  try {
    const instanceUrl = instanceOrigin(answer.raw.instance_url);
    const ids = idsIn(answer.raw.id);
    if (!ids || !answer.refreshToken) throw new AppError('auth.answer-invalid');
    return {
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken,
      instanceUrl,
      loginOrigin: origin,
      clientId,
      ...ids,
    };
  } catch (error) {
    // A login that is refused here must not leave a living token behind.
    await revokeToken(server, answer.refreshToken ?? answer.accessToken, send);
    throw error;
  }
}

/**
 * Salesforce shows an unknown consumer key as a page of its own in the login window and sends nothing back, so all we
 * see is a closed window. The token endpoint does tell: it answers `invalid_client_id` to such a key, and complains
 * about the code for any other.
 */
async function knowsApp(
  server: AuthorizationServer,
  options: { clientId: string; redirectUri: string; send: Send },
): Promise<boolean> {
  const answer = await options
    .send({
      method: 'POST',
      url: server.origin + server.tokenPath,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'none',
        client_id: options.clientId,
        redirect_uri: options.redirectUri,
      }).toString(),
    })
    .catch(() => null);
  return !answer?.body.includes('"invalid_client');
}

/**
 * The session with a fresh access token, and the new refresh token where the app rotates them.
 * @throws AppError `auth.reconnect`, or `auth.session-ended` for that of a tab, which only the user can renew
 */
export async function refreshSession(session: Session, send: Send): Promise<Session> {
  if (session.fromTab) throw new AppError('auth.session-ended');
  const { clientId, refreshToken } = session;
  const answer = await refreshTokens({ server: serverAt(session.loginOrigin), clientId, refreshToken, send });
  return { ...session, accessToken: answer.accessToken, refreshToken: answer.refreshToken ?? refreshToken };
}

/**
 * Revokes the refresh token, which ends its access tokens too. True when Salesforce confirmed it; null for the session of a tab, which
 * is the user's own and goes on.
 */
export async function revokeSession(session: Session, send: Send): Promise<boolean | null> {
  if (session.fromTab) return null;
  return revokeToken(serverAt(session.loginOrigin), session.refreshToken, send);
}
