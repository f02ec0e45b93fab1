import { expect, type Page, test } from '@playwright/test';
import type { Row } from '../sandbox-crm/org/table.ts';
import { connect, openScene, openSidebar, type Scene, showOnAllSites, syncNow, synced, visit } from './scene.ts';

/** What the sync engine shows a person: live answers, the choice of what is copied, held deletions, history, the reserve. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;

const rows = (object: string) => scene.sandbox.org.rows(object);
const card = () => options.getByRole('region', { name: /Salesforce/ });
const countOf = (name: string) => card().locator('dl').first().getByText(name, { exact: true }).locator('xpath=../dd');
const shown = (count: number) => count.toLocaleString('en-US');
const hostOf = (row: Row) => new URL(String(row.Website)).hostname;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 5, accounts: 400 } });
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

test('shows the stored copy at once, and what the CRM says a moment later', async () => {
  const { org, faults } = scene.sandbox;
  const contacts = Map.groupBy(rows('Contact'), (row) => String(row.AccountId));
  const account = rows('Account').find(
    (row) => /^https?:\/\/www\./.test(String(row.Website)) && contacts.get(row.Id)?.length === 3,
  );
  const [changed, gone] = contacts.get(String(account?.Id)) ?? [];
  if (!account || !changed || !gone) throw new Error('no Account with three Contacts');
  org.clock.advance(60_000);
  org.update('Contact', changed.Id, { Title: 'Chief Surprise Officer' });
  org.remove('Contact', gone.Id);
  org.insert('Contact', { AccountId: account.Id, LastName: 'Newcomer', FirstName: 'Nora', Name: 'Nora Newcomer' });
  const held = faults.next({ kind: 'latency', ms: 3000, match: { path: /composite/ } });

  const page = await visit(scene, hostOf(account));
  const frame = await openSidebar(page);
  await expect(frame.getByText('Checking Salesforce…')).toBeVisible();
  await expect(frame.getByText(String(gone.Name), { exact: true })).toBeVisible();
  await expect(frame.getByText('Chief Surprise Officer')).toHaveCount(0);

  await expect(frame.getByText(/^As in Salesforce, .*1 record is gone/)).toBeVisible();
  await expect(frame.getByText('Chief Surprise Officer')).toBeVisible();
  await expect(frame.getByText('Nora Newcomer')).toBeVisible();
  await expect(frame.getByText(String(gone.Name), { exact: true })).toHaveCount(0);
  await expect(frame.getByText('Updated', { exact: true })).toBeVisible();
  await expect(frame.getByText('New', { exact: true })).toBeVisible();
  expect(held.hits).toBe(1);
  await page.close();
});

test('shows the copy and says why when the CRM cannot be asked', async () => {
  const account = rows('Account')
    .filter((row) => /^https?:\/\/www\./.test(String(row.Website)))
    .at(-1);
  if (!account) throw new Error('no Account with a website');
  scene.sandbox.faults.next({ kind: 'maintenance', times: Number.POSITIVE_INFINITY, match: { path: /composite/ } });
  const page = await visit(scene, hostOf(account));
  const frame = await openSidebar(page);
  await expect(frame.getByText(/Synced .*Salesforce not reached/)).toBeVisible();
  await expect(frame.getByRole('heading', { name: String(account.Name) })).toBeVisible();
  scene.sandbox.faults.clear();
  await page.close();
});

test('a run in which nothing changed costs four calls and says so', async () => {
  await options.bringToFront();
  await syncNow(options);
  scene.sandbox.log.clear();
  await syncNow(options);
  expect(scene.sandbox.log.matching(/\/services\/data\//)).toHaveLength(4);
  await expect(card().getByText('Last run: 4 calls.')).toBeVisible();
  await expect(card().getByText(/Your organisation used .* of 15,000 API calls today; 3,000 are left to others/)).toBeVisible();
});

test('asks before it removes an unusual number of records, names them, and removes them when told so', async () => {
  const { org } = scene.sandbox;
  const leads = rows('Lead').filter((row) => row.IsConverted !== true);
  const doomed = leads.slice(0, Math.max(51, Math.ceil(leads.length * 0.3)));
  org.clock.advance(5 * 60_000);
  for (const { Id } of doomed) org.remove('Lead', Id);
  org.clock.advance(5 * 60_000);
  await syncNow(options);

  const question = `Salesforce no longer has ${shown(doomed.length)} of your ${shown(leads.length)} Leads. They are kept until you decide.`;
  await expect(card().getByText(question)).toBeVisible();
  await expect(countOf('Leads')).toHaveText(shown(leads.length));
  await card().getByRole('button', { name: 'Review…' }).click();
  const dialog = options.getByRole('dialog');
  await expect(dialog.getByText(String(doomed[0]?.Name), { exact: true }).first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Keep them for now' }).click();
  await expect(
    card().getByText(`Kept for now: ${shown(doomed.length)} of your ${shown(leads.length)} Leads`, { exact: false }),
  ).toBeVisible();
  await syncNow(options);
  await expect(countOf('Leads')).toHaveText(shown(leads.length));

  await card().getByRole('button', { name: 'Review…' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Remove them here' }).click();
  await expect(countOf('Leads')).toHaveText(shown(leads.length - doomed.length));
  await expect(card().getByText(/no longer has/)).toHaveCount(0);
});

test('copies only what is chosen, and removes what is not chosen any more', async () => {
  for (const { Id } of rows('Account').slice(0, 30)) scene.sandbox.org.update('Account', Id, { Website: null });
  const withWebsite = rows('Account').filter((row) => row.Website);
  const kept = new Set(withWebsite.map(({ Id }) => Id));
  const contacts = rows('Contact').filter((row) => kept.has(String(row.AccountId)));
  expect(withWebsite.length).toBeLessThan(rows('Account').length);

  await card().getByText('What is copied').click();
  await card().getByRole('checkbox', { name: 'Tasks' }).uncheck();
  await card()
    .getByRole('checkbox', { name: /Only accounts with a website/ })
    .check();
  await expect(card().getByText(`This selects ${withWebsite.length} accounts.`)).toBeVisible();
  await card().getByRole('button', { name: 'Save', exact: true }).click();
  await expect(card().getByText('Saved. The copy is being brought in line.')).toBeVisible();
  await expect(countOf('Tasks')).toHaveText('0');
  await expect(countOf('Accounts')).toHaveText(shown(withWebsite.length));
  await expect(countOf('Contacts')).toHaveText(shown(contacts.length));

  await card().getByRole('checkbox', { name: 'Tasks' }).check();
  await card()
    .getByRole('checkbox', { name: /Only accounts with a website/ })
    .uncheck();
  await card().getByRole('button', { name: 'Save', exact: true }).click();
  await expect(countOf('Accounts')).toHaveText(shown(rows('Account').length));
  await expect(countOf('Contacts')).toHaveText(shown(rows('Contact').length));
  await expect(countOf('Tasks')).toHaveText(shown(rows('Task').length));
});

test('leaves the org’s reserve to others', async () => {
  const { usage } = scene.sandbox;
  await synced(options);
  const before = usage.used;
  usage.used = Math.ceil(usage.max * 0.8);
  scene.sandbox.log.clear();
  await syncNow(options);
  await expect(
    card()
      .getByText(/few API calls left today/)
      .first(),
  ).toBeVisible();
  expect(scene.sandbox.log.matching(/\/services\/data\//)).toHaveLength(1);
  usage.used = before;
  await syncNow(options);
  await expect(card().getByText(/few API calls left today/)).toHaveCount(0);
});

test('tells every run: when, why, what changed, what it cost and why it failed', async () => {
  await card().getByText('Sync history').click();
  const table = card().getByRole('table');
  await expect(table.getByRole('row', { name: /First sync.*415 Accounts.*Done/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /You asked.*Nothing new.*4.*Done/ }).first()).toBeVisible();
  await expect(table.getByRole('row', { name: /few API calls left/ }).first()).toBeVisible();
  await expect(table.getByRole('row', { name: /Leads? deleted/ }).first()).toBeVisible();
});
