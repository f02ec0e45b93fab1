/** The part of OAuth that happens in the browser: authorize, log in, allow, and back to the app. */
import { Hono } from 'hono';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { ALL_SCOPES } from './apps.ts';
import type { ClientApp } from './apps.ts';
import { consentPage, homePage, loginPage, oauthErrorPage } from './pages.ts';
import { approvalKey } from './sign-ins.ts';
import type { AuthorizationRequest, SignIn, SignIns } from './sign-ins.ts';
import type { Token } from './tokens.ts';

type PageContext = Context<SandboxEnv>;

const CONSENT = '/setup/secur/RemoteAccessAuthorizationPage.apexp';

export function authorizeRoutes(state: SandboxState, signIns: SignIns): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  const userOf = (id: string) => state.org.find('User', id);
  const firstUsername = String(userOf(state.org.userId)?.Username ?? '');
  const appOf = (clientId: string) => state.apps.find((entry) => entry.clientId === clientId);
  const session = (c: PageContext) => state.tokens.alive(getCookie(c, 'sid') ?? '', 'session');

  app.get('/services/oauth2/authorize', (c) => {
    const client = appOf(c.req.query('client_id') ?? '');
    if (!client) return c.html(oauthErrorPage('invalid_client_id', 'client identifier invalid'), 400);
    const redirectUri = c.req.query('redirect_uri') ?? '';
    if (!client.redirectUris.includes(redirectUri)) {
      return c.html(oauthErrorPage('redirect_uri_mismatch', 'redirect_uri must match configuration'), 400);
    }
    const asked = requestOf(c, client, redirectUri);
    if ('error' in asked) return c.redirect(backTo(redirectUri, { ...asked, state: c.req.query('state') }));
    const signedIn = asked.prompt.includes('login') ? undefined : session(c);
    const ticket = signIns.begin(asked);
    if (!signedIn) return c.html(loginPage(ticket, c.req.query('login_hint') ?? firstUsername));
    return afterLogin(c, ticket, signedIn.userId);
  });

  // Somebody who just opens the CRM in a tab, for the sake of its session.
  app.get('/', (c) =>
    session(c)
      ? c.redirect(`${c.get('site').lightningUrl}/lightning/page/home`)
      : c.html(loginPage(signIns.begin(undefined), firstUsername)),
  );

  app.post('/login', async (c) => {
    const form = await c.req.parseBody();
    const [ticket, username, password] = ['ticket', 'username', 'pw'].map((name) => String(form[name] ?? ''));
    if (!ticket || !signIns.find(ticket)) return c.redirect('/');
    if (!password) return c.html(loginPage(ticket, username ?? '', 'Please enter your password.'));
    const user = state.org.rows('User').find((row) => row.Username === username?.trim().toLowerCase() && row.IsActive === true);
    if (!user) return c.html(loginPage(ticket, username ?? '', 'Please check your username and password.'));
    return afterLogin(c, ticket, user.Id);
  });

  // My Domain takes over from the login host and sets the session there, as Salesforce does.
  app.get('/secur/frontdoor.jsp', (c) => {
    const ticket = c.req.query('ticket') ?? '';
    const signIn = signIns.find(ticket);
    if (!signIn?.userId) return c.redirect('/');
    const token = state.tokens.issue('session', { userId: signIn.userId, clientId: 'browser', scopes: ['full'] });
    setCookie(c, 'sid', token.value, cookieOptions(c));
    if (!signIn.request) return c.redirect(`${c.get('site').lightningUrl}/lightning/page/home`);
    return c.redirect(`${CONSENT}?source=${ticket}`);
  });
  app.get('/secur/logout.jsp', (c) => {
    const token = session(c);
    if (token) state.tokens.revoke(token);
    setCookie(c, 'sid', '', { ...cookieOptions(c), maxAge: 0 });
    return c.redirect('/');
  });
  app.get('/lightning/page/home', (c) => {
    const user = userOf(state.org.userId);
    // This host's cookie has the same name and shape, but the API refuses it.
    const token = state.tokens.issue('lightning-session', { userId: state.org.userId, clientId: 'browser', scopes: [] });
    if (c.get('site').kind === 'lightning') setCookie(c, 'sid', token.value, cookieOptions(c));
    return c.html(homePage(String(user?.Name ?? '')));
  });

  app.get(CONSENT, (c) => {
    const ticket = c.req.query('source') ?? '';
    const signIn = signIns.find(ticket);
    if (!signIn?.userId || !signIn.request) return c.redirect('/');
    const { request, userId } = signIn;
    const approved = signIns.approvals.has(approvalKey(userId, request.clientId)) && !request.prompt.includes('consent');
    if (approved) return c.redirect(grantCode(request, userId));
    const client = appOf(request.clientId);
    return c.html(consentPage(ticket, client?.name ?? '', String(userOf(userId)?.Username ?? ''), request.scopes));
  });
  app.post(CONSENT, async (c) => {
    const form = await c.req.parseBody();
    const signIn = signIns.find(String(form.ticket ?? ''));
    if (!signIn?.userId || !signIn.request) return c.redirect('/');
    const { request, userId } = signIn;
    if (form.save === undefined) {
      const error = { error: 'access_denied', error_description: 'end-user denied authorization' };
      return c.redirect(backTo(request.redirectUri, { ...error, state: request.state }));
    }
    signIns.approvals.add(approvalKey(userId, request.clientId));
    return c.redirect(grantCode(request, userId));
  });

  function afterLogin(c: PageContext, ticket: string, userId: string) {
    const signIn: SignIn | undefined = signIns.find(ticket);
    if (signIn) signIn.userId = userId;
    return c.redirect(`${c.get('site').instanceUrl}/secur/frontdoor.jsp?ticket=${ticket}`);
  }

  function grantCode(request: AuthorizationRequest, userId: string): string {
    const { clientId, redirectUri, codeChallenge, scopes } = request;
    const code: Token = state.tokens.issue('code', { userId, clientId, scopes });
    signIns.codes.set(code.value, { clientId, redirectUri, codeChallenge });
    return backTo(redirectUri, { code: code.value, state: request.state });
  }
  return app;
}

