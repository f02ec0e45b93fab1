/** Signing in to the sandbox with the official Salesforce CLI, which knows only Salesforce. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordsOf, signInWithToken, startJudge } from './judge.ts';
import type { Judge } from './judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await startJudge({ accounts: 50 });
});
afterAll(() => judge?.close());

describe('given an access token', () => {
  it('when the CLI signs in with it, then it knows which org and user that is', async () => {
    const { result } = await judge.cli.json(['org', 'display']);
    const { org, username } = judge.sandbox;
    expect(result).toMatchObject({ id: org.id, username, apiVersion: '66.0', connectedStatus: 'Connected' });
  });

  it('when it has run out, then the CLI says that the session is over', async () => {
    const other = judge.sandbox.org.rows('User').at(1)?.Id;
    await signInWithToken(judge, judge.sandbox.tokens.issueAccessToken(other), 'brief');
    judge.sandbox.tokens.expireAccessTokens();
    const answer = await judge.query('SELECT Id FROM Account', '--target-org', 'brief');
    expect(answer).toMatchObject({ exitCode: 1, name: 'INVALID_SESSION_ID', message: 'Session expired or invalid' });
  });
});

// Only on Linux does the CLI look for the browser along the PATH, where the test can put its own.
describe.runIf(process.platform === 'linux')("given the org's own login pages", () => {
  it('when somebody signs in there, then the CLI has tokens by PKCE', async () => {
    const { cli, sandbox, url } = judge;
    judge.requests();
    const login = await cli.json(['org', 'login', 'web', '--instance-url', url, '--browser', 'chrome', '--alias', 'web']);
    expect(login.result).toMatchObject({ orgId: sandbox.org.id, username: sandbox.username, clientId: 'PlatformCLI' });
    expect(judge.requests()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^200 GET \/services\/oauth2\/authorize\?.*code_challenge=[\w-]{43}/),
        expect.stringMatching(/^200 POST \/services\/oauth2\/token$/),
      ]),
    );
  });

  it('when the access token runs out, then the CLI refreshes it and goes on', async () => {
    const { sandbox } = judge;
    sandbox.tokens.expireAccessTokens();
    judge.requests();
    const soql = 'SELECT Id FROM Account ORDER BY Id LIMIT 3';
    const ids = recordsOf(await judge.query(soql, '--target-org', 'web')).map(({ Id }) => Id);
    expect(ids).toEqual([...sandbox.org.rows('Account').map(({ Id }) => Id)].sort().slice(0, 3));
    const query = `/services/data/v66.0/query?q=${soql}`;
    const [refused, refreshed, ...then] = judge.requests();
    expect([refused, refreshed]).toEqual([`401 GET ${query}`, '200 POST /services/oauth2/token']);
    expect(then).toContain(`200 GET ${query}`);
  });

  it('when the refresh token has been revoked too, then the CLI asks to sign in again', async () => {
    judge.sandbox.tokens.revokeAll();
    const answer = await judge.query('SELECT Id FROM Account', '--target-org', 'web');
    expect(answer).toMatchObject({ exitCode: 1, message: expect.stringContaining('expired access/refresh token') });
  });
});

describe('all the while', () => {
  it('the CLI reached the sandbox and nobody else', () => {
    expect(judge.cli.contacts()).toContain(new URL(judge.url).host);
    expect(judge.strangers()).toEqual([]);
  });

  it('nothing was asked of the sandbox that it does not know', () => {
    // The CLI wants to know which sandboxes a production org has, and takes no answer for none.
    expect(judge.unanswered()).toEqual(['/tooling/query']);
  });
});
