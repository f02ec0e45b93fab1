import { beforeEach, describe, expect, it } from 'vitest';
import { revokeSession } from '@/lib/connectors/salesforce/auth';
import { createTabSessions, tabLogin } from '@/lib/connectors/salesforce/tab-login';
import { createEgress } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { createSandbox, type Sandbox } from '../../../sandbox-crm/sandbox.ts';
import { SESSION } from './session';

const HOST = 'northwind-demo.my.salesforce.com';
const ORIGIN = `https://${HOST}`;

/** The login of a signed-in tab, against the sandbox CRM; the cookie jar of the browser is `sid`. */
describe('the login of a signed-in tab', () => {
  let sandbox: Sandbox;
  let sid: string | null;
  let asked: string[];
  const readCookie = async (origin: string, name: string) => {
    asked.push(`${name} at ${origin}`);
    return sid;
  };
  const ports = () => ({
    readCookie,
    send: createEgress({ origins: () => [ORIGIN], fetch: (url, init) => sandbox.fetch(url, init) }).send,
  });
  const users = () => sandbox.org.rows('User').map(({ Id }) => String(Id));

  beforeEach(() => {
    sandbox = createSandbox({ accounts: 5 });
    sid = sandbox.tokens.issueAccessToken(users()[0]);
    asked = [];
  });

  it('is the user’s of the organisation, read from the cookie of My Domain, and holds no token that could be stored', async () => {
    const login = await tabLogin(HOST, ports());
    expect(login).toEqual({
      fromTab: true,
      accessToken: '',
      refreshToken: '',
      clientId: '',
      instanceUrl: ORIGIN,
      loginOrigin: ORIGIN,
      orgId: sandbox.org.id,
      userId: users()[0],
    });
    expect(asked).toEqual([`sid at ${ORIGIN}`]);
  });

  it.each([
    ['nobody is signed in', () => null],
    ['the session has ended', () => `${sandbox.org.id.slice(0, 15)}!AQQnotAlive`],
  ])('is not there when %s', async (_, value) => {
    sid = value();
    expect(await codeOf(tabLogin(HOST, ports()))).toBe('auth.no-session');
  });

  it.each(['northwind-demo.lightning.force.com', 'evil.example', `${HOST}.evil.example`, `${HOST}:8443`, `x@${HOST}`])(
    'asks no cookie of %s',
    async (host) => {
      expect(await codeOf(tabLogin(host, ports()))).toBe('auth.foreign-instance');
      expect(asked).toEqual([]);
    },
  );

  it('gives the token that the browser holds now, and asks whose it is only once', async () => {
    const sessions = createTabSessions(await tabLogin(HOST, ports()), ports());
    const before = sandbox.log.requests.length;
    expect((await sessions.load()).accessToken).toBe(sid);
    expect((await sessions.load()).accessToken).toBe(sid);
    expect(sandbox.log.requests.length).toBe(before + 1);
    sid = sandbox.tokens.issueAccessToken(users()[0]);
    expect((await sessions.load()).accessToken).toBe(sid);
    expect(sandbox.log.requests.length).toBe(before + 2);
  });

  it('never gives another user’s token, nor that of another organisation', async () => {
    const login = await tabLogin(HOST, ports());
    sid = sandbox.tokens.issueAccessToken(users()[1]);
    expect(await codeOf(createTabSessions(login, ports()).load())).toBe('auth.session-other');
    sid = sandbox.tokens.issueAccessToken(users()[0]);
    expect(await codeOf(createTabSessions({ ...login, orgId: '00D000000000000AAA' }, ports()).load())).toBe('auth.session-other');
    sid = 'a token of no organisation';
    expect(await codeOf(createTabSessions(login, ports()).load())).toBe('auth.session-ended');
  });

  it('says that it has ended when the user is signed out, and is there again once they have signed in', async () => {
    const sessions = createTabSessions(await tabLogin(HOST, ports()), ports());
    const first = sid;
    sid = null;
    expect(await codeOf(sessions.load())).toBe('auth.session-ended');
    expect(await sessions.isThere()).toBe(false);
    sandbox.tokens.revokeAll();
    sid = first;
    expect(await sessions.isThere()).toBe(false);
    const calls = sandbox.log.requests.length;
    expect(await sessions.isThere()).toBe(false);
    expect(sandbox.log.requests.length).toBe(calls);
    sid = sandbox.tokens.issueAccessToken(users()[0]);
    expect(await sessions.isThere()).toBe(true);
    expect((await sessions.load()).accessToken).toBe(sid);
  });

  it('is not ended by Sidelight: it is the user’s own', async () => {
    const login = await tabLogin(HOST, ports());
    const before = sandbox.log.requests.length;
    expect(await revokeSession(login, ports().send)).toBeNull();
    expect(await revokeSession({ ...SESSION, fromTab: true }, ports().send)).toBeNull();
    expect(sandbox.log.requests.length).toBe(before);
  });
});
