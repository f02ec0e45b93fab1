import { expect, test } from '@playwright/test';
import { sentenceFor } from '../builders/sentence.ts';
import { stopWorker } from '../world/extension-worker.ts';
import { workerKiller } from '../world/kill/worker-killer.ts';
import { openPopup } from '../world/popup.ts';
import { hostOf } from './expected.ts';
import {
  connect,
  logIn,
  loginWindow,
  openScene,
  openSidebar,
  type Scene,
  showOnAllSites,
  startConnecting,
  synced,
  visit,
} from './scene.ts';

/** The worker dies whenever the browser likes; people must not notice. */
let scene: Scene;

test.afterEach(async () => {
  await scene?.close();
});

test('a sync whose worker is killed goes on after the last batch and ends with everything', async () => {
  scene = await openScene({ sandbox: { accounts: 400, pageSize: 50 } });
  const { sandbox, browser, extensionId } = scene;
  sandbox.faults.next({ kind: 'latency', ms: 60, times: Number.POSITIVE_INFINITY, match: { path: /\/query/ } });
  const options = await scene.open('options.html');
  const login = loginWindow(scene);
  await startConnecting(scene, options);
  await logIn(await login);
  await expect(options.getByRole('progressbar')).toBeVisible();
  await expect.poll(() => sandbox.log.matching(/FROM%20Contact/).length).toBeGreaterThan(0);
  await stopWorker(browser.context, extensionId);
  sandbox.log.clear();
  sandbox.faults.clear();
  await options.reload();
  await synced(options);
  for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Task']) {
    const copied = sandbox.org.rows(object).filter((row) => row.IsConverted !== true);
    await expect(options.getByText(copied.length.toLocaleString('en-US'), { exact: true }).first()).toBeVisible();
  }
  expect(
    sandbox.log.matching(/FROM%20User.*ORDER/).length,
    'the users were not pulled from the beginning again',
  ).toBeLessThanOrEqual(1);
});

test('a site is matched, and the toolbar popup answers, by a worker that has just been started', async () => {
  scene = await openScene({ sandbox: { accounts: 150 } });
  const { sandbox, browser, extensionId } = scene;
  await showOnAllSites(await connect(scene));
  const row = sandbox.org.rows('Account').find((one) => /^https?:\/\/www\./.test(String(one.Website)));
  if (!row) throw new Error('no Account with a www website');
  await stopWorker(browser.context, extensionId);
  const page = await visit(scene, hostOf(row) ?? '');
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: String(row.Name), exact: true })).toBeVisible();
  await stopWorker(browser.context, extensionId);
  await page.bringToFront();
  const popup = await openPopup(page, extensionId);
  await popup.waitForText(String(row.Name));
  await popup.close();
});

test('a connection whose key is lost says so, and can be disconnected without claiming that its token was revoked', async () => {
  scene = await openScene({ sandbox: { accounts: 20 } });
  const { browser, extensionId } = scene;
  const options = await connect(scene);
  await options.evaluate(async () => {
    const share = Object.keys(await chrome.storage.local.get(null)).find((key) => key.startsWith('share:'));
    await chrome.storage.local.remove(share ?? '');
  });
  await stopWorker(browser.context, extensionId);
  await options.reload();
  await expect(options.getByText('Cannot be opened')).toBeVisible();
  await expect(options.getByText(sentenceFor('storage.unreadable'))).toBeVisible();
  await options.getByRole('button', { name: 'Disconnect and connect again' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await expect(options.getByText(/The login could not be read, so the access is not revoked/)).toBeVisible();
  await expect(options.getByText('There was no access left to revoke.')).toHaveCount(0);
});

test('a worker killed while it connects leaves neither a token alive nor a half of a key behind', async () => {
  scene = await openScene({ sandbox: { accounts: 20 } });
  const { sandbox, browser, extensionId } = scene;
  const options = await connect(scene);
  // The disk as it is when the worker dies between the token and the last step of connecting.
  await options.evaluate(async () => {
    const { connections } = (await chrome.storage.local.get('connections')) as { connections: object[] };
    await chrome.storage.local.set({ connections: connections.map((entry) => ({ ...entry, disconnecting: true })) });
  });
  await stopWorker(browser.context, extensionId);
  await options.reload();
  await expect(options.getByRole('button', { name: 'Connect', exact: true })).toBeVisible();
  const stored = () => options.evaluate(async () => Object.keys(await chrome.storage.local.get(null)));
  // Nobody has seen what became of it, so the receipt waits. The settings know that the setup page was shown.
  await expect.poll(stored).toEqual(['connections', 'receipts', 'settings']);
  expect(sandbox.tokens.issued.filter((token) => token.kind === 'refresh' && !token.revoked)).toEqual([]);
});

test('a worker killed while it disconnects is followed by one that ends it, and the user gets the receipt', async () => {
  scene = await openScene({ sandbox: { accounts: 20 } });
  const { sandbox, browser, extensionId } = scene;
  const options = await connect(scene);
  const killer = await workerKiller(browser.context, extensionId);
  sandbox.faults.next({ kind: 'latency', ms: 4000, match: { path: /oauth2\/revoke/ } });
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect.poll(() => sandbox.log.matching(/oauth2\/revoke/).length).toBe(1);
  expect(await killer.kill()).toBe(true);
  await expect(options.getByRole('heading', { name: 'Disconnected' })).toBeVisible({ timeout: 30_000 });
  await expect(options.getByText('The key is destroyed.')).toBeVisible();
  expect(sandbox.tokens.issued.filter((token) => token.kind === 'refresh' && !token.revoked)).toEqual([]);
  await expect
    .poll(() => options.evaluate(() => chrome.storage.local.get(null)))
    .toEqual({ connections: [], settings: expect.objectContaining({ setup: 'about' }) });
});
