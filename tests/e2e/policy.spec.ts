import { rmSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { defaultSelection } from '@/lib/crm/selection';
import type { ConnectionSummary, Requests } from '@/lib/messaging/protocol';
import type { RunEntry } from '@/lib/sync/run-history';
import { stopWorker } from '../world/extension-worker.ts';
import { type Administrator, administrator } from '../world/managed-policy.ts';
import { withOwnIdentity } from '../world/own-identity.ts';
import { accountsByDomain, hostOf } from './expected.ts';
import { connect, EXTENSION_DIR, openScene, overlayHost, type Scene, showOnAllSites, tabId, visit } from './scene.ts';
import { domText, PASSPHRASE, recordTexts, send, sessionContent } from './vault-scene.ts';

/**
 * An administrator sets a policy on a machine where somebody works with Sidelight already, by the very file that Chromium reads on
 * Linux. It holds at once, every control that it takes over says so, and no view can get round it.
 */
test.describe.configure({ mode: 'serial' });

/** Chromium reads the folder some seconds after a file has changed. */
const HEARD_MS = 40_000;

let extensionDir: string;
let scene: Scene;
let options: Page;
let admin: Administrator;
let connectionId: string;
let account: { Id: string; host: string };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  extensionDir = withOwnIdentity(EXTENSION_DIR);
  const sandbox = { accounts: 60, contacts: 200, leads: 40, opportunities: 40, tasks: 40 };
  scene = await openScene({ sandbox, browser: { extensionDir } });
  const found = administrator(scene.extensionId);
  test.skip(found === null, 'needs the right to write Chromium’s policy folder (/etc/chromium/policies/managed)');
  if (found) admin = found;
  options = await connect(scene);
  await showOnAllSites(options);
  [{ id: connectionId }] = (await ask('connections.list', {})) as [ConnectionSummary];
  const [[, [row] = []] = []] = [...accountsByDomain(scene.sandbox)].filter(([, list]) => list.length === 1);
  account = { Id: String(row?.Id), host: String(row && hostOf(row)) };
});
test.afterAll(async () => {
  admin?.clear();
  await scene?.close();
  rmSync(extensionDir, { recursive: true, force: true });
});

async function ask<N extends keyof Requests>(name: N, payload: Requests[N]['in']): Promise<Requests[N]['out']> {
  const answer = await send(options, name, payload);
  if (!answer.ok) throw new Error(`${name} was answered with ${answer.code}`);
  return answer.value as Requests[N]['out'];
}

/** Sets it and waits until the browser has handed it on. */
async function setPolicy(values: Record<string, unknown>): Promise<void> {
  admin.set(values);
  const handedOn = () => options.evaluate(() => chrome.storage.managed.get(null));
  await expect.poll(handedOn, { timeout: HEARD_MS, message: 'what the browser hands on' }).toEqual(values);
}

const section = async (name: string) => {
  await options.reload();
  await options.getByRole('link', { name, exact: true }).click();
};
/** Everything that is copied when only Contacts may be, besides what always is. */
const countsAllowed = () => {
  const { org } = scene.sandbox;
  return { account: org.rows('Account').length, contact: org.rows('Contact').length, lead: 0, opportunity: 0, task: 0 };
};
const asked = (view: Page) => view.getByRole('heading', { name: 'Your organisation asks for a passphrase' });

