import { expect, type Page, test } from '@playwright/test';
import { createHubspotSandbox, type HubspotSandbox } from '../sandbox-crm/hubspot/sandbox.ts';
import { DropConnection } from '../world/server.ts';
import { openScene, openSidebar, overlayHost, type Scene, showOnAllSites, synced, syncNow, visit } from './scene.ts';

/** A HubSpot account: connect, sync, match, sync again, reconnect, disconnect. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let hubspot: HubspotSandbox;
let options: Page;

const HOST = 'api.hubapi.com';
const PAGES = 'https://app-eu1.hubspot.com/contacts/147000111/record';

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 1 } });
  hubspot = createHubspotSandbox({ accounts: 60, contacts: 250 });
  scene.sites.set(HOST, (request) =>
    hubspot.fetch(request).catch(() => {
      throw new DropConnection();
    }),
  );
});
test.afterAll(async () => {
  await scene?.close();
});

const granted = () => options.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []);

async function connect(token: string): Promise<void> {
  await options.getByLabel(/Access token/).fill(token);
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** A company with a domain and people, and the host that it is found at. */
function company() {
  const account = hubspot.store
    .rows('companies')
    .find(({ id, properties }) => properties.domain && hubspot.store.linked('companies', id, 'contacts').length > 0);
  if (!account) throw new Error('no company has a domain');
  return { account, host: String(account.properties.domain) };
}

test('says what is missing, and what HubSpot has against a token, without keeping anything', async () => {
  options = await scene.open('options.html');
  await options.getByRole('button', { name: 'Connect HubSpot instead' }).click();
  await connect('pat-not-the-token');
  await expect(options.getByText(/does not know this API key/)).toBeVisible();
  expect(await options.evaluate(async () => (await chrome.storage.local.get('connections')).connections ?? [])).toEqual([]);
});

test('connects with a token, asks for access to HubSpot’s API alone, and copies everything', async () => {
  await connect(hubspot.settings.token);
  await synced(options);
  await expect(options.getByText('Connected as Mara Linde at HubSpot 147000111')).toBeVisible();
  expect(await granted()).toEqual([`https://${HOST}/*`]);
  for (const type of ['companies', 'contacts', 'deals', 'tasks']) {
    await expect(options.getByText(String(hubspot.store.rows(type).length), { exact: true }).first()).toBeVisible();
  }
});

test('shows beside a company’s site what HubSpot holds, with links to its records', async () => {
  await showOnAllSites(options);
  const { account, host } = company();
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: String(account.properties.name), exact: true })).toBeVisible();
  await expect(frame.locator(`a[href="${PAGES}/0-2/${account.id}"]`).first()).toBeVisible();
  await expect(frame.getByText(/^As in HubSpot/)).toBeVisible();
  await page.close();
});

test('shows a change that was made in HubSpot a moment ago', async () => {
  const { account, host } = company();
  hubspot.store.update('companies', account.id, { name: 'Renamed Just Now' });
  await syncNow(options);
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: 'Renamed Just Now', exact: true })).toBeVisible();
  await page.close();
});

test('says that the token has ended, and goes on with a new one', async () => {
  hubspot.settings.token = 'pat-eu1-rotated';
  await options.bringToFront();
  await syncNow(options);
  await expect(options.getByText('Reconnect needed')).toBeVisible();
  await options.getByLabel(/Access token/).fill(hubspot.settings.token);
  await options.getByRole('button', { name: 'Reconnect' }).click();
  await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  await synced(options);
});

test('disconnects, says honestly that the token lives on, and gives every access back', async () => {
  const page = await visit(scene, company().host);
  await overlayHost(page).waitFor({ state: 'attached' });
  await options.bringToFront();
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByText(/HubSpot did not confirm that the access is revoked/)).toBeVisible();
  await expect(options.locator('a[href="https://app-eu1.hubspot.com/private-apps/147000111"]')).toBeVisible();
  await expect(overlayHost(page)).toHaveCount(0);
  expect(await granted()).toEqual([]);
  const called = scene.server.log.requests.filter((request) => request.origin?.startsWith('chrome-extension://'));
  expect([...new Set(called.map(({ host }) => host))]).toEqual([HOST]);
  await page.close();
});