/** What an app asks for, or the error it is sent back with. */
function requestOf(
  c: PageContext,
  client: ClientApp,
  redirectUri: string,
): AuthorizationRequest | { error: string; error_description: string } {
  const query = c.req.query();
  if (client.blocked) return { error: 'OAUTH_APP_BLOCKED', error_description: 'this app is blocked by admin' };
  if (query.response_type !== 'code')
    return { error: 'unsupported_response_type', error_description: 'response type not supported' };
  if (client.requirePkce && !query.code_challenge)
    return { error: 'invalid_request', error_description: 'missing required code challenge' };
  // Clients leave the method out and mean S256; "plain" was never offered.
  if ((query.code_challenge_method ?? 'S256') !== 'S256')
    return { error: 'invalid_request', error_description: 'invalid code challenge method' };
  const asked = query.scope?.split(/[ +]/).filter(Boolean);
  if (asked?.some((scope) => !(ALL_SCOPES as readonly string[]).includes(scope))) {
    return { error: 'invalid_scope', error_description: 'the requested scope is not allowed' };
  }
  return {
    clientId: client.clientId,
    redirectUri,
    state: query.state,
    codeChallenge: query.code_challenge,
    scopes: asked ?? client.scopes,
    prompt: query.prompt ?? '',
  };
}

/** The app's address with the answer in its query. */
function backTo(redirectUri: string, answer: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(answer).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${pairs.join('&')}`;
}

function cookieOptions(c: PageContext) {
  const { secure } = c.get('site');
  return { path: '/', httpOnly: true, secure, ...(secure ? { sameSite: 'None' as const } : {}) };
}