test('a passphrase is asked for: every view shows that and nothing else, and nothing is copied meanwhile', async () => {
  const page = await visit(scene, account.host);
  await overlayHost(page).waitFor({ state: 'attached' });
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  const panel = await scene.open('sidepanel.html');
  const setup = await scene.open('setup.html');
  await setPolicy({ protection: 'passphrase', objects: ['contact'] });
  for (const view of [options, popup, panel, setup]) {
    await expect(asked(view)).toBeVisible();
    const text = await domText(view);
    expect(
      recordTexts(scene, account.Id).filter((one) => text.includes(one)),
      'records in the page',
    ).toEqual([]);
  }
  await expect(overlayHost(page)).toHaveCount(0);
  await expect.poll(() => sessionContent(options)).toEqual({});
  await stopWorker(scene.browser.context, scene.extensionId);
  const calls = scene.sandbox.log.matching(/services\/data/).length;
  for (const name of ['connections.list', 'selection.get', 'sync.start', 'site.state', 'account.view', 'vault.configure']) {
    for (const view of [options, popup, panel, setup]) {
      const code = (await send(view, name, { connectionId })).code;
      expect(['vault.locked', 'message.refused'], `${name} was answered with ${code}`).toContain(code);
    }
  }
  expect(scene.sandbox.log.matching(/services\/data/), 'calls of the CRM').toHaveLength(calls);
  for (const view of [page, popup, panel, setup]) await view.close();
});

test('when it is set, everything is encrypted anew and shown, and what may not be copied any more is gone', async () => {
  await options.getByLabel('New passphrase', { exact: true }).fill(PASSPHRASE);
  await options.getByLabel('New passphrase again', { exact: true }).fill(PASSPHRASE);
  await options.getByRole('button', { name: 'Set passphrase', exact: true }).click();
  await expect(options.getByText('Connected as')).toBeVisible({ timeout: 60_000 });
  await send(options, 'sync.start', { connectionId });
  await expect
    .poll(async () => (await ask('connections.list', {}))[0]?.counts, { timeout: 60_000 })
    .toMatchObject(countsAllowed());
});

test('what the organisation has set is shown as such, and its controls are off', async () => {
  await setPolicy({
    consumerKey: scene.sandbox.clientApp.clientId,
    loginHosts: ['login.salesforce.com', 'http://not-a-host'],
    protection: 'passphrase',
    maxIdleMinutes: 10,
    maxKeepDays: 30,
    overlay: 'tab',
    objects: ['contact'],
    fields: { contact: ['Email'] },
    neverSites: [account.host],
    neverKinds: ['banking'],
  });
  await section('Connections');
  await options.getByRole('button', { name: 'Connect another organisation' }).click();
  const key = options.getByLabel(/Consumer key/);
  await expect(key).toHaveValue(scene.sandbox.clientApp.clientId);
  await expect(key).not.toBeEditable();
  await expect(options.getByRole('radio', { name: 'login.salesforce.com' })).toHaveCount(1);
  await expect(options.getByRole('radio', { name: /With my own Salesforce login/ })).toBeDisabled();
  await expect(options.getByText('these settings of the organisation do not fit and are left out: loginHosts[1]')).toBeVisible();
  await options.locator('summary', { hasText: 'What is copied' }).click();
  await expect(options.getByRole('checkbox', { name: 'Leads', exact: true })).toBeDisabled();
  await options.getByRole('button', { name: 'Fields of Contacts' }).click();
  await expect(options.getByRole('checkbox', { name: 'Title' })).toBeDisabled();
  await expect(options.getByRole('checkbox', { name: 'Email', exact: true })).toBeEnabled();

  await section('Site access');
  await expect(options.getByRole('radio', { name: /Show a tab at the edge of the page/ })).toBeDisabled();
  await expect(options.getByRole('checkbox', { name: 'Banks and payment' })).toBeDisabled();
  await expect(options.getByText(account.host)).toBeVisible();

  await section('Protection');
  await expect(options.getByRole('button', { name: 'Remove passphrase…' })).toBeDisabled();
  await expect(options.getByText('after 10 minutes at the latest')).toBeVisible();
  await expect(options.getByLabel('Lock without input').locator('option')).toHaveText(['After 5 minutes', 'After 10 minutes']);
  await expect(options.getByText('Set by your organisation').first()).toBeVisible();
});

test('how long a copy is kept is shown as set, and only less may be chosen', async () => {
  await section('Privacy');
  await expect(options.getByText('Set by your organisation: after 30 days at the latest.')).toBeVisible();
  const kept = options.getByRole('region', { name: 'A copy that nothing updates' }).locator('option');
  await expect(kept).toHaveText([/7 days/, /30 days/]);
});

