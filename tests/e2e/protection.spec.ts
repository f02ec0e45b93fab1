import { expect, test } from '@playwright/test';
import { inWorker, stopWorker } from '../world/extension-worker.ts';
import { overlayFrame } from '../world/overlay-frame.ts';
import { accountsByDomain, hostOf } from './expected.ts';
import { connect, openScene, openSidebar, overlayHost, type Scene, showOnAllSites, syncNow, tabId, visit } from './scene.ts';
import {
  bucketNames,
  domText,
  lockedHeading,
  PASSPHRASE,
  recordTexts,
  send,
  sessionContent,
  setPassphrase,
  unlock,
} from './vault-scene.ts';

/** Set a passphrase, lock, look at everything that is open, unlock, change it, remove it: in the release build, by its own views. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Awaited<ReturnType<typeof connect>>;
let accountId: string;
let accountName: string;
let host: string;

test.beforeAll(async () => {
  scene = await openScene();
  options = await connect(scene);
  await showOnAllSites(options);
  const [[, [row] = []] = []] = [...accountsByDomain(scene.sandbox)].filter(([, list]) => list.length === 1);
  accountId = String(row?.Id);
  accountName = String(row?.Name);
  host = (row && hostOf(row)) ?? '';
});
test.afterAll(async () => {
  await scene?.close();
});

/** Requests that a view may send, with what they need. Those that are answered while locked are named in the test. */
const ASKED: readonly (readonly [view: 'popup' | 'sidepanel' | 'options', name: string, payload: () => unknown])[] = [
  ['popup', 'site.state', () => ({ tabId: null })],
  ['popup', 'account.view', () => ({ connectionId: 'c', accountId })],
  ['popup', 'connections.list', () => ({})],
  ['popup', 'connections.disconnect', () => ({ connectionId: 'c' })],
  ['popup', 'sync.start', () => ({ connectionId: 'c' })],
  ['popup', 'creation.form', () => ({ connectionId: null, object: 'lead', tabId: null, text: null, link: null })],
  ['popup', 'search.find', () => ({ text: 'a company' })],
  ['popup', 'errand.take', () => ({})],
  ['sidepanel', 'search.find', () => ({ text: 'a company' })],
  ['sidepanel', 'errand.take', () => ({})],
  ['options', 'connections.connect', () => ({ crm: 'salesforce', loginHost: 'login.salesforce.com', clientId: 'x' })],
  ['options', 'connections.connectByTab', () => ({ crm: 'salesforce', host: 'acme.my.salesforce.com' })],
  ['options', 'connections.reconnect', () => ({ connectionId: 'c' })],
  ['options', 'sync.history', () => ({ connectionId: 'c' })],
  ['options', 'sync.held', () => ({ connectionId: 'c', object: 'contact' })],
  ['options', 'sync.answer', () => ({ connectionId: 'c', object: 'contact', answer: 'remove' })],
  ['options', 'selection.get', () => ({ connectionId: 'c' })],
  ['options', 'selection.fields', () => ({ connectionId: 'c', object: 'contact' })],
  ['options', 'vault.setPassphrase', () => ({ passphrase: 'another lamp, another river', current: PASSPHRASE })],
  ['options', 'vault.removePassphrase', () => ({ current: PASSPHRASE })],
  ['options', 'vault.removePasskey', () => ({ credentialId: 'abc' })],
  ['options', 'vault.configure', () => ({ idleMinutes: 5 })],
];

test('a passphrase puts everything into a new copy, and the old one is gone', async () => {
  const [before] = await bucketNames(options);
  await setPassphrase(options);
  const after = await bucketNames(options);
  expect(after).toHaveLength(1);
  expect(after[0]).not.toBe(before);
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: accountName })).toBeVisible();
  await page.close();
});

test('after locking no record is in any open view, nothing is in memory, and every request is refused', async () => {
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: accountName })).toBeVisible();
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByRole('heading', { name: accountName })).toBeVisible();
  const other = await scene.open('options.html');
  await expect(other.getByText('Connected as')).toBeVisible();
  const panel = await scene.open('sidepanel.html');

  await popup.getByRole('button', { name: 'Lock now' }).click();
  await expect(lockedHeading(popup)).toBeVisible();
  await expect(lockedHeading(other)).toBeVisible();
  await expect(lockedHeading(panel)).toBeVisible();
  await expect(lockedHeading(options)).toBeVisible();
  await expect(overlayHost(page)).toHaveCount(0);

  const texts = recordTexts(scene, accountId);
  expect(texts.length).toBeGreaterThan(3);
  for (const view of [popup, other, options, panel]) {
    const dom = await domText(view);
    expect(texts.filter((text) => dom.includes(text))).toEqual([]);
    expect(dom).not.toContain('Ada Winter');
  }
  expect(await sessionContent(popup)).toEqual({});
  const views = { popup, options: other, sidepanel: panel };
  for (const [view, name, payload] of ASKED) {
    const answer = await send(views[view], name, payload());
    expect(answer, name).toEqual({ ok: false, code: 'vault.locked' });
  }
  await page.reload();
  await expect(overlayHost(page)).toHaveCount(0);
  for (const view of [page, popup, other, panel]) await view.close();
});

test('a wrong passphrase opens nothing and loses nothing; the right one opens all views at once', async () => {
  const page = await visit(scene, host);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await unlock(popup, 'not the right passphrase');
  await expect(popup.getByRole('alert').filter({ hasText: 'This is not the passphrase.' })).toBeAttached();
  await expect(lockedHeading(options)).toBeVisible();
  await unlock(popup);
  await expect(popup.getByRole('heading', { name: accountName })).toBeVisible();
  await expect(lockedHeading(options)).toHaveCount(0);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: accountName })).toBeVisible();
  await page.close();
  await popup.close();
});

