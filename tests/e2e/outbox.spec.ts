import { expect, type Page, test } from '@playwright/test';
import { inWorker, stopWorker } from '../world/extension-worker.ts';
import { connect, openScene, type Scene, showOnAllSites, tabId, visit } from './scene.ts';

/** What is typed and sent outlives the popup, the worker and the network: one record in the CRM, never none, never two. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let site: Page;

test.beforeAll(async () => {
  scene = await openScene();
  const options = await connect(scene);
  await showOnAllSites(options);
  site = await visit(scene, 'www.unknown-maker.com', 'Unknown Maker | Pumps');
});
test.afterAll(async () => {
  await scene?.close();
});

const leads = (name: string) => scene.sandbox.org.rows('Lead').filter((row) => row.LastName === name);
const openPopup = async () => scene.open(`popup.html?tab=${await tabId(scene, site)}`);

async function openForm(): Promise<Page> {
  const popup = await openPopup();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByLabel(/^Last Name/)).toBeVisible();
  return popup;
}

async function fill(popup: Page, name: string): Promise<void> {
  await popup.getByLabel(/^Last Name/).fill(name);
  await popup.getByLabel(/^Company/).fill(`${name} Pumps`);
  await popup.getByRole('radio', { name: /Contract/ }).check();
}

const send = (popup: Page) => popup.getByRole('button', { name: 'Create lead' }).click();

/** Lets the worker believe, as the browser would tell it, that there is no network, or that it is back. */
function setNetwork(isThere: boolean): Promise<void> {
  return inWorker(
    scene.browser.context,
    scene.extensionId,
    (there: boolean) => {
      Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => there });
      if (there) self.dispatchEvent(new Event('online'));
    },
    isThere,
  );
}

test('what is typed is there again after the popup was closed and the worker killed', async () => {
  const popup = await openForm();
  await fill(popup, 'Kept');
  await popup.getByLabel(/^First Name/).fill('Klara');
  await popup.close();
  await stopWorker(scene.browser.context, scene.extensionId);
  const again = await openForm();
  await expect(again.getByLabel(/^Last Name/)).toHaveValue('Kept');
  await expect(again.getByLabel(/^First Name/)).toHaveValue('Klara');
  await expect(again.getByRole('radio', { name: /Contract/ })).toBeChecked();
  await send(again);
  await expect(again.getByText('Lead created')).toBeVisible();
  await again.close();
  expect(leads('Kept')).toHaveLength(1);
  const empty = await openForm();
  await expect(empty.getByLabel(/^Last Name/)).toHaveValue('');
  await empty.close();
});

test('what was sent without a network waits, says so, and is created once when the network is back', async () => {
  const popup = await openForm();
  await fill(popup, 'Waits');
  await setNetwork(false);
  await send(popup);
  await expect(popup.getByRole('heading', { name: /way|wait/i })).toBeVisible();
  await popup.close();
  const again = await openPopup();
  await again.getByRole('button', { name: '1 record on its way' }).click();
  await expect(again.getByRole('listitem').filter({ hasText: 'Waits' })).toContainText('Waiting');
  expect(leads('Waits')).toHaveLength(0);
  await setNetwork(true);
  await expect.poll(() => leads('Waits').length).toBe(1);
  await expect(again.getByRole('listitem').filter({ hasText: 'Waits' })).toContainText('Created');
  await again.close();
});

test('what was sent is created though the popup is closed before the CRM has answered', async () => {
  const popup = await openForm();
  await fill(popup, 'Closes');
  scene.sandbox.faults.next({ kind: 'latency', ms: 1500, match: { method: 'POST', path: /\/sobjects\/Lead|\/composite/ } });
  await send(popup);
  await popup.close();
  await expect.poll(() => leads('Closes').length, { timeout: 15_000 }).toBe(1);
});

test('a worker that is killed while it sends leaves one record, and the next one sends no second', async () => {
  const popup = await openForm();
  await fill(popup, 'Killed');
  // What was asked before, such as for duplicates, is not what is waited for.
  scene.sandbox.log.clear();
  scene.sandbox.faults.next({ kind: 'latency', ms: 3000, match: { method: 'POST', path: /\/sobjects\/Lead|\/composite/ } });
  await send(popup);
  await expect.poll(() => scene.sandbox.log.matching(/^POST .*(?:\/sobjects\/Lead|\/composite)/).length).toBeGreaterThan(0);
  await stopWorker(scene.browser.context, scene.extensionId);
  await popup.close();
  await expect.poll(() => leads('Killed').length, { timeout: 15_000 }).toBe(1);
  const again = await openPopup();
  // The next worker has looked: what it found is in the list, and nothing was sent a second time.
  await again.getByRole('region', { name: 'On its way to your CRM' }).getByRole('button').first().click();
  await expect(again.getByRole('listitem').filter({ hasText: 'Killed' })).toContainText(/Created|Not clear|Looking/);
  expect(leads('Killed')).toHaveLength(1);
  await again.close();
});
