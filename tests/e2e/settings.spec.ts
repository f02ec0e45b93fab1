import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { accountsByDomain, hostOf } from './expected.ts';
import { connect, openScene, openSidebar, type Scene, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/**
 * What leaves by a person's own hand: the report, the log and the file of settings after a whole main job, held against every value that the
 * CRM has; and the settings that come back.
 */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;

const rows = (object: string) => scene.sandbox.org.rows(object);
const section = (name: string) => options.getByRole('link', { name, exact: true }).click();

async function saved(button: string): Promise<string> {
  const download = options.waitForEvent('download');
  await options.getByRole('button', { name: button, exact: true }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** Every text of every record that could be somebody's, and what else names the organisation or opens it. */
function valuesOfTheCrm(): string[] {
  const objects = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task', 'User', 'Organization'];
  const texts = objects.flatMap((object) => rows(object).flatMap((row) => Object.values(row)));
  const tokens = scene.sandbox.tokens.issued.map(({ value }) => value);
  const hosts = [...accountsByDomain(scene.sandbox).keys(), new URL(scene.sandbox.myDomainUrl).host, scene.sandbox.username];
  const isWord = (text: string) => /^[a-z_]+$/.test(text) || /^\d+$/.test(text) || /^\d{4}-\d\d-\d\d/.test(text);
  const all = [...texts, ...tokens, ...hosts].filter((value): value is string => typeof value === 'string');
  return [...new Set(all)].filter((text) => text.length > 5 && !isWord(text));
}

/** Values that are found in a text. A log may name the CRM's own hosts: they are what it is there to prove. */
const foundIn = (text: string, allowed: readonly string[] = []) =>
  valuesOfTheCrm().filter((value) => text.includes(value) && !allowed.includes(value));

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 11, accounts: 300 } });
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

test('a main job is done: a match is shown, a Lead is created, a second sync has run', async () => {
  const [, [account] = []] = [...accountsByDomain(scene.sandbox)].find(([, list]) => list.length === 1) ?? [];
  const page = await visit(scene, (account && hostOf(account)) ?? '');
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: String(account?.Name), exact: true })).toBeVisible();
  await page.close();
  const unknown = await visit(scene, 'www.brand-new-prospect.com', 'Brand New Prospect');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, unknown)}`);
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByLabel(/^Last Name/).fill('Prospect-Canary');
  await popup.getByRole('radio', { name: /Contract/ }).check();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByText('Lead created')).toBeVisible();
  await popup.close();
  await unknown.close();
  await options.bringToFront();
  await syncNow(options);
});

test('the report is shown before it is saved, and holds no value of the CRM', async () => {
  await section('Settings');
  await options.getByRole('button', { name: 'Make report' }).click();
  const shown = options.getByRole('region', { name: 'The whole report' });
  await expect(shown).toContainText('"sidelight": "diagnostics"');
  const text = await saved('Save as file');
  expect(text.trim()).toBe((await shown.textContent())?.trim());
  const report = JSON.parse(text);
  const accounts = report.connections[0].objects.find((one: { object: string }) => one.object === 'account');
  expect(accounts.records).toBe(rows('Account').length);
  expect(report.connections[0].runs.map((run: { outcome: string }) => run.outcome)).toContain('ok');
  expect(report.connections[0].troubles).toEqual([]);
  expect(valuesOfTheCrm().length).toBeGreaterThan(2000);
  expect(foundIn(text)).toEqual([]);
});

test('the processing log holds no value of the CRM but the hosts that were called', async () => {
  await section('Privacy');
  await expect(options.getByRole('region', { name: 'What was done' }).getByText('Sync', { exact: true }).first()).toBeVisible();
  const text = await saved('Save as file');
  const acts = JSON.parse(text).entries.map(({ act }: { act: string }) => act);
  expect(acts).toEqual(expect.arrayContaining(['connected', 'synced', 'looked', 'created', 'exported']));
  expect(foundIn(text, [new URL(scene.sandbox.myDomainUrl).host])).toEqual([]);
});

test('the file of settings holds no value of the CRM, says what it would change, and changes it when told so', async () => {
  await section('Connections');
  await options.getByLabel('Bring each copy up to date').selectOption('every 4 hours');
  await expect(options.getByText('Next sync').locator('..')).toContainText(/in [45]h/);
  await section('Settings');
  const text = await saved('Save settings');
  expect(foundIn(text)).toEqual([]);
  const file = (change: (text: string) => string) => ({
    name: 'settings.json',
    mimeType: 'application/json',
    buffer: Buffer.from(change(text)),
  });
  const picker = options.locator('input[type=file]');

  await picker.setInputFiles(file((same) => same));
  await expect(options.getByText('Nothing would change.')).toBeVisible();
  await options.getByRole('button', { name: 'Cancel' }).click();
  await expect(options.getByRole('button', { name: 'Read a file' }), 'nobody loses their place').toBeFocused();

  await picker.setInputFiles(file((same) => same.replace('"format": 1', '"format": 2')));
  await expect(options.getByText('This file is from a newer version of Sidelight.')).toBeVisible();

  await picker.setInputFiles(file((same) => same.replace('"syncHours": 4', '"syncHours": 168')));
  await expect(options.getByText('Hours between syncs: 4 → 168')).toBeVisible();
  await options.getByRole('button', { name: 'Apply' }).click();
  await expect(options.getByText('The settings of the file hold now.')).toBeVisible();
  await expect(options.locator(':focus')).toContainText('The settings of the file hold now.');
  await section('Connections');
  await expect(options.getByLabel('Bring each copy up to date')).toHaveValue('168');
});

test('the keys are listed as the browser has them, with its language', async () => {
  await section('Settings');
  const keys = await options.evaluate(async () => (await chrome.commands.getAll()).filter(({ description }) => description));
  expect(keys.length).toBeGreaterThanOrEqual(3);
  for (const { description, shortcut } of keys) {
    const row = options.locator('dl > div', { hasText: description ?? '' });
    await expect(row).toContainText(shortcut || 'not set');
  }
  await expect(options.getByRole('region', { name: 'Language' })).toContainText('English');
});

test('each access is listed with what it is for, and is taken back one by one', async () => {
  await section('Site access');
  const list = options.getByRole('region', { name: 'What the browser allows Sidelight' });
  const granted = () => options.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []);
  await expect(list.getByText('login.salesforce.com', { exact: true })).toBeVisible();
  await expect(list.getByText(/without it nothing is synced/).first()).toBeVisible();
  await list.getByRole('button', { name: 'Take back All sites' }).click();
  await expect(options.getByRole('radio', { name: /Only in the popup/ })).toBeChecked();
  await expect.poll(granted).not.toContain('https://*/*');
  await expect(list, 'nobody loses their place').toBeFocused();
  await list.getByRole('button', { name: /^Take back .*my\.salesforce\.com$/ }).click();
  await expect(list.getByText(/my\.salesforce\.com$/)).toHaveCount(0);
  expect((await granted()).filter((origin) => origin.includes('my.salesforce.com'))).toEqual([]);
  expect(await granted()).toContain('https://login.salesforce.com/*');
});
