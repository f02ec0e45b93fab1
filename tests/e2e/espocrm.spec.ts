import { expect, type Page, test } from '@playwright/test';
import { createEspoSandbox, type EspoSandbox } from '../sandbox-crm/espocrm/sandbox.ts';
import { DropConnection } from '../world/server.ts';
import { openScene, openSidebar, overlayHost, type Scene, showOnAllSites, synced, syncNow, tabId, visit } from './scene.ts';

/** An EspoCRM that an organisation hosts itself: connect, sync, match, create, sync again, reconnect, disconnect. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let espo: EspoSandbox;
let options: Page;

const HOST = 'crm.northwind-demo.com';

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 1 } });
  espo = createEspoSandbox({ host: HOST, folder: '/crm', accounts: 60, contacts: 250 });
  scene.sites.set(HOST, (request) =>
    espo.fetch(request).catch(() => {
      throw new DropConnection();
    }),
  );
});
test.afterAll(async () => {
  await scene?.close();
});

const granted = () => options.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []);

async function connect(apiKey: string): Promise<void> {
  await options.getByLabel(/Address of your EspoCRM/).fill(`https://${HOST}/crm/#Account`);
  await options.getByLabel(/API key/).fill(apiKey);
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** A company with a website, and the host that it is found at. */
function company() {
  const account = espo.store.rows('Account').find(({ website }) => String(website).startsWith('https://www.'));
  if (!account) throw new Error('no company has a website');
  return { account, host: new URL(String(account.website)).hostname };
}

test('says what is missing, and what the CRM has against a key, without keeping anything', async () => {
  options = await scene.open('options.html');
  await options.getByRole('button', { name: 'Connect EspoCRM instead' }).click();
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(options.getByText('Enter the API key.')).toBeVisible();
  await expect(options.getByText(/^Enter the https address/)).toBeVisible();
  await connect('not-the-key');
  await expect(options.getByText(/does not know this API key/)).toBeVisible();
  expect(await options.evaluate(async () => (await chrome.storage.local.get('connections')).connections ?? [])).toEqual([]);
});

test('connects with a key, asks for access to that address alone, and copies everything', async () => {
  await connect(espo.settings.apiKey);
  await synced(options);
  await expect(options.getByText('Connected as Sidelight at Northwind CRM')).toBeVisible();
  expect(await granted()).toEqual([`https://${HOST}/*`]);
  for (const type of ['Account', 'Contact', 'Opportunity', 'Task']) {
    await expect(options.getByText(String(espo.store.rows(type).length), { exact: true }).first()).toBeVisible();
  }
});

test('shows beside a company’s site what EspoCRM holds, with links to its records', async () => {
  await showOnAllSites(options);
  const { account, host } = company();
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: String(account.name), exact: true })).toBeVisible();
  await expect(frame.locator(`a[href="https://${HOST}/crm/#Account/view/${account.id}"]`).first()).toBeVisible();
  const people = espo.store.rows('Contact').filter(({ accountId }) => accountId === account.id);
  for (const { id } of people.slice(0, 3)) {
    await expect(frame.locator(`a[href="https://${HOST}/crm/#Contact/view/${id}"]`).first()).toBeVisible();
  }
  await expect(frame.getByText(/^As in EspoCRM/)).toBeVisible();
  await page.close();
});

test('shows a change that was made in EspoCRM a moment ago', async () => {
  const { account, host } = company();
  espo.store.update('Account', account.id, { name: 'Renamed Just Now' });
  await syncNow(options);
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: 'Renamed Just Now', exact: true })).toBeVisible();
  await page.close();
});

test('creates a Lead with its basis, asks about one that is there already, and takes it back', async () => {
  const page = await visit(scene, 'bread-and-water.org', 'Bread and Water');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  const fill = async () => {
    await popup.getByLabel(/^Last Name/).fill('Keysworth');
    await popup.getByLabel(/^First Name/).fill('Kay');
    await popup.getByLabel(/^Account Name/).fill('Keysworth Ltd');
    await popup.getByRole('radio', { name: /Contract/ }).check();
    await popup
      .getByRole('form')
      .getByRole('button', { name: /^Create/ })
      .click();
  };
  const leads = () => espo.store.rows('Lead').filter(({ lastName }) => lastName === 'Keysworth');
  // Somebody else has made it a moment ago: EspoCRM knows of it, and the copy does not.
  const other = espo.store.insert('Lead', { firstName: 'Kay', lastName: 'Keysworth', emailAddress: 'kay@elsewhere.example' });
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await fill();
  await expect(popup.getByText('kay@elsewhere.example')).toBeVisible();
  expect(leads()).toHaveLength(1);
  await popup.getByRole('button', { name: 'Create anyway' }).click();
  await expect(popup.getByRole('heading', { name: 'Lead created' })).toBeVisible();
  expect(leads().filter(({ id }) => id !== other.id)).toMatchObject([
    { firstName: 'Kay', accountName: 'Keysworth Ltd', createdById: espo.apiUserId },
  ]);
  expect(leads().at(-1)?.description).toMatch(/Art\. 6/);
  await popup.getByRole('button', { name: 'Undo' }).click();
  await expect(popup.getByRole('heading', { name: 'Taken back' })).toBeVisible();
  expect(leads()).toMatchObject([{ id: other.id }]);
  await popup.close();
  await page.close();
});

test('says that the key has ended, and goes on with a new one', async () => {
  const old = espo.settings.apiKey;
  espo.settings.apiKey = '00c0ffee00c0ffee00c0ffee00c0ffee';
  await options.bringToFront();
  await syncNow(options);
  await expect(options.getByText('Reconnect needed')).toBeVisible();
  await options.getByLabel(/API key/).fill(espo.settings.apiKey);
  await options.getByRole('button', { name: 'Reconnect' }).click();
  await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  await synced(options);
  expect(espo.log.requests.at(-1)?.headers['x-api-key']).toBe(espo.settings.apiKey);
  expect(old).not.toBe(espo.settings.apiKey);
});

test('disconnects, says honestly that the key lives on, and gives every access back', async () => {
  const page = await visit(scene, company().host);
  await overlayHost(page).waitFor({ state: 'attached' });
  await options.bringToFront();
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByText(/EspoCRM did not confirm that the access is revoked/)).toBeVisible();
  await expect(options.locator(`a[href="https://${HOST}/crm/#ApiUser"]`)).toBeVisible();
  await expect(options.getByText('The key is destroyed.')).toBeVisible();
  await expect(overlayHost(page)).toHaveCount(0);
  expect(await granted()).toEqual([]);
  await page.close();
});

test('pages of the extension reach no network; the worker has reached the CRM alone', async () => {
  const refused = await options.evaluate((host) => fetch(`https://${host}/crm/api/v1/App/user`).then(() => 'sent', String), HOST);
  expect(refused).toMatch(/Failed to fetch/);
  const called = scene.server.log.requests.filter((request) => request.origin?.startsWith('chrome-extension://'));
  expect([...new Set(called.map(({ host }) => host))]).toEqual([HOST]);
});
