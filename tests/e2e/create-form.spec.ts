import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { stopWorker } from '../world/extension-worker.ts';
import { connect, openScene, type Scene, showOnAllSites, tabId, visit } from './scene.ts';

/** The form for a new record as people use it: by keyboard, in few steps, in their own order, and without losing anything. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let site: Page;

test.beforeAll(async () => {
  scene = await openScene();
  options = await connect(scene);
  await showOnAllSites(options);
  site = await visit(scene, 'www.unknown-maker.com', 'Unknown Maker | Pumps');
});
test.afterAll(async () => {
  await scene?.close();
});

const rows = (object: string) => scene.sandbox.org.rows(object);
const openPopup = async () => scene.open(`popup.html?tab=${await tabId(scene, site)}`);
const markup = (body: string) =>
  new Response(`<!doctype html><html lang="nb-NO"><body>${body}</body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
const describes = () => scene.sandbox.log.matching(/\/sobjects\/Lead\/describe/).length;
const labels = (popup: Page) => popup.getByRole('form').locator('label').allInnerTexts();

test('is opened by the keyboard alone, from the menu to the first empty field', async () => {
  const popup = await openPopup();
  await expect(popup.getByText('is not in your CRM')).toBeVisible();
  await popup.getByRole('button', { name: 'New', exact: true }).press('Enter');
  await expect(popup.getByRole('menuitem', { name: 'New lead' })).toBeFocused();
  await popup.keyboard.press('End');
  await expect(popup.getByRole('menuitem', { name: 'New task' })).toBeFocused();
  await popup.keyboard.press('ArrowDown');
  await popup.keyboard.press('Enter');
  await expect(popup.getByLabel(/^First Name/)).toBeFocused();
  await popup.keyboard.type('Ada');
  await popup.keyboard.press('Tab');
  await popup.keyboard.type('Keys');
  await expect(popup.getByLabel(/^Last Name/)).toHaveValue('Keys');
  await popup.close();
});

test('is filled in at most four steps where the text says who it is, its legal basis among them', async () => {
  const tab = await tabId(scene, site);
  let steps = 0;
  // What the browser does with a marked text when the menu item is pressed: marking it is the first step, the item the second.
  steps += 2;
  const text = 'Mara Lindner\nLindner Pumpen GmbH\nmara.lindner@lindner-pumpen.de\n+49 30 5550100';
  await options.evaluate((marked) => chrome.storage.session.set({ errand: { kind: 'create-lead', text: marked } }), text);
  const popup = await scene.open(`popup.html?tab=${tab}`);
  await popup.getByRole('radio', { name: /Contract/ }).check();
  steps += 1;
  await popup.getByRole('button', { name: 'Create lead' }).click();
  steps += 1;
  await expect(popup.getByText('Lead created')).toBeVisible();
  expect(steps).toBeLessThanOrEqual(4);
  expect(rows('Lead').find((row) => row.LastName === 'Lindner')).toMatchObject({
    FirstName: 'Mara',
    Company: 'Lindner Pumpen GmbH',
    Email: 'mara.lindner@lindner-pumpen.de',
  });
  await popup.close();
});

test('is filled by the page alone in at most four steps, with where each value is from, and nothing of it before', async () => {
  const company = {
    '@type': 'Organization',
    name: 'Halvorsen Marine AS',
    url: 'https://www.halvorsen-marine.no',
    telephone: '22 33 44 55',
  };
  const person =
    '<p>Ruth Castell</p><a href="mailto:ruth.castell@halvorsen-marine.no">Write to Ruth</a> <a href="mailto:agency@gmail.com">Site</a>';
  scene.sites.set('www.halvorsen-marine.no', () =>
    markup(`<script type="application/ld+json">${JSON.stringify(company)}</script>${person}`),
  );
  const page = await visit(scene, 'www.halvorsen-marine.no');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByText('is not in your CRM')).toBeVisible();
  const asked = await popup.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(
    asked.filter((name) => name.includes('phone-number')),
    'the tables of numbers are fetched for whom a page gives one',
  ).toEqual([]);

  let steps = 0;
  const step = async (done: Promise<void>) => {
    await done;
    steps += 1;
  };
  await step(popup.getByRole('button', { name: 'Create lead' }).click());
  const holds = (label: RegExp, value: string) => expect(popup.getByLabel(label)).toHaveValue(value);
  await holds(/^First Name/, 'Ruth');
  await holds(/^Last Name/, 'Castell');
  await holds(/^Company/, 'Halvorsen Marine AS');
  await holds(/^Website/, 'https://www.halvorsen-marine.no');
  await holds(/^Email/, 'ruth.castell@halvorsen-marine.no');
  await holds(/^Phone/, '+47 22 33 44 55');
  await expect(popup.getByText('From the page’s structured data')).toHaveCount(2);
  await expect(popup.getByText('From a mailto link on the page')).toHaveCount(3);
  await step(popup.getByRole('radio', { name: /Contract/ }).check());
  await step(popup.getByRole('button', { name: 'Create lead' }).click());
  await expect(popup.getByText('Lead created')).toBeVisible();
  expect(steps).toBeLessThanOrEqual(4);
  expect(rows('Lead').find((row) => row.LastName === 'Castell')).toMatchObject({
    FirstName: 'Ruth',
    Company: 'Halvorsen Marine AS',
    Email: 'ruth.castell@halvorsen-marine.no',
    Phone: '+47 22 33 44 55',
  });
  await popup.close();
  await page.close();
});

test('does not wait for a page, and is not written over when its values come late', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const block = "const call = new XMLHttpRequest(); call.open('GET', '/held', false); call.send();";
  const address = '<a href="mailto:ada.late@slow-maker.com">Ada Late</a>';
  scene.sites.set('www.slow-maker.com', async (request) => {
    if (new URL(request.url).pathname === '/held') await held;
    return markup(`<title>Slow Maker</title>${address}<button onclick="${block}">Busy</button>`);
  });
  const page = await visit(scene, 'www.slow-maker.com');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByRole('button', { name: 'Create lead' })).toBeVisible();
  // From here on nothing runs in the page until the test says so.
  await page.evaluate(() => setTimeout(() => document.querySelector('button')?.click()));
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByLabel(/^Last Name/).fill('Typed');
  await popup.getByLabel(/^Email/).focus();
  await expect(popup.getByLabel(/^Company/)).toHaveValue('');
  release();
  await expect(popup.getByLabel(/^Company/)).toHaveValue('Slow Maker');
  await expect(popup.getByLabel(/^First Name/)).toHaveValue('Ada');
  await expect(popup.getByLabel(/^Last Name/)).toHaveValue('Typed');
  await expect(popup.getByLabel(/^Email/), 'where the cursor stands is somebody’s already').toHaveValue('');
  await popup.close();
  await page.close();
});

test('of a Task, an Opportunity and a Contact is linked to the Account of the site that it is opened on', async () => {
  const [account] = rows('Account').filter(({ Website }) => /^https?:\/\/www\.[\w-]+\.\w+\/?$/.test(String(Website)));
  const page = await visit(scene, new URL(String(account?.Website)).hostname);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  for (const [object, label] of [
    ['task', /^Related To/],
    ['opportunity', /^Account/],
    ['contact', /^Account/],
  ] as const) {
    await popup.getByRole('button', { name: 'New', exact: true }).click();
    await popup.getByRole('menuitem', { name: `New ${object}` }).click();
    await expect(popup.getByRole('combobox', { name: label }), object).toHaveValue(String(account?.Name));
    await popup.getByRole('button', { name: 'Cancel' }).click();
  }
  await popup.close();
  await page.close();
});

test('has the fields in the order that somebody has chosen, also for the next worker, and asks the CRM for nothing', async () => {
  const popup = await openPopup();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByRole('button', { name: 'Choose fields' }).click();
  await popup.getByRole('button', { name: 'Move Company up' }).press('Enter');
  await expect(popup.getByRole('button', { name: 'Move Company up' })).toBeFocused();
  await popup.getByRole('button', { name: 'Remove Website' }).click();
  await popup.getByRole('button', { name: 'Use these fields' }).click();
  await expect(popup.getByRole('form')).toBeVisible();
  const chosen = await labels(popup);
  expect(chosen.findIndex((label) => label.startsWith('Company'))).toBeLessThan(
    chosen.findIndex((label) => label.startsWith('Title')),
  );
  expect(chosen.some((label) => label.startsWith('Website'))).toBe(false);
  await popup.close();

  const asked = describes();
  await stopWorker(scene.browser.context, scene.extensionId);
  const again = await openPopup();
  await again.getByRole('button', { name: 'Create lead' }).click();
  await expect(again.getByLabel(/^Last Name/)).toBeVisible();
  expect(await labels(again)).toEqual(chosen);
  expect(describes(), 'descriptions asked for').toBe(asked);

  await again.getByText('All fields').click();
  await expect(again.getByLabel(/^Website/)).toHaveValue('https://www.unknown-maker.com');
  await again.getByRole('button', { name: 'Choose fields' }).click();
  await again.getByRole('button', { name: 'Usual fields' }).click();
  await expect(again.getByLabel(/^Website/)).toBeVisible();
  await again.close();
});

test('marks what cannot be sent at its field, leads there, and keeps everything that was typed', async () => {
  const popup = await openPopup();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  const before = rows('Lead').length;
  await popup.getByLabel(/^First Name/).fill('Nils');
  await popup.getByLabel(/^Last Name/).fill('Berg');
  await popup.getByLabel(/^Email/).fill('nils.berg@');
  await popup.getByRole('radio', { name: /Contract/ }).check();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByLabel(/^Email/)).toBeFocused();
  await expect(popup.getByText('Enter an e-mail address, such as name@company.com.')).toBeVisible();
  await expect(popup.getByLabel(/^First Name/)).toHaveValue('Nils');
  await expect(popup.getByRole('radio', { name: /Contract/ })).toBeChecked();
  expect(rows('Lead').length).toBe(before);
  await popup.getByRole('button', { name: 'Cancel' }).click();
  await popup.getByRole('button', { name: 'Go on with the lead' }).click();
  await expect(popup.getByLabel(/^Last Name/)).toHaveValue('Berg');
  await popup.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has nothing serious against it for who cannot see or use a pointer, ${colorScheme}`, async () => {
    const popup = await openPopup();
    await popup.emulateMedia({ colorScheme });
    await popup.getByRole('button', { name: 'New', exact: true }).click();
    const menu = await new AxeBuilder({ page: popup }).analyze();
    await popup.getByRole('menuitem', { name: 'New lead' }).click();
    await popup.getByText('All fields').click();
    const form = await new AxeBuilder({ page: popup }).analyze();
    await popup.getByRole('button', { name: 'Choose fields' }).click();
    const chooser = await new AxeBuilder({ page: popup }).analyze();
    const found = [menu, form, chooser].flatMap(({ violations }) => violations.map(({ id, impact }) => `${impact} ${id}`));
    expect(found).toEqual([]);
    await popup.close();
  });
}
