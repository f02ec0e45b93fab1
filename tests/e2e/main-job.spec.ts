import { expect, type Frame, type Page, test } from '@playwright/test';
import { accountsByDomain as accountsOf, type ExpectedRecord, expectedAccount, hostOf, runSeed, seeded } from './expected.ts';
import {
  connect,
  openScene,
  openSidebar,
  showEverything,
  overlayHost,
  type Scene,
  showOnAllSites,
  syncNow,
  tabId,
  visit,
} from './scene.ts';

/** The main job, in order, in one browser: connect, sync, match, show, create, sync again, disconnect. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let random: () => number;

test.beforeAll(async () => {
  random = seeded(runSeed());
  scene = await openScene();
});
test.afterAll(async () => {
  await scene?.close();
});

const rows = (object: string) => scene.sandbox.org.rows(object);
const pick = <T>(list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new Error('nothing to pick from');
  return chosen;
};

const accountsByDomain = () => accountsOf(scene.sandbox);

/** Each record is a link to its page in the CRM, and its row holds its values. */
async function expectRecords(frame: Frame, list: string, object: string, expected: readonly ExpectedRecord[]): Promise<void> {
  const links = frame.getByRole('list', { name: list, exact: true }).locator(`a[href*="/lightning/r/${object}/"]`);
  const shown = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const wanted = expected.map(({ id }) => `${scene.sandbox.lightningUrl}/lightning/r/${object}/${id}/view`);
  expect([...shown].sort(), object).toEqual([...wanted].sort());
  for (const { id, name, texts, absent } of expected) {
    const row = frame.locator('li', { has: frame.locator(`a[href*="/${id}/view"]`) });
    await expect(row).toContainText(name);
    for (const text of texts) await expect(row).toContainText(text);
    for (const text of absent) await expect(row).not.toContainText(text);
  }
}

test('connects Salesforce from the options page and copies everything', async () => {
  options = await connect(scene);
  const user = rows('User').find((row) => row.Username === scene.sandbox.username);
  await expect(options.getByText(`Connected as ${user?.Name} at ${rows('Organization')[0]?.Name}`)).toBeVisible();
  for (const object of ['Account', 'Contact', 'Lead', 'Opportunity', 'Task']) {
    // A converted Lead lives on as Contact and Account, and is not copied.
    const copied = rows(object).filter((row) => row.IsConverted !== true);
    await expect(options.getByText(copied.length.toLocaleString('en-US'), { exact: true }).first()).toBeVisible();
  }
  expect(rows('Account').length).toBeGreaterThan(5000);
});

test('shows for ten companies drawn at random exactly what the CRM holds', async () => {
  await showOnAllSites(options);
  const single = [...accountsByDomain()]
    .filter(([, accounts]) => accounts.length === 1)
    .map(([domain, [row]]) => ({ domain, row }));
  for (let round = 0; round < 10; round += 1) {
    const { domain, row } = pick(single);
    const host = row ? hostOf(row) : null;
    if (!row || !host) throw new Error(`no website at ${domain}`);
    await test.step(`${host}`, async () => {
      const expected = expectedAccount(scene.sandbox, row, domain);
      const page = await visit(scene, host);
      const frame = await openSidebar(page);
      await expect(frame.getByRole('heading', { name: expected.name, exact: true })).toBeVisible();
      for (const fact of expected.facts) await expect(frame.locator('body')).toContainText(fact);
      await expect(frame.locator(`a[href$="/lightning/r/Account/${expected.id}/view"]`).first()).toBeVisible();
      await showEverything(frame);
      await expectRecords(frame, 'Contacts', 'Contact', expected.contacts);
      await expectRecords(frame, 'Open opportunities', 'Opportunity', expected.opportunities);
      await expectRecords(frame, 'Open tasks', 'Task', expected.tasks);
      await expectRecords(frame, 'Leads at this domain', 'Lead', expected.leads);
      await expect(frame.getByText(/^As in Salesforce/)).toBeVisible();
      await page.close();
    });
  }
});

