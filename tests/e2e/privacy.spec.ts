import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { connect, openScene, type Scene, showOnAllSites, syncNow } from './scene.ts';

/** The privacy centre: facts about the copy, the calls and what was done, held against what the CRM has and has heard. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;

const rows = (object: string) => scene.sandbox.org.rows(object);
const row = (name: string) => options.getByRole('row', { name: new RegExp(`^${name}`) });

/** The calls that the extension itself makes: pages of the login window are the browser's. */
const calls = () =>
  scene.sandbox.log.requests.filter(({ path }) => /^\/services\/(data|oauth2\/(token|userinfo|revoke))/.test(path));

async function openPrivacy(): Promise<void> {
  await options.goto(`chrome-extension://${scene.extensionId}/options.html#privacy`);
  await options.reload();
  await expect(options.getByRole('heading', { name: 'Stored right now' })).toBeVisible();
}

async function saved(button: string): Promise<string> {
  const download = options.waitForEvent('download');
  await options.getByRole('button', { name: button }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 5, accounts: 300 } });
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

test('a new user finds what is stored and who gets it from the popup in two clicks', async () => {
  const popup = await scene.open('popup.html');
  await options.close();
  const page = scene.browser.context.waitForEvent('page');
  await popup.getByRole('button', { name: 'Options' }).click();
  const opened = await page;
  await opened.getByRole('link', { name: 'Privacy' }).click();
  await expect(opened.getByRole('heading', { name: 'Stored right now' })).toBeVisible();
  await expect(opened.getByRole('heading', { name: 'Who was called' })).toBeVisible();
  options = opened;
});

test('counts what is stored as it is in the CRM', async () => {
  await openPrivacy();
  for (const [name, object] of [
    ['Accounts', 'Account'],
    ['Contacts', 'Contact'],
    ['Opportunities', 'Opportunity'],
  ] as const) {
    await expect(row(name).getByRole('cell').first()).toHaveText(rows(object).length.toLocaleString('en-US'));
  }
  await expect(row('Accounts').getByRole('cell').last()).toHaveText(/\d{4}|\w+ \d/);
});

test('names every host that was called, and counts every call', async () => {
  await syncNow(await connections());
  await openPrivacy();
  const heard = Map.groupBy(calls(), ({ host }) => host);
  const items = options.getByRole('list', { name: 'Who was called' }).getByRole('listitem');
  await expect(items).toHaveCount(heard.size);
  for (const [host, made] of heard) {
    await expect(items.filter({ hasText: host }).getByText(`${made.length} call${made.length === 1 ? '' : 's'}`)).toBeVisible();
  }
});

test('has what was done in order and unbroken, and no value of any record in it', async () => {
  await openPrivacy();
  const log = options.getByRole('region', { name: 'What was done' });
  await expect(log.getByText('Sync', { exact: true }).first()).toBeVisible();
  const text = await saved('Save as file');
  const file = JSON.parse(text) as { entries: { act: string }[]; brokenAt: number | null };
  expect(file.brokenAt).toBeNull();
  expect(file.entries[0]?.act).toBe('connected');
  expect(file.entries.at(-1)?.act).toBe('exported');
  expect(file.entries.filter(({ act }) => act === 'synced').length).toBeGreaterThanOrEqual(2);
  const values = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task', 'User'].flatMap((object) =>
    rows(object).flatMap((one) =>
      [one.Id, one.Name, one.Email, one.Phone, one.Subject].filter((value) => String(value ?? '').length > 5),
    ),
  );
  expect(values.length).toBeGreaterThan(1000);
  expect(values.filter((value) => text.includes(String(value)))).toEqual([]);
});

test('gives out every stored field as a record of processing, without a record in it', async () => {
  await openPrivacy();
  const record = JSON.parse(await saved('Save record (JSON)')) as { fields: { field: string; retention: string }[] };
  expect(record.fields.length).toBeGreaterThan(100);
  expect(record.fields.every(({ retention }) => retention.length > 0)).toBe(true);
  const csv = await saved('Save fields (CSV)');
  expect(csv.split('\r\n').length).toBe(record.fields.length + 2);
});

/** Back to the section in which a sync is started. */
async function connections(): Promise<Page> {
  await options.getByRole('link', { name: 'Connections' }).click();
  return options;
}
