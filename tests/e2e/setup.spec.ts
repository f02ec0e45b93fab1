import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { setupPage } from '../world/browser.ts';
import { logIn, loginWindow, openScene, openSidebar, overlayHost, type Scene, visit } from './scene.ts';

/** The first minutes of a new user: the page that opens by itself, the way through it by keyboard, and the sample. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let setup: Page;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 30 }, browser: { keepSetup: true } });
  setup = await setupPage(scene.browser.context);
  await setup.setViewportSize({ width: 1280, height: 800 });
});
test.afterAll(async () => {
  await scene?.close();
});

const heading = (name: string) => setup.getByRole('heading', { level: 1, name });

/** Goes on with the Tab key until the focus is on what fits, as somebody does who has no mouse. */
async function tabTo(wanted: { name: string | RegExp; role: 'button' | 'radio' | 'textbox' }): Promise<void> {
  const target = setup.getByRole(wanted.role, { name: wanted.name, exact: typeof wanted.name === 'string' });
  await expect(target).toBeVisible();
  for (let step = 0; step < 60; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await setup.keyboard.press('Tab');
  }
  throw new Error(`no way to ${wanted.name} by the Tab key`);
}

async function press(name: string): Promise<void> {
  await tabTo({ role: 'button', name });
  await setup.keyboard.press('Enter');
}

/** Nothing serious or critical, light and dark. */
async function expectAccessible(): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await setup.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page: setup }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  }
}

test('the page opens by itself at the first install and says what Sidelight does with data', async () => {
  await expect(heading('What your CRM knows, beside every company’s site')).toBeVisible();
  await expect(setup.getByText('Step 1 of 4')).toBeVisible();
  await expectAccessible();
});

test('a company of the sample is known as soon as the sample is added, marked everywhere, and gone when it is removed', async () => {
  await press('Next');
  await expect(heading('Connect your CRM')).toBeFocused();
  await expectAccessible();
  await press('Add sample data');
  await expect(setup.getByText('Sample data is added.')).toBeVisible();
  await press('Next');
  await expect(heading('Where may Sidelight look?')).toBeFocused();
  await tabTo({ role: 'radio', name: /Only in the popup/ });
  await setup.keyboard.press('ArrowUp');
  await expect(setup.getByRole('radio', { name: /On all sites/ })).toBeChecked();

  const site = await visit(scene, 'www.airbus.com', 'Airbus');
  const frame = await openSidebar(site);
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText(/^Airbus SE/);
  await expect(frame.getByText('Sample data, not from your CRM')).toBeVisible();
  await expect(frame.getByRole('link', { name: /Open in/ })).toHaveCount(0);

  const popup = await scene.open('popup.html');
  await popup.getByRole('combobox').fill('siemens');
  await expect(popup.getByRole('option').first()).toContainText('Sample data');
  await popup.close();

  const options = await scene.open('options.html');
  const card = options.getByRole('region', { name: /Sample CRM/ });
  await expect(card.getByText('Sample data', { exact: true })).toBeVisible();
  await card.getByRole('button', { name: 'Remove sample data…' }).click();
  await options.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(options.getByText('There was no login and no token, so there was nothing to revoke.')).toBeVisible();
  await expect(options.getByText(/records \(.*\) are deleted, and the store was looked at and found gone/)).toBeVisible();
  await expect(overlayHost(site)).toHaveCount(0);
  await options.close();
  await site.close();
});

test('who leaves comes back to the same step', async () => {
  await expect(heading('Where may Sidelight look?')).toBeVisible();
  await expectAccessible();
  await setup.close();
  setup = await scene.open('setup.html');
  await expect(heading('Where may Sidelight look?')).toBeVisible();
  await expect(setup.getByRole('button', { name: 'Sites' })).toHaveAttribute('aria-current', 'step');
});

test('the way through all steps with one’s own CRM needs no mouse', async () => {
  await press('Back');
  await expect(heading('Connect your CRM')).toBeFocused();
  await tabTo({ role: 'textbox', name: /Consumer key/ });
  await setup.keyboard.insertText(scene.sandbox.clientApp.clientId);
  const login = loginWindow(scene);
  await setup.keyboard.press('Enter');
  await logIn(await login);
  await expect(setup.getByText(/Salesforce is connected as/)).toBeVisible({ timeout: 30_000 });
  await expect(setup.getByRole('button', { name: 'Add sample data' })).toHaveCount(0);
  await press('Next');
  await expect(heading('Where may Sidelight look?')).toBeFocused();
  await press('Next');
  await expect(heading('How is your copy protected?')).toBeFocused();
  await expectAccessible();
  await press('Finish');
  await expect(heading('You are set')).toBeFocused();
  await expectAccessible();
});
