import { expect, type Page, test } from '@playwright/test';
import { sentenceFor } from '../builders/sentence.ts';
import {
  connect,
  logIn,
  loginWindow,
  openScene,
  openSidebar,
  type Scene,
  showOnAllSites,
  startConnecting,
  syncNow,
  visit,
} from './scene.ts';

/** Every fault gives one clear sentence that says what to do, and the stored copy stays as it was. */
const SMALL = { sandbox: { accounts: 150 } };

test.describe('while connecting', () => {
  let scene: Scene;
  let options: Page;
  test.beforeAll(async () => {
    scene = await openScene(SMALL);
  });
  test.beforeEach(async () => {
    options = await scene.open('options.html');
  });
  test.afterEach(async () => {
    scene.sandbox.settings.instanceUrl = undefined;
    const left = await options.evaluate(async () => ({
      stored: await chrome.storage.local.get(null),
      buckets: await (navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } }).storageBuckets.keys(),
    }));
    expect(left.buckets).toEqual([]);
    expect(left.stored.connections ?? []).toEqual([]);
    await options.close();
  });
  test.afterAll(async () => {
    await scene?.close();
  });

  test('a wrong consumer key', async () => {
    await startConnecting(scene, options, '3MVG9.not.a.key.of.this.org');
    await expect(options.getByText(sentenceFor('auth.app-unknown'))).toBeVisible();
    await expect(options.getByLabel(/Consumer key/)).toHaveValue('3MVG9.not.a.key.of.this.org');
  });

  test('a login window that is closed', async () => {
    const login = loginWindow(scene);
    await startConnecting(scene, options);
    await (await login).close();
    await expect(options.getByText(sentenceFor('auth.cancelled'))).toBeVisible();
  });

  test('a login that is denied', async () => {
    const login = loginWindow(scene);
    await startConnecting(scene, options);
    await logIn(await login, 'deny');
    await expect(options.getByText(sentenceFor('auth.denied'))).toBeVisible();
  });

  test('an instance URL of a foreign host: nothing is called there and the token is revoked', async () => {
    for (const foreign of [
      'https://evil.example',
      'https://my.salesforce.com.evil.com',
      'http://northwind-demo.my.salesforce.com',
    ]) {
      scene.sandbox.settings.instanceUrl = foreign;
      const login = loginWindow(scene);
      await startConnecting(scene, options);
      await logIn(await login);
      await expect(options.getByText(sentenceFor('auth.foreign-instance'))).toBeVisible();
      await options.reload();
    }
    expect(scene.server.log.strangers()).toEqual([]);
    expect(scene.sandbox.tokens.issued.filter((token) => token.kind === 'refresh' && !token.revoked)).toEqual([]);
  });

  test('a My Domain that is none', async () => {
    await options.getByRole('radio', { name: /My Domain/ }).check();
    await options.getByLabel(/My Domain host/).fill('acme.salesforce.com.evil.example');
    await startConnecting(scene, options);
    await expect(options.getByText(sentenceFor('auth.host-invalid'))).toBeVisible();
  });
});

test.describe('while syncing', () => {
  let scene: Scene;
  let options: Page;
  let counts: string[];

  const shownCounts = async () => options.locator('dl').first().allInnerTexts();

  test.beforeAll(async () => {
    scene = await openScene(SMALL);
    options = await connect(scene);
    await showOnAllSites(options);
    counts = await shownCounts();
  });
  test.afterAll(async () => {
    await scene?.close();
  });
  test.beforeEach(async () => {
    const [account] = scene.sandbox.org.rows('Account');
    scene.sandbox.org.clock.advance(5 * 60_000);
    scene.sandbox.org.update('Account', String(account?.Id), { Phone: `+1 555 ${Math.floor(Math.random() * 9000) + 1000}` });
  });
  test.afterEach(async () => {
    scene.sandbox.faults.clear();
    expect(await shownCounts()).toEqual(counts);
  });

  for (const [what, fault, code] of [
    ['a server that is down', { kind: 'drop', times: Number.POSITIVE_INFINITY }, 'crm.offline'],
    [
      'HTML instead of JSON',
      { kind: 'html', times: Number.POSITIVE_INFINITY, match: { path: /composite/ } },
      'crm.answer-unreadable',
    ],
    [
      'a maintenance page',
      { kind: 'maintenance', times: Number.POSITIVE_INFINITY, match: { path: /composite/ } },
      'crm.unavailable',
    ],
    [
      'an answer that is cut off',
      { kind: 'truncate', times: Number.POSITIVE_INFINITY, match: { path: /composite/ } },
      'crm.answer-unreadable',
    ],
    ['a used-up API limit', { kind: 'api-limit', times: Number.POSITIVE_INFINITY, match: { path: /composite/ } }, 'crm.limit'],
  ] as const) {
    test(what, async () => {
      scene.sandbox.faults.next(fault);
      await syncNow(options);
      // A run tries again by itself for about twenty seconds before it says so.
      await expect(options.getByText(sentenceFor(code)).first()).toBeVisible({ timeout: 60_000 });
      scene.sandbox.faults.clear();
      await syncNow(options);
      await expect(options.getByText(sentenceFor(code))).toHaveCount(0);
    });
  }

  test('a record with a malformed field is left out and counted, the others arrive', async () => {
    scene.sandbox.faults.next({ kind: 'malformed-record', damage: 'name-is-object', match: { path: /composite/ } });
    await syncNow(options);
    await expect(options.getByText('Unreadable records')).toBeVisible();
    await syncNow(options);
    await expect(options.getByText('Unreadable records')).toBeHidden();
  });

  test('an expired session is refreshed without a word', async () => {
    scene.sandbox.tokens.expireAccessTokens();
    await syncNow(options);
    await expect.poll(() => scene.sandbox.log.matching(/POST .*oauth2\/token/).length).toBeGreaterThan(1);
    await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  });

  test('a login that has ended asks to reconnect, keeps the copy, and goes on after it', async () => {
    scene.sandbox.tokens.revokeAll();
    await syncNow(options);
    await expect(options.getByText('Reconnect needed')).toBeVisible();
    const row = scene.sandbox.org.rows('Account').find((one) => /^https?:\/\/www\./.test(String(one.Website)));
    const page = await visit(scene, new URL(String(row?.Website)).hostname);
    const frame = await openSidebar(page);
    await expect(frame.getByRole('heading', { name: String(row?.Name), exact: true })).toBeVisible();
    await page.close();

    const login = loginWindow(scene);
    await options.getByRole('button', { name: 'Reconnect' }).click();
    await logIn(await login);
    await expect(options.getByText('Reconnect needed')).toBeHidden();
  });
});
