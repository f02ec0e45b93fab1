import { expect, type Frame, type Locator, type Page, test } from '@playwright/test';
import { inWorker, stopWorker } from '../world/extension-worker.ts';
import { hostOf, runSeed, seeded } from './expected.ts';
import { connect, openScene, openSidebar, type Scene, showEverything, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/** Somebody who objects to being contacted, in the built extension: told to the CRM, and obeyed in every view, whatever the CRM says. */
test.describe.configure({ mode: 'serial' });

type Row = Record<string, unknown>;
let scene: Scene;
let options: Page;
let host: string;
let people: Row[];

const row = (person: Row) => scene.sandbox.org.rows('Contact').find(({ Id }) => Id === person.Id);
const part = () => options.getByRole('region', { name: 'A person’s rights' });
const dialog = () => options.getByRole('dialog');

async function find(person: Row): Promise<void> {
  await options.goto(`chrome-extension://${scene.extensionId}/options.html#privacy`);
  await options.reload();
  await part().getByRole('textbox').fill(String(person.Email));
  await part().getByRole('button', { name: 'Find', exact: true }).click();
  await expect(part().getByRole('status')).toHaveText('1 record found');
}

async function object(person: Row): Promise<void> {
  await find(person);
  await part().getByRole('button', { name: 'Objects to contact…' }).click();
  await expect(dialog()).toContainText(String(person.Name));
  await dialog().getByRole('button', { name: 'Note objection' }).click();
  await expect(part().getByText('Noted. No view offers to contact this person any more.')).toBeVisible();
}

const rowOf = (view: Page | Frame, person: Row): Locator =>
  view.getByRole('listitem').filter({ has: view.getByRole('link', { name: String(person.Name), exact: true }) });

async function sidebar(): Promise<{ site: Page; view: Frame }> {
  const site = await visit(scene, host);
  const view = await openSidebar(site);
  await showEverything(view);
  return { site, view };
}

/** Neither link nor copy button nor address, and the reason in words. */
async function isLeftAlone(view: Page | Frame, person: Row): Promise<void> {
  const one = rowOf(view, person);
  await expect(one.getByText('Objected to being contacted')).toBeVisible();
  await expect(one.getByRole('button', { name: /^Copy/ })).toHaveCount(0);
  await expect(one.locator('a[href^="mailto:"], a[href^="tel:"]')).toHaveCount(0);
  await expect(one.getByText(String(person.Email))).toHaveCount(0);
}

/** Lets the worker believe, as the browser would tell it, that there is no network. */
const goOffline = () =>
  inWorker(
    scene.browser.context,
    scene.extensionId,
    (there: boolean) => Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => there }),
    false,
  );

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { seed: 5, accounts: 300 } });
  const all = [...scene.sandbox.org.rows('Contact'), ...scene.sandbox.org.rows('Lead')];
  const isAlone = (one: Row) =>
    Boolean(one.Email) &&
    /^[A-Za-z]{3,} [A-Za-z]{4,}$/.test(String(one.Name)) &&
    all.filter((other) => other.Name === one.Name || other.Email === one.Email).length === 1;
  const accounts = scene.sandbox.org.rows('Account');
  const places = accounts.flatMap((account) => {
    const site = hostOf(account);
    const here = scene.sandbox.org.rows('Contact').filter((one) => one.AccountId === account.Id && isAlone(one));
    return site && accounts.filter((one) => hostOf(one) === site).length === 1 && here.length >= 4 ? [{ site, here }] : [];
  });
  const chosen = places[Math.floor(seeded(runSeed())() * places.length)];
  if (!chosen) throw new Error('The sandbox has no four such colleagues.');
  ({ site: host, here: people } = chosen);
  for (const one of people) scene.sandbox.org.update('Contact', String(one.Id), { HasOptedOutOfEmail: false, DoNotCall: false });
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