test('offers the Accounts of one domain as a list, customers first, and switches between them', async () => {
  const [domain, accounts] = pick([...accountsByDomain()].filter(([, list]) => list.length === 2));
  const page = await visit(scene, domain);
  const frame = await openSidebar(page);
  const chooser = frame.getByRole('navigation');
  await expect(chooser.getByRole('button')).toHaveCount(2);
  const listed = await chooser.getByRole('button').allInnerTexts();
  for (const account of accounts) expect(listed.some((text) => text.includes(String(account.Name)))).toBe(true);
  const other = chooser.getByRole('button', { disabled: false }).nth(1);
  const name =
    accounts
      .map((row) => String(row.Name))
      .sort((a, b) => b.length - a.length)
      .find((one) => listed[1]?.includes(one)) ?? 'none of them';
  await other.click();
  await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
  await page.close();
});

test('leaves a page without a match exactly as it was', async () => {
  const page = await visit(scene, 'nobody-knows-this-company.com', 'Nobody knows');
  const asked = await page.evaluate(() => document.documentElement.outerHTML);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByText('is not in your CRM')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(asked);
  expect(asked).toBe(
    '<html lang="en"><head><title>Nobody knows</title></head><body><h1>Nobody knows</h1><p>A page.</p></body></html>',
  );
  await popup.close();
  await page.close();
});

test('creates a Lead from an unknown site, prefilled, and has it in the copy at once', async () => {
  const page = await visit(scene, 'www.brand-new-prospect.com', 'Brand New Prospect | Home');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByLabel(/^Website/)).toHaveValue('https://www.brand-new-prospect.com');
  await expect(popup.getByLabel(/^Company/)).toHaveValue('Brand New Prospect');

  await test.step('what is missing stands beside its field, and nothing is sent', async () => {
    const before = rows('Lead').length;
    await popup.getByRole('button', { name: 'Create lead' }).click();
    await expect(popup.getByLabel(/^Last Name/)).toHaveAttribute('aria-invalid', 'true');
    await expect(popup.getByText('Choose why this person may be stored.')).toBeVisible();
    expect(rows('Lead').length).toBe(before);
  });

  await test.step('what the CRM refuses stands beside its field, and what was typed stays', async () => {
    await popup.getByLabel(/^First Name/).fill('Nova');
    await popup.getByLabel(/^Last Name/).fill('Prospect');
    await popup.getByLabel(/^Phone/).fill('call me maybe');
    await popup.getByRole('radio', { name: /Legitimate interest/ }).check();
    await popup.getByLabel(/For what purpose/).fill('She runs purchasing and her work address is published for enquiries.');
    await popup.getByRole('button', { name: 'Create lead' }).click();
    await expect(popup.getByLabel(/^Phone/)).toHaveAttribute('aria-invalid', 'true');
    const rule = scene.sandbox.rules.validation.find((one) => one.object === 'Lead');
    await expect(popup.getByText(String(rule?.message))).toBeVisible();
    await expect(popup.getByLabel(/^Last Name/)).toHaveValue('Prospect');
  });

  await popup.getByLabel(/^Phone/).fill('+1 555 0100');
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByText('Lead created')).toBeVisible();
  const created = rows('Lead').find((row) => row.LastName === 'Prospect' && row.Company === 'Brand New Prospect');
  expect(created).toMatchObject({
    FirstName: 'Nova',
    Website: 'https://www.brand-new-prospect.com',
    OwnerId: scene.sandbox.org.userId,
  });
  expect(String(created?.Description)).toContain('Art. 6(1)(f) GDPR, legitimate interest');
  await expect(popup.getByRole('link', { name: /Open in Salesforce/ })).toHaveAttribute(
    'href',
    new RegExp(`/lightning/r/Lead/${created?.Id}/view$`),
  );

  await test.step('it is in the copy: the popup lists it for the site', async () => {
    await popup.reload();
    await expect(popup.getByText('Nova Prospect')).toBeVisible();
  });

  await test.step('a second one is shown as a duplicate, with the record it would double', async () => {
    scene.sandbox.org.update('Lead', String(created?.Id), { Email: 'nova@brand-new-prospect.com' });
    await popup.getByRole('button', { name: 'Create lead' }).click();
    await popup.getByLabel(/^Last Name/).fill('Prospect');
    await popup.getByLabel(/^Email/).fill('nova@brand-new-prospect.com');
    await popup.getByRole('radio', { name: /Contract/ }).check();
    await popup.getByRole('button', { name: 'Create lead' }).click();
    await expect(popup.locator(`a[href$="/lightning/r/Lead/${created?.Id}/view"]`).first()).toBeVisible();
    await expect(popup.getByLabel(/^Email/)).toHaveValue('nova@brand-new-prospect.com');
  });
  await popup.close();
  await page.close();
});

