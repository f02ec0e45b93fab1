import { expect, type Page, test } from '@playwright/test';
import { AxeBuilder } from '@axe-core/playwright';
import type { Row } from '../sandbox-crm/org/table.ts';
import { hostOf } from './expected.ts';
import { connect, openScene, type Scene, showEverything, showOnAllSites, visit } from './scene.ts';

/** The browser's own side panel, as a page of the extension: it is about whatever tab is in front of its window. */
let scene: Scene;
let panel: Page;
let first: Row;
let second: Row;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 120 } });
  const { org } = scene.sandbox;
  const sites = Map.groupBy(org.rows('Account'), (row) => hostOf(row) ?? '');
  const alone = [...sites].filter(([host, rows]) => host.startsWith('www.') && rows.length === 1).flatMap(([, rows]) => rows);
  const [one, two] = alone;
  if (!one || !two) throw new Error('no two companies with a site of their own');
  first = one;
  second = two;
  org.update('Account', String(second.Id), { ParentId: first.Id });
  org.insert('Task', { WhatId: first.Id, Subject: 'Sign the papers', Status: 'Completed', ActivityDate: '2026-01-09' });
  org.insert('Task', { WhatId: first.Id, Subject: 'Ring them up', Status: 'Not Started', ActivityDate: '2020-01-09' });
  await showOnAllSites(await connect(scene));
  panel = await scene.open('sidepanel.html');
});
test.afterAll(async () => {
  await scene?.close();
});

const shows = (row: Row) => expect(panel.getByRole('heading', { level: 1, name: String(row.Name), exact: true })).toBeVisible();

test('says that its own page is no company site', async () => {
  await expect(panel.getByRole('heading', { name: 'Not a company site' })).toBeVisible();
});

test('follows the person from tab to tab and from page to page', async () => {
  const one = await visit(scene, hostOf(first) ?? '');
  await shows(first);
  const two = await visit(scene, hostOf(second) ?? '');
  await shows(second);
  await one.bringToFront();
  await shows(first);
  await visitIn(one, 'nobody-knows-this-company.com');
  await expect(panel.getByText('is not in your CRM')).toBeVisible();
  await one.goBack();
  await shows(first);
  await one.close();
  await two.close();
});

async function visitIn(page: Page, host: string): Promise<void> {
  scene.sites.set(
    host,
    () => new Response('<!doctype html><title>Nobody</title><h1>Nobody</h1>', { headers: { 'content-type': 'text/html' } }),
  );
  await page.goto(`https://${host}/`);
}

test('shows what is next and late, what has happened, and the company family', async () => {
  const page = await visit(scene, hostOf(first) ?? '');
  await shows(first);
  await expect(panel.getByText('Ring them up').first()).toBeVisible();
  await expect(panel.getByText(/^Overdue, /).first()).toBeVisible();
  const activity = panel.getByRole('list', { name: 'Activity' });
  await panel.getByRole('button', { name: /^Activity/ }).waitFor();
  await showEverything(panel);
  await expect(activity.getByRole('link', { name: 'Sign the papers' })).toBeVisible();
  await expect(activity.getByRole('link', { name: 'Ring them up' })).toHaveCount(0);
  const family = panel.getByRole('list', { name: 'Company family' });
  await expect(family.getByRole('link', { name: String(second.Name), exact: true })).toHaveAttribute(
    'href',
    `${scene.sandbox.lightningUrl}/lightning/r/Account/${second.Id}/view`,
  );
  await page.close();
});

