import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { describeScan, scanProfile } from '../world/profile-scan.ts';
import { hostOf, runSeed, seeded } from './expected.ts';
import { connect, openScene, openSidebar, type Scene, showEverything, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/** The rights of one person in the built extension: found, given out, erased, and not there any more, also after three more syncs. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let person: Record<string, unknown>;
let colleague: Record<string, unknown>;
let host: string;

const rows = (object: string) => scene.sandbox.org.rows(object);
const part = () => options.getByRole('region', { name: 'A person’s rights' });
const counted = (object: string) =>
  options
    .getByRole('row', { name: new RegExp(`^${object}`) })
    .getByRole('cell')
    .first();

async function openPrivacy(): Promise<void> {
  await options.goto(`chrome-extension://${scene.extensionId}/options.html#privacy`);
  await options.reload();
  await expect(part()).toBeVisible();
}

async function find(text: unknown): Promise<void> {
  await part().getByRole('textbox').fill(String(text));
  await part().getByRole('button', { name: 'Find', exact: true }).click();
  await expect(part().getByRole('status')).toContainText(/found|Nobody/);
}

async function saved(button: string): Promise<string> {
  const download = options.waitForEvent('download');
  await part().getByRole('button', { name: button }).first().click();
  return readFileSync(await (await download).path(), 'utf8');
}

/** Two colleagues with addresses and names of their own at a company with a site: one is erased, the other stays. */
function somebody(): void {
  const all = [...rows('Contact'), ...rows('Lead')];
  const isAlone = (row: Record<string, unknown>) =>
    Boolean(row.Email) &&
    /^[A-Za-z]{3,} [A-Za-z]{4,}$/.test(String(row.Name)) &&
    all.filter((one) => one.Name === row.Name || one.Email === row.Email).length === 1;
  const random = seeded(runSeed());
  const pairs = rows('Account').flatMap((account) => {
    const site = hostOf(account);
    const people = rows('Contact').filter((row) => row.AccountId === account.Id && isAlone(row));
    const sameSite = rows('Account').filter((one) => hostOf(one) === site).length;
    return site && sameSite === 1 && people.length > 1 ? [{ site, people }] : [];
  });
  const chosen = pairs[Math.floor(random() * pairs.length)];
  if (!chosen) throw new Error('The sandbox has no two such colleagues.');
  host = chosen.site;
  [person = {}, colleague = {}] = chosen.people;
}

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 5, accounts: 300 } });
  options = await connect(scene);
  await showOnAllSites(options);
  somebody();
});
test.afterAll(async () => {
  await scene?.close();
});

test('finds a person by address and by name, by keyboard alone, and says when there is nobody', async () => {
  await openPrivacy();
  await part().getByRole('textbox').focus();
  await options.keyboard.type(String(person.Email).toUpperCase());
  await options.keyboard.press('Enter');
  await expect(part().getByRole('status')).toHaveText('1 record found');
  await expect(part().getByRole('link', { name: String(person.Name) })).toHaveAttribute('href', new RegExp(String(person.Id)));
  await find(person.Name);
  await expect(part().getByRole('link', { name: String(person.Name) })).toBeVisible();
  await find('nobody@nowhere.example');
  await expect(part().getByRole('status')).toContainText('Nobody found');
});

test('gives out what is held of them, as a file and as a page to be read', async () => {
  await find(person.Email);
  const file = JSON.parse(await saved('Save file (JSON)')) as { records: { object: string; fields: Record<string, unknown> }[] };
  expect(file.records[0]).toMatchObject({ object: 'contact', fields: { name: person.Name, email: person.Email } });
  const tasks = rows('Task').filter((row) => row.WhoId === person.Id);
  expect(file.records.filter(({ object }) => object === 'task').length).toBe(tasks.length);
  const page = await saved('Save readable page');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain(String(person.Email));
  expect(page + JSON.stringify(file)).not.toContain(String(colleague.Email));
});

test('erases them, and says what is left to do in the CRM', async () => {
  const before = Number(((await counted('Contacts').textContent()) ?? '').replace(/\D/g, ''));
  await part().getByRole('button', { name: 'Erase', exact: true }).click();
  await expect(options.getByRole('dialog')).toContainText(String(person.Name));
  await options.getByRole('button', { name: 'Erase here' }).click();
  await expect(part().getByText(/erased from this browser/)).toBeVisible();
  await expect(part().getByRole('link', { name: 'Contact' })).toHaveAttribute('href', new RegExp(String(person.Id)));
  await expect(part().getByRole('status')).toContainText('Nobody found');
  await openPrivacy();
  await expect(counted('Contacts')).toHaveText((before - 1).toLocaleString('en-US'));
  await expect(part().getByText('1 erased person is kept out')).toBeVisible();
  expect(rows('Contact').some(({ Id }) => Id === person.Id)).toBe(true);
});

test('has them in no view, search, file or log, also after three more syncs and a change in the CRM', async () => {
  await options.getByRole('link', { name: 'Connections' }).click();
  for (let run = 0; run < 3; run += 1) {
    scene.sandbox.org.update('Contact', String(person.Id), { Title: `Changed ${run}` });
    await syncNow(options);
  }
  await openPrivacy();
  await find(person.Email);
  await expect(part().getByRole('status')).toContainText('Nobody found');
  await find(colleague.Email);
  await expect(part().getByRole('link', { name: String(colleague.Name) })).toBeVisible();

  const download = options.waitForEvent('download');
  await options.getByRole('button', { name: 'Save as file' }).click();
  const log = readFileSync(await (await download).path(), 'utf8');
  expect(log).toContain('"erased"');
  for (const value of [person.Id, person.Email, person.Name]) expect(log).not.toContain(String(value));

  const site = await visit(scene, host);
  const sidebar = await openSidebar(site);
  // Opening an Account asks the CRM for its people, and gets this one too.
  await expect(sidebar.getByText(String(colleague.Name)).first()).toBeVisible();
  await sidebar.getByText(/^As in /).waitFor();
  await showEverything(sidebar);
  await expect(sidebar.getByText(String(person.Name))).toHaveCount(0);
  expect(await sidebar.content()).not.toContain(String(person.Email));

  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.getByRole('combobox').fill(String(colleague.Name));
  await expect(popup.getByRole('option').filter({ hasText: String(colleague.Name) })).not.toHaveCount(0);
  await popup.getByRole('combobox').fill(String(person.Name));
  await expect(popup.getByRole('option').filter({ hasText: String(colleague.Name) })).toHaveCount(0);
  await expect(popup.getByRole('option').filter({ hasText: String(person.Name) })).toHaveCount(0);
  await popup.close();
});

test('stays out when all ids are compared, without comparing them with every sync', async () => {
  await openPrivacy();
  await options.getByRole('link', { name: 'Connections' }).click();
  const asked = () => scene.sandbox.log.requests.length;
  const calls: number[] = [];
  for (let run = 0; run < 2; run += 1) {
    const before = asked();
    await syncNow(options);
    calls.push(asked() - before);
  }
  expect(calls[1]).toBe(calls[0]);
});

test('has nothing of them in any file of the profile', async () => {
  await scene.suspend();
  const needles = [person.Email, person.Id].map((value) => ({ label: 'erased person', value: String(value) }));
  const scan = scanProfile(scene.browser.profileDir, needles);
  expect(scan.hits, describeScan(scan)).toEqual([]);
});