test('what is set is shown as such on the setup page too', async () => {
  const setup = await scene.open('setup.html');
  await send(setup, 'setup.go', { step: 'protection' });
  await setup.reload();
  await expect(setup.getByText('Your organisation asks for a passphrase, so it cannot be removed.')).toBeVisible();
  await expect(setup.getByRole('button', { name: 'Remove passphrase…' })).toBeDisabled();
  await setup.close();
});

test('no message of any view gets round it', async () => {
  const views = await Promise.all(['popup.html', 'sidepanel.html', 'sidebar.html'].map((path) => scene.open(path)));
  const attempts: readonly (readonly [name: string, payload: object])[] = [
    ['vault.removePassphrase', { current: PASSPHRASE }],
    ['vault.configure', { idleMinutes: 0 }],
    ['vault.configure', { idleMinutes: 11 }],
    ['privacy.retain', { keepDays: 0 }],
    ['privacy.retain', { keepDays: 90 }],
    ['connections.connectByKey', { crm: 'espocrm', address: 'crm.example.com', apiKey: 'key' }],
    ['overlay.configure', { mode: 'open' }],
    ['connections.connect', { crm: 'salesforce', loginHost: 'test.salesforce.com', clientId: scene.sandbox.clientApp.clientId }],
    ['connections.connect', { crm: 'salesforce', loginHost: 'login.salesforce.com', clientId: 'another app' }],
    ['connections.connectByTab', { crm: 'salesforce', host: new URL(scene.sandbox.myDomainUrl).host }],
  ];
  for (const [name, payload] of attempts) {
    expect(await send(options, name, payload), name).toEqual({ ok: false, code: 'policy.refused' });
    for (const view of views) expect(await send(view, name, payload), name).toEqual({ ok: false, code: 'message.refused' });
  }
  const setup = await scene.open('setup.html');
  for (const [name, payload] of attempts) {
    const code = (await send(setup, name, payload)).code;
    expect(['policy.refused', 'message.refused'], `${name} was answered with ${code}`).toContain(code);
  }
  for (const view of [...views, setup]) await view.close();

  // It may be asked for, and is held within the limits all the same.
  const everything = defaultSelection();
  everything.objects.contact.extra = [{ name: 'Description', label: 'Description' }];
  const before = (await ask('sync.history', { connectionId }))[0] as RunEntry | undefined;
  await ask('selection.save', { connectionId, selection: everything });
  const { objects } = await ask('selection.get', { connectionId });
  expect(objects).toMatchObject({ lead: { wanted: false }, task: { wanted: false }, contact: { wanted: true, extra: [] } });
  await expect
    .poll(async () => (await ask('sync.history', { connectionId }))[0]?.startedAt, { timeout: 60_000 })
    .not.toBe(before?.startedAt);
  await expect.poll(async () => (await ask('connections.list', {}))[0]?.sync.running, { timeout: 60_000 }).toBeNull();
  expect((await ask('connections.list', {}))[0]?.counts).toMatchObject(countsAllowed());
  expect(await asPopup('account.view', { connectionId, accountId: account.Id })).toMatchObject({
    ok: true,
    value: { leads: [], opportunities: [], tasks: [] },
  });
});

test('a file of settings does not get round it either', async () => {
  const { text } = await ask('backup.make', {});
  const file = JSON.parse(text);
  Object.assign(file.settings, { idleMinutes: 0, keepDays: 0, overlay: 'open', syncHours: 12 });
  file.never = [];
  for (const choice of file.selections) {
    for (const object of ['lead', 'opportunity', 'task']) choice.objects[object].wanted = true;
    choice.objects.contact = { wanted: true, without: [], extra: [{ name: 'Description', label: 'Description' }] };
  }
  const held = { idleMinutes: 10, keepDays: 30, overlay: 'tab' };
  const { changes } = await ask('backup.apply', { text: JSON.stringify(file) });
  for (const setting of Object.keys(held))
    expect(changes, setting).toContainEqual(expect.objectContaining({ setting, held: true }));
  expect(JSON.parse((await ask('backup.make', {})).text).settings).toMatchObject({ ...held, syncHours: 12 });
  const { objects } = await ask('selection.get', { connectionId });
  expect(objects).toMatchObject({ lead: { wanted: false }, task: { wanted: false }, contact: { extra: [] } });
  await expect.poll(async () => (await ask('connections.list', {}))[0]?.sync.running, { timeout: 60_000 }).toBeNull();
  expect((await ask('connections.list', {}))[0]?.counts).toMatchObject(countsAllowed());
});

