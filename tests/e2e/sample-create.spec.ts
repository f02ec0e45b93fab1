import { expect, type Page, test } from '@playwright/test';
import { openScene, type Scene, showOnAllSites, tabId, visit } from './scene.ts';

/** The sample CRM as somebody tries it who has no account: create, convert, take back, and nothing leaves the browser. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let site: Page;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 5 } });
  const setup = await scene.open('setup.html');
  await setup.getByRole('button', { name: 'Next' }).click();
  await setup.getByRole('button', { name: 'Add sample data' }).click();
  await expect(setup.getByText('Sample data is added.')).toBeVisible();
  await setup.close();
  await showOnAllSites(await scene.open('options.html'));
  site = await visit(scene, 'www.airbus.com', 'Airbus');
});
test.afterAll(async () => {
  await scene?.close();
});

async function openForm(name: string): Promise<Page> {
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.getByRole('button', { name: 'New', exact: true }).click();
  await popup.getByRole('menuitem', { name }).click();
  return popup;
}
const create = (popup: Page) =>
  popup
    .getByRole('form')
    .getByRole('button', { name: /^Create/ })
    .click();

test('a Lead is created with its legal basis, found, and becomes a Contact of a new Account', async () => {
  let popup = await openForm('New lead');
  await popup.getByLabel(/^Last Name/).fill('Musterprobe');
  await popup.getByLabel(/^Company/).fill('Musterprobe AG');
  await create(popup);
  await expect(popup.getByRole('heading', { name: 'Lead created' })).toHaveCount(0);
  await popup.getByRole('radio', { name: /Consent/ }).check();
  await popup.getByLabel(/^How/).selectOption('in person');
  await create(popup);
  await expect(popup.getByRole('heading', { name: 'Lead created' })).toBeVisible();
  await popup.getByRole('button', { name: /^Convert/ }).click();
  await popup.getByRole('button', { name: /^Convert/ }).click();
  await expect(popup.getByRole('heading', { name: 'Lead converted' })).toBeVisible();
  await popup.close();

  popup = await scene.open('popup.html');
  await popup.getByRole('combobox').fill('musterprobe');
  const options = popup.getByRole('option');
  await expect(options).toHaveCount(2);
  await expect(options.first()).toContainText('Sample data');
  await popup.close();
});

test('a Task on the site’s Account is created and taken back, and no CRM was ever asked', async () => {
  const popup = await openForm('New task');
  await popup.getByLabel(/^Subject/).fill('Try the sample');
  await create(popup);
  await expect(popup.getByRole('heading', { name: 'Task created' })).toBeVisible();
  await popup.getByRole('button', { name: 'Undo' }).click();
  await expect(popup.getByRole('heading', { name: 'Taken back' })).toBeVisible();
  await popup.close();
  expect(scene.sandbox.log.matching(/./)).toEqual([]);
});