test('asks only for what changed when it syncs again', async () => {
  const { org, log } = scene.sandbox;
  const [, [row] = []] = pick([...accountsByDomain()].filter(([, list]) => list.length === 1));
  const host = row ? hostOf(row) : null;
  if (!row || !host) throw new Error('no Account with a website');
  org.update('Account', String(row.Id), { Name: 'Renamed While Nobody Looked' });
  log.clear();
  await options.bringToFront();
  await syncNow(options);
  const asked = log.matching(/\/composite/).map((request) => decodeURIComponent(request.body));
  const queries = asked.join().match(/SELECT Id,[^"]*/g) ?? [];
  expect(queries).toHaveLength(6);
  for (const query of queries) expect(query).toMatch(/ WHERE SystemModstamp >= /);
  expect(log.matching(/\/services\/data\//).length).toBeLessThanOrEqual(6);
  const page = await visit(scene, host);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: 'Renamed While Nobody Looked' })).toBeVisible();
  await page.close();
});

test('disconnects in one click and one confirmation: revoked, deleted, gone from every tab, with a receipt', async () => {
  const domains = [...accountsByDomain()].filter(([, list]) => list.length === 1);
  const pages = [await visit(scene, pick(domains)[0]), await visit(scene, pick(domains)[0])];
  for (const page of pages) await overlayHost(page).waitFor({ state: 'attached' });
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, pages[0])}`);
  await popup.getByRole('button', { name: 'Disconnect…' }).click();
  const dialog = popup.getByRole('dialog');
  await expect(dialog).toContainText(rows('Contact').length.toLocaleString('en-US'));
  await dialog.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(popup.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await expect(popup.getByText('Salesforce confirmed that the access is revoked.')).toBeVisible();
  await expect(popup.getByText('The key is destroyed.')).toBeVisible();
  await expect(popup.getByText(/the store was looked at and found gone/)).toBeVisible();
  for (const page of pages) await expect(overlayHost(page)).toHaveCount(0);
  expect(scene.sandbox.log.matching(/POST .*oauth2\/revoke/)).toHaveLength(1);
  const own = scene.sandbox.tokens.issued.filter(
    (token) => token.clientId === scene.sandbox.clientApp.clientId && /^(?:access|refresh)$/.test(token.kind),
  );
  expect(own.length).toBeGreaterThan(1);
  expect(own.filter((token) => !token.revoked)).toEqual([]);
  const left = () =>
    popup.evaluate(async () => {
      const buckets = (navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } }).storageBuckets;
      return {
        buckets: await buckets.keys(),
        stored: await chrome.storage.local.get(null),
        session: await chrome.storage.session.get(null),
        granted: await chrome.permissions.getAll(),
      };
    });
  // The popup has shown the receipt, so that it need not wait for anybody.
  await expect.poll(left).toEqual({
    buckets: [],
    stored: { connections: [], settings: expect.objectContaining({ setup: 'about' }) },
    session: {},
    granted: { origins: [], permissions: expect.any(Array) },
  });
});

test('has talked to the CRM and the visited sites only', async () => {
  const strangers = scene.server.log.strangers().map(({ host, path }) => host + path);
  expect(strangers).toEqual([]);
  const called = scene.server.log.requests.filter((request) => request.origin?.startsWith('chrome-extension://'));
  expect([...new Set(called.map(({ host }) => host))].sort()).toEqual(
    ['login.salesforce.com', new URL(scene.sandbox.myDomainUrl).host].sort(),
  );
});