async function asPopup(name: string, payload: object) {
  const popup = await scene.open('popup.html');
  const answer = await send(popup, name, payload);
  await popup.close();
  return answer;
}

test('fields that are not allowed are in no record, and the never list holds whatever was decided', async () => {
  const { value } = (await asPopup('account.view', { connectionId, accountId: account.Id })) as {
    value: { contacts: { email: string | null; title: string | null; phone: string | null }[] };
  };
  expect(value.contacts.some(({ email }) => email)).toBe(true);
  for (const { title, phone } of value.contacts) expect([title, phone]).toEqual([null, null]);

  const page = await visit(scene, account.host);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await expect(popup.getByText('Your organisation has set that nothing is looked up here.')).toBeVisible();
  const tab = await tabId(scene, page);
  const link = { tabId: tab, kind: 'link', connectionId, accountId: account.Id };
  expect(await send(popup, 'site.decide', link)).toMatchObject({ ok: true });
  await ask('decisions.never', { never: [] });
  expect(await send(popup, 'site.state', { tabId: tab })).toMatchObject({ value: { kind: 'silenced', why: 'policy' } });
  expect(await send(popup, 'site.suggestions', { tabId: tab })).toEqual({ ok: true, value: [] });
  const form = { connectionId, object: 'contact', tabId: tab, text: null, link: null };
  expect(await send(popup, 'creation.prefill', form), 'no page is read').toMatchObject({ value: { page: null } });
  // There may be no new record either of a kind that may not be copied.
  expect(await send(popup, 'creation.objects', {})).toMatchObject({ ok: true, value: expect.not.arrayContaining(['lead']) });
  expect(await send(popup, 'creation.form', { ...form, object: 'lead' })).toEqual({ ok: false, code: 'policy.refused' });
  await expect(overlayHost(page)).toHaveCount(0);
  await popup.close();
  await page.close();
});

test('a login that is not allowed any more asks the CRM for nothing, and cannot be made again', async () => {
  await setPolicy({ protection: 'passphrase', loginHosts: ['acme.my.salesforce.com'] });
  const calls = () => scene.sandbox.log.matching(/services\/data/).length;
  await expect
    .poll(async () => (await ask('connections.list', {}))[0]?.sync.lastError?.code, { timeout: 30_000 })
    .toBe('policy.login');
  const before = calls();
  expect(await send(options, 'selection.fields', { connectionId, object: 'contact' })).toEqual({
    ok: false,
    code: 'policy.login',
  });
  expect(await send(options, 'connections.reconnect', { connectionId })).toEqual({ ok: false, code: 'policy.refused' });
  expect(calls()).toBe(before);
  await section('Connections');
  await expect(options.getByText('Your organisation no longer allows this login to Salesforce.')).toBeVisible();
});

test('without a policy everything is the user’s own again', async () => {
  admin.clear();
  await expect.poll(() => options.evaluate(() => chrome.storage.managed.get(null)), { timeout: HEARD_MS }).toEqual({});
  await section('Protection');
  await expect(options.getByRole('button', { name: 'Remove passphrase…' })).toBeEnabled();
  await expect(options.getByText('Set by your organisation')).toHaveCount(0);
  expect((await ask('selection.get', { connectionId })).objects.lead.wanted, 'what was asked for meanwhile').toBe(true);
  expect(await send(options, 'vault.configure', { idleMinutes: 0 })).toMatchObject({ ok: true, value: { idleMinutes: 0 } });
});
