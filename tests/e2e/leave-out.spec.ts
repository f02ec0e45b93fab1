import { expect, type Page, test } from '@playwright/test';
import { hostOf } from './expected.ts';
import { connect, openScene, openSidebar, type Scene, showEverything, showOnAllSites, tabId, visit } from './scene.ts';

/** What a user leaves out of the copy, in the built extension: chosen in Options, gone from disk and views, and back when it is wanted. */
test.describe.configure({ mode: 'serial' });

type Row = Record<string, unknown>;
let scene: Scene;
let options: Page;
let host: string;
let [out, stays]: Row[] = [];

const isOut = (row: Row) => row.HasOptedOutOfEmail === true || row.DoNotCall === true;
const people = () => scene.sandbox.org.rows('Contact');
const counted = (object: string) =>
  options
    .getByRole('row', { name: new RegExp(`^${object}`) })
    .getByRole('cell')
    .first();

async function choose(change: () => Promise<unknown>): Promise<void> {
  await options.goto(`chrome-extension://${scene.extensionId}/options.html`);
  await options.reload();
  await options.getByText('What is copied').click();
  await change();
  await options.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(options.getByText('Saved. The copy is being brought in line.')).toBeVisible();
}

async function holds(object: string, count: number): Promise<void> {
  await options.goto(`chrome-extension://${scene.extensionId}/options.html#privacy`);
  await expect(async () => {
    await options.reload();
    await expect(counted(object)).toHaveText(count.toLocaleString('en-US'), { timeout: 2000 });
  }).toPass({ timeout: 20_000 });
}

async function namesInSidebar(): Promise<string> {
  const site = await visit(scene, host);
  const view = await openSidebar(site);
  await expect(view.getByText(String(stays?.Name)).first()).toBeVisible();
  await showEverything(view);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.getByRole('combobox').fill(String(out?.Name));
  await expect(
    popup
      .getByRole('status')
      .filter({ hasText: /result|found|No/i })
      .first(),
  ).toBeAttached();
  const seen = `${await view.locator('body').textContent()} ${await popup.getByRole('option').allInnerTexts()}`;
  await popup.close();
  await site.close();
  return seen;
}

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 5, accounts: 300 } });
  const accounts = scene.sandbox.org.rows('Account');
  for (const account of accounts) {
    const site = hostOf(account);
    const here = people().filter((row) => row.AccountId === account.Id && Boolean(row.Email) && !isOut(row));
    const isAlone = (row?: Row) => people().filter(({ Name }) => Name === row?.Name).length === 1;
    if (!site || accounts.filter((one) => hostOf(one) === site).length > 1 || !isAlone(here[0]) || !isAlone(here[1])) continue;
    [out, stays] = here;
    host = site;
    break;
  }
  if (!out || !stays) throw new Error('The sandbox has no two such colleagues.');
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

test('people who have opted out leave the copy, every view and the search, and come back when they are wanted again', async () => {
  expect(await namesInSidebar()).toContain(String(out?.Name));
  scene.sandbox.org.update('Contact', String(out?.Id), { HasOptedOutOfEmail: true });
  await choose(() => options.getByRole('checkbox', { name: /opted out of e-mail or calls/ }).check());
  await holds('Contacts', people().filter((row) => !isOut(row)).length);
  expect(await namesInSidebar()).not.toContain(String(out?.Name));
  await choose(() => options.getByRole('checkbox', { name: /opted out of e-mail or calls/ }).uncheck());
  await holds('Contacts', people().length);
  expect(await namesInSidebar()).toContain(String(out?.Name));
});

test('closed tasks that are older than chosen leave the copy', async () => {
  const cutoff = Math.floor(scene.sandbox.org.clock.now() / 86_400_000) * 86_400_000 - 30 * 86_400_000;
  const tasks = scene.sandbox.org.rows('Task');
  const kept = tasks.filter((row) => row.IsClosed !== true || Date.parse(String(row.SystemModstamp)) >= cutoff);
  expect(kept.length).toBeLessThan(tasks.length);
  await holds('Tasks', tasks.length);
  await choose(() => options.getByRole('combobox', { name: /^Closed tasks that nobody has changed/ }).selectOption('30'));
  await holds('Tasks', kept.length);
});
