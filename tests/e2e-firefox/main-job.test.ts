import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { domainOf, expectedAccount, hostOf, runSeed, seeded } from '../e2e/expected.ts';
import { until } from '../world/within.ts';
import { field, fill, PATIENCE_MS, press, see, shown } from './person.ts';
import {
  connect,
  hasOverlay,
  openScene,
  openSidebar,
  type Scene,
  showOnAllSites,
  sidebarOf,
  syncNow,
  tabId,
  visit,
} from './scene.ts';

/** The main job in Firefox, in order, in one browser: connect, sync, match, show, create, disconnect. */
let scene: Scene;
let options: Page;
let random: () => number;

beforeAll(async () => {
  random = seeded(runSeed());
  scene = await openScene();
});
afterAll(async () => {
  await scene?.close();
});

const rows = (object: string) => scene.sandbox.org.rows(object);

/** An Account that is the only one at its domain, drawn at random. */
function someAccount() {
  const single = [...Map.groupBy(rows('Account'), (row) => domainOf(row))].flatMap(([domain, [row, ...more]]) =>
    row && domain && more.length === 0 ? [{ row, domain, host: hostOf(row) ?? '' }] : [],
  );
  const drawn = single[Math.floor(random() * single.length)];
  if (!drawn) throw new Error('nothing to draw from');
  return drawn;
}

test('connects Salesforce from the options page and copies everything', async () => {
  options = await connect(scene);
  const user = rows('User').find((row) => row.Username === scene.sandbox.username);
  const text = await shown(options);
  expect(text).toContain(`Connected as ${user?.Name} at ${rows('Organization')[0]?.Name}`);
  for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Task']) {
    const copied = rows(object).filter((row) => row.IsConverted !== true);
    expect(text).toContain(copied.length.toLocaleString('en-US'));
  }
  expect(rows('Account').length).toBeGreaterThan(5000);
});

test('shows for five companies drawn at random what the CRM holds', async () => {
  await showOnAllSites(options);
  for (let round = 0; round < 5; round += 1) {
    const { row, domain, host } = someAccount();
    const expected = expectedAccount(scene.sandbox, row, domain);
    const page = await visit(scene, host);
    const frame = await openSidebar(page);
    await see(frame, /As in Salesforce/);
    // Lists come a moment after the head, and a button that is pressed goes. By the keyboard: where in the window a frame in a
    // closed shadow tree stands is not told, so that a click would land beside it.
    const showMore = async () => {
      for (const button of await frame.$$('button')) {
        const isMore = await button.evaluate((one) => /^Show (?:all|25)/.test(one.textContent)).catch(() => false);
        if (isMore) await button.press('Enter').catch(() => undefined);
      }
    };
    await showMore();
    const text = await shown(frame);
    for (const fact of [expected.name, ...expected.facts]) expect(text).toContain(fact);
    for (const object of ['contacts', 'opportunities', 'tasks', 'leads'] as const) {
      const name = { contacts: 'Contact', opportunities: 'Opportunity', tasks: 'Task', leads: 'Lead' }[object];
      const list = {
        contacts: 'Contacts',
        opportunities: 'Open opportunities',
        tasks: 'Open tasks',
        leads: 'Leads at this domain',
      }[object];
      const links = async () => {
        await showMore();
        const found = await frame.$$eval(`ul[aria-label="${list}"] a[href*="/lightning/r/${name}/"]`, (all) =>
          all.map((link) => link.getAttribute('href')),
        );
        return found.sort();
      };
      const wanted = expected[object].map(({ id }) => `${scene.sandbox.lightningUrl}/lightning/r/${name}/${id}/view`);
      await expect.poll(links, { timeout: 15_000, message: `${host} ${object}` }).toEqual(wanted.sort());
    }
    await page.close();
  }
});

test('closes the sidebar with Escape, and the tab at the edge is there again', async () => {
  const page = await visit(scene, someAccount().host);
  await openSidebar(page);
  await page.keyboard.press('Escape');
  await until(PATIENCE_MS, 'the sidebar to go', async () => (await sidebarOf(page)) === undefined || undefined);
  await openSidebar(page);
  await page.close();
});

