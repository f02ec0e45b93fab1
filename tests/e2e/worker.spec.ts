import { expect, test } from '@playwright/test';
import { stopWorker } from '../world/extension-worker.ts';
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
  await expect.poll(() => sandbox.log.matching(/FROM%20Contact/).length).toBeGreaterThan(1);
  await stopWorker(browser.context, extensionId);
  sandbox.log.clear();
  sandbox.faults.clear();
  await options.reload();
  await synced(options);
  for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Task']) {
    const count = sandbox.org.rows(object).length.toLocaleString('en-US');
    await expect(options.getByText(count, { exact: true }).first()).toBeVisible();
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