test('is written into the CRM, and nobody is offered to contact the person any more', async () => {
  const [person = {}, , , colleague = {}] = people;
  const before = await sidebar();
  await expect(rowOf(before.view, person).locator('a[href^="mailto:"]')).toHaveCount(1);
  await before.site.close();

  await object(person);
  await expect(part().getByText('The flags in Salesforce are set.')).toBeVisible();
  expect(row(person)).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: true });
  await expect(part().getByText('1 person has objected to being contacted')).toBeVisible();

  const { site, view } = await sidebar();
  await isLeftAlone(view, person);
  await expect(rowOf(view, colleague).locator('a[href^="mailto:"]')).toHaveCount(1);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.getByRole('combobox').fill(String(person.Email));
  const found = popup.getByRole('option').filter({ hasText: String(person.Name) });
  await expect(found).toContainText('Objected to being contacted');
  await expect(found).not.toContainText(String(person.Email));
  await popup.close();
  await site.close();
});

test('is obeyed also when somebody else clears the flags in the CRM, sync after sync', async () => {
  const [person = {}] = people;
  scene.sandbox.org.update('Contact', String(person.Id), { HasOptedOutOfEmail: false, DoNotCall: false });
  await options.getByRole('link', { name: 'Connections' }).click();
  for (let run = 0; run < 2; run += 1) await syncNow(options);
  const { site, view } = await sidebar();
  await isLeftAlone(view, person);
  await site.close();
});

test('is what a record that carries both flags in the CRM is shown with at once', async () => {
  const [, , , person = {}] = people;
  scene.sandbox.org.update('Contact', String(person.Id), { HasOptedOutOfEmail: true, DoNotCall: true });
  await options.getByRole('link', { name: 'Connections' }).click();
  await syncNow(options);
  const { site, view } = await sidebar();
  await isLeftAlone(view, person);
  await site.close();
});

test('holds here when the CRM has no place for it, and the steps are said', async () => {
  const [, person = {}] = people;
  scene.sandbox.org.schema.hideField('Contact', 'DoNotCall');
  await object(person);
  await expect(part().getByText(/Tick “Do Not Call” in the record/)).toBeVisible();
  await expect(part().getByRole('link', { name: 'Open the record' })).toHaveAttribute('href', new RegExp(String(person.Id)));
  expect(row(person)).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: false });
  const { site, view } = await sidebar();
  await isLeftAlone(view, person);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.getByRole('button', { name: '1 record needs you' }).click();
  await expect(popup.getByRole('listitem').filter({ hasText: `${person.Name}Contact` })).toContainText('Tick “Do Not Call”');
  await popup.close();
  await site.close();
});

test('is not lost when the CRM cannot be reached and the worker dies', async () => {
  const [, , person = {}] = people;
  await find(person);
  await goOffline();
  await part().getByRole('button', { name: 'Objects to contact…' }).click();
  await dialog().getByRole('button', { name: 'Note objection' }).click();
  await expect(part().getByText(/^On its way to Salesforce/)).toBeVisible();
  expect(row(person)).toMatchObject({ HasOptedOutOfEmail: false });
  await stopWorker(scene.browser.context, scene.extensionId);
  // The next worker is another one, with a network.
  const { site, view } = await sidebar();
  await isLeftAlone(view, person);
  await expect.poll(() => row(person)?.HasOptedOutOfEmail).toBe(true);
  await site.close();
});

test('somebody who was erased by mistake is let back in by their name, and is there after the sync', async () => {
  const [, , , person = {}] = people;
  await find(person);
  await part().getByRole('button', { name: 'Erase', exact: true }).click();
  await dialog().getByRole('button', { name: 'Erase here' }).click();
  await expect(part().getByRole('status')).toContainText('Nobody found');
  await expect(part().getByText('1 erased person is kept out')).toBeVisible();
  await part().getByRole('button', { name: 'Let somebody back in' }).click();
  await dialog().getByRole('textbox').fill('Nobody Ofthisname');
  await dialog().getByRole('button', { name: 'Let in' }).click();
  await expect(dialog().getByText('Nobody with this address, number or name is on the list.')).toBeVisible();
  await dialog().getByRole('textbox').fill(String(person.Name));
  await dialog().getByRole('button', { name: 'Let in' }).click();
  await expect(part().getByText(/erased person is kept out/)).toHaveCount(0);
  await expect(async () => {
    await part().getByRole('textbox').fill(String(person.Email));
    await part().getByRole('button', { name: 'Find', exact: true }).click();
    await expect(part().getByRole('status')).toHaveText('1 record found', { timeout: 2000 });
  }).toPass({ timeout: 20_000 });
});