test('a worker that was stopped finds the vault open; a browser that was closed finds it locked', async () => {
  await stopWorker(scene.browser.context, scene.extensionId);
  expect(await send(options, 'connections.list')).toMatchObject({ ok: true });
  await scene.suspend();
  await scene.resume();
  options = await scene.open('options.html');
  await expect(lockedHeading(options)).toBeVisible();
  await expect(options.getByText('Your browser was started anew.')).toBeVisible();
  const page = await visit(scene, host);
  await expect(overlayHost(page)).toHaveCount(0);
  await unlock(options);
  await expect(options.getByText('Connected as')).toBeVisible();
  await overlayFrameAppears(page);
  await page.close();
});

async function overlayFrameAppears(page: Awaited<ReturnType<typeof visit>>): Promise<void> {
  await overlayHost(page).waitFor({ state: 'attached' });
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: accountName })).toBeVisible();
  expect(await overlayFrame(page, { path: '/sidebar.html' })).toBe(frame);
}

test('it locks after twelve hours, and when the clock is set back', async () => {
  for (const hours of [12, -2]) {
    await inWorker(
      scene.browser.context,
      scene.extensionId,
      (shift) => {
        const real = Date.now.bind(Date);
        Object.assign(globalThis, { realNow: real });
        Date.now = () => real() + shift;
      },
      hours * 3_600_000,
    );
    expect(await send(options, 'connections.list')).toEqual({ ok: false, code: 'vault.locked' });
    await expect(lockedHeading(options)).toBeVisible();
    await expect(options.getByText(/It had been open for 12 hours/)).toBeVisible();
    await expect.poll(() => sessionContent(options)).toEqual({});
    await stopWorker(scene.browser.context, scene.extensionId);
    await unlock(options);
    await expect(lockedHeading(options)).toHaveCount(0);
  }
});

test('what fell due while it was locked is synced at unlock', async () => {
  await send(options, 'vault.lock');
  await expect(lockedHeading(options)).toBeVisible();
  scene.sandbox.log.clear();
  await stopWorker(scene.browser.context, scene.extensionId);
  // Nobody wakes the worker but the form; its clock is a day ahead from its first moment on.
  await expect.poll(async () => (await send(options, 'vault.state')).ok).toBe(true);
  expect(scene.sandbox.log.matching(/\/services\/data\//)).toEqual([]);
  await inWorker(
    scene.browser.context,
    scene.extensionId,
    () => {
      const real = Date.now.bind(Date);
      Date.now = () => real() + 25 * 3_600_000;
    },
    null,
  );
  await unlock(options);
  await expect.poll(() => scene.sandbox.log.matching(/\/composite/).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await stopWorker(scene.browser.context, scene.extensionId);
  await send(options, 'vault.lock');
  await unlock(options);
});

test('another passphrase takes the place of the first, which opens nothing any more', async () => {
  await options.getByRole('link', { name: 'Protection' }).click();
  await options.getByRole('button', { name: 'Change passphrase…' }).click();
  await options.getByLabel('Present passphrase', { exact: true }).fill(PASSPHRASE);
  await options.getByLabel('New passphrase', { exact: true }).fill('copper violin and seven geese');
  await options.getByLabel('New passphrase again', { exact: true }).fill('copper violin and seven geese');
  await options.getByRole('button', { name: 'Change passphrase', exact: true }).click();
  await expect(options.getByText('The passphrase is changed.')).toBeVisible({ timeout: 60_000 });
  await options.getByRole('button', { name: 'Lock now' }).first().click();
  await unlock(options, PASSPHRASE);
  await expect(options.getByRole('alert').filter({ hasText: 'This is not the passphrase.' })).toBeAttached();
  await unlock(options, 'copper violin and seven geese');
  await expect(lockedHeading(options)).toHaveCount(0);
});

test('without a passphrase it is open again, and syncs', async () => {
  await options.getByRole('link', { name: 'Protection' }).click();
  await options.getByRole('button', { name: 'Remove passphrase…' }).click();
  await options.getByLabel('Present passphrase', { exact: true }).fill('copper violin and seven geese');
  await options.getByRole('button', { name: 'Remove passphrase', exact: true }).click();
  await expect(options.getByText(/^The passphrase is removed\. The device key/)).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => sessionContent(options)).toEqual({});
  await options.getByRole('link', { name: 'Connections' }).click();
  await syncNow(options);
  await scene.suspend();
  await scene.resume();
  options = await scene.open('options.html');
  await expect(options.getByText('Connected as')).toBeVisible();
});

test('resetting while locked deletes everything, and says where to end the access by hand', async () => {
  await setPassphrase(options);
  await options.getByRole('button', { name: 'Lock now' }).first().click();
  await options.getByRole('button', { name: 'Forgot it?' }).click();
  await options.getByRole('button', { name: 'Reset Sidelight…' }).click();
  await options.getByRole('button', { name: 'Disconnect all and reset', exact: true }).click();
  await expect(options.getByText('Sidelight is reset')).toBeVisible();
  await expect(options.getByText(/could not be asked|by hand/).first()).toBeVisible();
  expect(await bucketNames(options)).toEqual([]);
  const kept = await options.evaluate(async () => ({
    local: await chrome.storage.local.get(null),
    session: await chrome.storage.session.get(null),
    origins: (await chrome.permissions.getAll()).origins,
  }));
  expect(kept).toEqual({ local: {}, session: {}, origins: [] });
});
