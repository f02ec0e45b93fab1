/** All of the CRM's hosts as one Hono app. */
import { Hono } from 'hono';
import { authorizeRoutes } from '../oauth/authorize-routes.ts';
import { createSignIns } from '../oauth/sign-ins.ts';
import { tokenRoutes } from '../oauth/token-routes.ts';
import { dataRoutes } from '../rest/data-routes.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { ApiError, notFound } from './api-error.ts';
import { recordPageRoutes } from './record-pages.ts';
import { siteOf } from './sites.ts';

/** Longer addresses are refused by the real front door. */
const LONGEST_URL = 16_384;

export function createApp(state: SandboxState): Hono<SandboxEnv> {
  // Doubled and trailing slashes mean nothing to Salesforce; clients with a base URL in "/" rely on it.
  const app = new Hono<SandboxEnv>({
    getPath: (request) => new URL(request.url).pathname.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1'),
  });

  app.use(async (c, next) => {
    const url = new URL(c.req.url);
    const site = siteOf(url, state.hosts);
    c.set('site', site);
    if (site.kind === 'foreign') return c.text(`${url.hostname} is no host of this CRM`, 421);
    if (c.req.url.length > LONGEST_URL && c.env?.inner !== true) return c.text('URI Too Long', 414);
    const isApi = /^\/+services\/data/.test(url.pathname);
    // The user interface's host has no API: it redirects, and clients that follow lose their Authorization header.
    if (site.kind === 'lightning' && isApi) return c.redirect(`${site.instanceUrl}${url.pathname}${url.search}`);
    if (site.kind === 'login' && isApi && !/^\/+services\/data\/*$/.test(url.pathname)) throw notFound();
    await next();
    c.header('date', new Date(state.org.clock.now()).toUTCString());
    return undefined;
  });

  const signIns = createSignIns();
  app.route('/', tokenRoutes(state, signIns));
  app.route('/', authorizeRoutes(state, signIns));
  app.route(
    '/',
    dataRoutes(state, async (request) => app.fetch(request, { inner: true })),
  );
  app.route('/', recordPageRoutes(state));

  app.notFound(() => answerError(notFound()));
  app.onError((error) => {
    if (error instanceof ApiError) return answerError(error);
    console.error(error);
    return answerError(new ApiError(500, { message: `Sandbox error: ${error.message}`, errorCode: 'UNKNOWN_EXCEPTION' }));
  });
  return app;
}

const answerError = ({ status, bodies }: ApiError) =>
  new Response(JSON.stringify(bodies), { status, headers: { 'content-type': 'application/json;charset=UTF-8' } });
