import { expect, type Page, test } from '@playwright/test';
import { describeScan, scanProfile } from '../world/profile-scan.ts';
import { openScene, type Scene, synced, syncNow } from './scene.ts';

/** Connecting with the login of a signed-in tab, for as long as it lives. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let crm: Page;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 60 } });
  options = await scene.open('options.html');
  crm = await scene.browser.context.newPage();
});
test.afterAll(async () => {
  await scene?.close();
});

const sids = () => scene.sandbox.tokens.issued.filter(({ kind }) => kind === 'session').map(({ value }) => value);
const calledWith = () =>
  scene.sandbox.log.requests
    .filter(({ path }) => path.startsWith('/services/data'))
    .map(({ headers }) => (headers.authorization ?? '').replace('Bearer ', ''));

async function signIn(): Promise<void> {
  await crm.goto(scene.sandbox.myDomainUrl);
  await crm.locator('#password').fill('correct horse');
  await crm.locator('#Login').click();
  await crm.waitForURL(/lightning\.force\.com/);
}

async function connectByTab(): Promise<void> {
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
}

test('says what it means, and does not connect while nobody is signed in', async () => {
  await options.getByRole('radio', { name: /With my own Salesforce login/ }).check();
  await expect(options.getByText('That login may do everything that you may do in Salesforce.')).toBeVisible();
  await options.getByLabel(/Address of your Salesforce/).fill(`${scene.sandbox.lightningUrl}/lightning/page/home`);
  await connectByTab();
  await expect(options.getByText('Sign in to Salesforce in a tab, then press Connect again.')).toBeVisible();
});

test('connects and syncs with the session of the tab, and leaves no token of it on the disk', async () => {
  await signIn();
  await connectByTab();
  await synced(options);
  await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  expect(new Set(calledWith())).toEqual(new Set(sids()));
});

test('says to sign in when the user has logged out, and goes on by itself when they are back', async () => {
  await crm.goto(`${scene.sandbox.myDomainUrl}/secur/logout.jsp`);
  await options.bringToFront();
  await syncNow(options);
  await expect(options.getByText('Reconnect needed')).toBeVisible();
  await expect(options.getByText(/^Your own login at Salesforce is used/)).toBeVisible();
  const [account] = scene.sandbox.org.rows('Account');
  scene.sandbox.org.update('Account', String(account?.Id), { Name: 'Renamed Meanwhile' });
  await signIn();
  await options.reload();
  await expect(options.getByText('Connected', { exact: true })).toBeVisible();
  await synced(options);
  expect(calledWith().at(-1)).toBe(sids().at(-1));
});

test('forgets the login at disconnect, which goes on, and no token is in a file of the profile that is Sidelight’s', async () => {
  const revoked = () => scene.sandbox.log.requests.filter(({ path }) => path === '/services/oauth2/revoke').length;
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await expect(options.getByText('You stay signed in to your CRM.').first()).toBeVisible();
  await options.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByText('The access was your own login at Salesforce, so there is nothing to revoke.')).toBeVisible();
  expect(revoked()).toBe(0);
  expect(scene.sandbox.tokens.issued.filter(({ kind, revoked: ended }) => kind === 'session' && !ended)).toHaveLength(1);
  await options.getByRole('button', { name: 'Done' }).click();
  await connectByTabAgain();
  await scene.suspend();
  const scan = scanProfile(
    scene.browser.profileDir,
    sids().map((value) => ({ label: 'session', value })),
  );
  // The browser's own cookie jar is where the session lives; everything else would be ours.
  const ours = scan.hits.filter(({ file }) => !/(?:^|\/)Cookies(?:-journal|-wal)?$/.test(file));
  expect(ours, describeScan({ ...scan, hits: ours })).toEqual([]);
  await scene.resume();
});

/** The copy is there while the disk is looked at. */
async function connectByTabAgain(): Promise<void> {
  await options.getByRole('radio', { name: /With my own Salesforce login/ }).check();
  await options.getByLabel(/Address of your Salesforce/).fill(new URL(scene.sandbox.myDomainUrl).host);
  await connectByTab();
  await synced(options);
}