test('is arranged by the keyboard alone, and so it stays: in another window, and for the next worker', async () => {
  const page = await visit(scene, hostOf(first) ?? '');
  await shows(first);
  await panel.getByRole('button', { name: 'Arrange' }).focus();
  await panel.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Move Contacts up' }).focus();
  await panel.keyboard.press('Enter');
  await expect(panel.getByRole('button', { name: 'Move Contacts up' })).toBeFocused();
  await panel.keyboard.press('Enter');
  await expect(panel.getByRole('status').filter({ hasText: 'Contacts is now 1 of' })).toBeAttached();
  await panel.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(panel.getByRole('button', { name: 'Arrange' })).toBeFocused();
  await panel.getByRole('button', { name: /^Open tasks/ }).press('Enter');
  await expect(panel.getByRole('list', { name: 'Open tasks' })).toHaveCount(0);
  await panel.reload();
  await page.bringToFront();
  await shows(first);
  await expect(panel.getByRole('heading', { level: 2 }).first()).toContainText('Contacts');
  await expect(panel.getByRole('button', { name: /^Open tasks/, expanded: false })).toBeVisible();
  const stored = await panel.evaluate(() => chrome.storage.local.get('settings'));
  expect(stored).toMatchObject({ settings: { sidebar: { closed: ['tasks'] } } });
  await page.close();
});

test('searches everything from the keyboard, and gives the focus and the place back', async () => {
  const page = await visit(scene, hostOf(first) ?? '');
  await shows(first);
  const field = panel.getByRole('combobox', { name: 'Search accounts, people and deals' });
  await expect(field).not.toBeFocused();
  const came = panel.getByRole('button', { name: 'Arrange' });
  await came.focus();
  await panel.keyboard.press('/');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await panel.keyboard.type(String(second.Name));
  await expect(panel.getByRole('option').first()).toContainText(String(second.Name));
  await panel.keyboard.press('Escape');
  await expect(field).toHaveValue('');
  await panel.keyboard.press('Escape');
  await expect(came).toBeFocused();
  await panel.keyboard.press('/');
  await panel.keyboard.type(String(second.Name));
  await expect(panel.getByRole('option').first()).toContainText(String(second.Name));
  const opened = scene.browser.context.waitForEvent('page');
  await panel.keyboard.press('Enter');
  expect((await opened).url()).toContain(`/lightning/r/Account/${second.Id}`);
  await (await opened).close();
  await field.fill('');
  await page.bringToFront();
  await shows(first);
  await page.close();
});

test('creates a Lead of what was looked for and not found', async () => {
  const page = await visit(scene, hostOf(first) ?? '');
  await shows(first);
  await panel.getByRole('combobox', { name: /^Search/ }).fill('Nowhere Holdings');
  await panel.getByRole('button', { name: 'Create lead “Nowhere Holdings”' }).click();
  await expect(panel.getByLabel('Company')).toHaveValue('Nowhere Holdings');
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await panel.getByRole('combobox', { name: /^Search/ }).fill('');
  await page.close();
});

test('creates a Lead, and keeps what is typed while the person looks at another company', async () => {
  const page = await visit(scene, 'www.brand-new-prospect.com', 'Brand New Prospect');
  await panel.getByRole('button', { name: 'Create lead' }).click();
  await panel.getByLabel('Last Name').fill('Panelle');
  const other = await visit(scene, hostOf(first) ?? '');
  await expect(panel.getByLabel('Last Name')).toHaveValue('Panelle');
  await expect(panel.getByLabel('Website')).toHaveValue('https://www.brand-new-prospect.com');
  await panel.getByRole('radio', { name: /Contract/ }).check();
  await panel.getByRole('button', { name: 'Create lead' }).click();
  await expect(panel.getByText('Lead created')).toBeVisible();
  expect(scene.sandbox.org.rows('Lead').some((row) => row.LastName === 'Panelle')).toBe(true);
  await panel.getByRole('button', { name: 'Done' }).click();
  await shows(first);
  await other.close();
  await page.close();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has nothing serious against it for who cannot see or use a pointer, ${colorScheme}`, async () => {
    await panel.emulateMedia({ colorScheme });
    const page = await visit(scene, hostOf(first) ?? '');
    await shows(first);
    const { violations } = await new AxeBuilder({ page: panel }).analyze();
    expect(violations.map(({ id, impact }) => `${impact} ${id}`)).toEqual([]);
    await page.close();
  });
}