test('leaves a page without a match exactly as it was', async () => {
  const page = await visit(scene, 'nobody-knows-this-company.com', 'Nobody knows');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await see(popup, 'is not in your CRM');
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(
    '<html lang="en"><head><title>Nobody knows</title></head><body><h1>Nobody knows</h1><p>A page.</p></body></html>',
  );
  await popup.close();
  await page.close();
});

test('creates a Lead from an unknown site, prefilled, and has it in the copy at once', async () => {
  const page = await visit(scene, 'www.brand-new-prospect.com', 'Brand New Prospect | Home');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await press(popup, 'button', 'Create lead');
  const value = async (label: string) => (await field(popup, label)).evaluate((input) => input.value);
  expect(await value('Website')).toBe('https://www.brand-new-prospect.com');
  expect(await value('Company')).toBe('Brand New Prospect');
  await fill(popup, 'First Name', 'Nova');
  await fill(popup, 'Last Name', 'Prospect');
  await (await field(popup, 'Contract')).click();
  await press(popup, 'button', 'Create lead');
  await see(popup, 'Lead created');
  const created = rows('Lead').find((row) => row.LastName === 'Prospect' && row.Company === 'Brand New Prospect');
  expect(created).toMatchObject({ FirstName: 'Nova', Website: 'https://www.brand-new-prospect.com' });
  expect(String(created?.Description)).toContain('Art. 6(1)(b) GDPR');
  await popup.close();
  const again = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await see(again, 'Nova Prospect');
  await again.close();
  await page.close();
});

test('knows after "Sync now" what changed in the CRM', async () => {
  const { row, host } = someAccount();
  scene.sandbox.org.update('Account', String(row.Id), { Name: 'Renamed While Nobody Looked' });
  await options.bringToFront();
  await syncNow(options);
  const page = await visit(scene, host);
  await see(await openSidebar(page), 'Renamed While Nobody Looked');
  await page.close();
});

test('keeps the CRM reachable when the access to all sites is given back', async () => {
  await press(options, 'link', 'Site access');
  await (await field(options, 'Only in the popup')).click();
  const granted = () => options.evaluate(async () => (await chrome.permissions.getAll()).origins ?? []);
  await until(PATIENCE_MS, 'the access to go', async () => !(await granted()).includes('https://*/*') || undefined);
  expect((await granted()).sort()).toEqual(['https://*.my.salesforce.com/*', 'https://login.salesforce.com/*']);
  await showOnAllSites(options);
});

test('disconnects in one click and one confirmation: revoked, deleted, gone from every tab, with a receipt', async () => {
  const pages = [await visit(scene, someAccount().host), await visit(scene, someAccount().host)];
  for (const page of pages) await until(PATIENCE_MS, 'the overlay', async () => (await hasOverlay(page)) || undefined);
  await openSidebar(pages[0] as Page);
  const popup = await scene.open('popup.html');
  await press(popup, 'button', 'Disconnect…');
  await press(popup, 'button', 'Disconnect');
  await see(popup, 'Salesforce confirmed that the access is revoked.');
  await see(popup, 'The key is destroyed.');
  await see(popup, /the store was looked at and found gone/);
  for (const page of pages) expect(await hasOverlay(page)).toBe(false);
  const own = scene.sandbox.tokens.issued.filter(
    (token) => token.clientId === scene.sandbox.clientApp.clientId && /^(?:access|refresh)$/.test(token.kind),
  );
  expect(own.length).toBeGreaterThan(1);
  expect(own.filter((token) => !token.revoked)).toEqual([]);
  const left = () =>
    popup.evaluate(async () => ({
      databases: await indexedDB.databases(),
      stored: await chrome.storage.local.get(null),
      session: await chrome.storage.session.get(null),
      origins: (await chrome.permissions.getAll()).origins,
    }));
  await expect.poll(left).toEqual({
    databases: [],
    stored: { connections: [], settings: expect.objectContaining({ setup: 'about' }) },
    session: {},
    origins: [],
  });
});

test('has talked to the CRM and the visited sites only', () => {
  expect(scene.server.log.strangers().map(({ host, path }) => host + path)).toEqual([]);
  const called = scene.server.log.requests.filter((request) => request.origin?.startsWith('moz-extension://'));
  expect([...new Set(called.map(({ host }) => host))].sort()).toEqual(
    ['login.salesforce.com', new URL(scene.sandbox.myDomainUrl).host].sort(),
  );
});
