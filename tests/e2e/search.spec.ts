import { expect, type Page, test } from '@playwright/test';
import { runSeed, seeded } from './expected.ts';
import { connect, openScene, type Scene, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/** Searching the copy by keyboard alone, in the built extension, until nothing is left of it. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let site: Page;
let popup: Page;
let random: () => number;

test.beforeAll(async () => {
  random = seeded(runSeed());
  scene = await openScene();
  options = await connect(scene);
  await showOnAllSites(options);
  site = await visit(scene, 'nobody-knows-this-company.com', 'Nobody knows');
});
test.afterAll(async () => {
  await scene?.close();
});

const rows = (object: string) => scene.sandbox.org.rows(object);
const field = () => popup.getByRole('combobox');
const results = () => popup.getByRole('option');

async function openPopup(): Promise<void> {
  popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await expect(field()).toBeFocused();
}

/** A name of at least two words of which the first is long enough for a typo, and belongs to one Account alone. */
function someName(): string {
  const words = (row: Record<string, unknown>) => String(row.Name).split(' ');
  const fitting = rows('Account').filter((row) => /^[a-z]{6,9}$/i.test(words(row)[0] ?? '') && words(row).length > 1);
  return String(fitting[Math.floor(random() * fitting.length)]?.Name);
}

test('finds an Account while its name is typed, marks the letters and opens it in the CRM by Enter', async () => {
  await openPopup();
  const name = someName();
  await popup.keyboard.type(name);
  await expect(results().first()).toContainText(name);
  await expect(results().first().locator('mark').first()).toHaveText(new RegExp(`^${name.split(' ')[0]}`, 'i'));
  await expect(popup.getByRole('status').filter({ hasText: /result/ })).toBeAttached();
  await expect(field()).toHaveAttribute('aria-activedescendant', (await results().first().getAttribute('id')) ?? 'none');
  const row = rows('Account').find((one) => one.Name === name);
  const opened = scene.browser.context.waitForEvent('page');
  await popup.keyboard.press('Enter');
  expect((await opened).url()).toContain(`/lightning/r/Account/${row?.Id}`);
  await (await opened).close();
});

test('finds it with two letters swapped, and moves through the results by the arrow keys', async () => {
  const name = someName();
  const [first = ''] = name.split(' ');
  await field().fill(first.slice(0, 2) + first.charAt(3) + first.charAt(2) + first.slice(4));
  await expect(popup.getByRole('listbox')).toContainText(first);
  await field().fill('a');
  await field().fill('an');
  await expect(results()).not.toHaveCount(0);
  await popup.keyboard.press('ArrowDown');
  await expect(results().nth(1)).toHaveAttribute('aria-selected', 'true');
  await popup.keyboard.press('ArrowUp');
  await expect(results().nth(0)).toHaveAttribute('aria-selected', 'true');
  await popup.keyboard.press('Escape');
  await expect(field()).toHaveValue('');
  await expect(popup.getByText('is not in your CRM')).toBeVisible();
});

test('opens the company’s site by Alt and Enter, and only a web address', async () => {
  const { org } = scene.sandbox;
  const name = someName();
  const row = rows('Account').find((one) => one.Name === name);
  org.update('Account', String(row?.Id), { Name: 'Quixotic Widgets', Website: 'javascript:alert(document.domain)' });
  const other = rows('Account').find((one) => one.Id !== row?.Id);
  scene.sites.set(
    'www.zephyr-works.com',
    () => new Response('<title>Zephyr</title>', { headers: { 'content-type': 'text/html' } }),
  );
  org.update('Account', String(other?.Id), { Name: 'Zephyr Works', Website: 'www.zephyr-works.com' });
  await options.bringToFront();
  await syncNow(options);
  await popup.bringToFront();
  await field().fill('zephyr');
  await expect(results().first()).toContainText('Zephyr Works');
  const opened = scene.browser.context.waitForEvent('page');
  await popup.keyboard.press('Alt+Enter');
  await (await opened).waitForURL('https://www.zephyr-works.com/');
  await (await opened).close();
  await field().fill('quixotic');
  await expect(results().first()).toContainText('Quixotic Widgets');
  const pages = scene.browser.context.pages().length;
  await popup.keyboard.press('Alt+Enter');
  await field().fill('quixotic w');
  await expect(results().first()).toContainText('Quixotic Widgets');
  expect(scene.browser.context.pages()).toHaveLength(pages);
});

test('finds what a sync has just brought, and no longer what it has taken away', async () => {
  const { org } = scene.sandbox;
  const row = rows('Contact')[0];
  org.update('Contact', String(row?.Id), { FirstName: 'Ottoline', LastName: 'Vandermeulen' });
  await options.bringToFront();
  await syncNow(options);
  await popup.bringToFront();
  await field().fill('vandermeuln ottoline');
  await expect(results()).toHaveCount(1);
  await expect(results().first()).toContainText('Ottoline Vandermeulen');
  org.remove('Contact', String(row?.Id));
  await options.bringToFront();
  await syncNow(options);
  await popup.bringToFront();
  await expect(popup.getByText('Nothing in your copy is called')).toBeVisible();
});

test('offers to create a Lead of what it does not find', async () => {
  await field().fill('Completely Unknown Enterprise');
  await popup.getByRole('button', { name: /Create lead “Completely/ }).click();
  await expect(popup.getByLabel(/^Company/)).toHaveValue('Completely Unknown Enterprise');
  await popup.getByRole('button', { name: 'Cancel' }).click();
  await popup.close();
});

test('goes on with what was chosen in a menu of the page, once', async () => {
  // Looking the tab up opens a popup, which would take the errand.
  const tab = await tabId(scene, site);
  await options.evaluate(() => chrome.storage.session.set({ errand: { kind: 'search', text: 'zephyr' } }));
  popup = await scene.open(`popup.html?tab=${tab}`);
  await expect(field()).toHaveValue('zephyr');
  await expect(results().first()).toContainText('Zephyr Works');
  expect(await popup.evaluate(async () => 'errand' in (await chrome.storage.session.get(null)))).toBe(false);
});

test('has nothing left after Disconnect', async () => {
  await field().fill('');
  await popup.getByRole('button', { name: 'Disconnect…' }).click();
  await popup.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(popup.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  const answer = await popup.evaluate(() =>
    chrome.runtime.sendMessage({ sidelight: 1, name: 'search.find', payload: { text: 'zephyr' } }),
  );
  expect(answer).toEqual({ ok: true, value: { items: [], state: 'not-connected', code: null } });
});
