import { expect, type Page, test } from '@playwright/test';
import type { Receipt } from '@/lib/messaging/protocol';
import { openProtectionScene, type ProtectionScene } from '../world/kill/protection-scene.ts';
import { runSeed } from './expected.ts';
import { lockedHeading, PASSPHRASE } from './vault-scene.ts';

/**
 * A disconnect whose browser is closed in the middle ends at the next start, where nobody asked for a receipt. It waits to be
 * seen, also while Sidelight is locked, says what is to be done by hand, and names nobody.
 */
test.describe.configure({ mode: 'serial' });
const ORG = { accounts: 40, contacts: 120, leads: 20, opportunities: 20, tasks: 20 };
const BEFORE_REVOKE = { at: '^fetch POST .*revoke' };
const AFTER_REVOKE = { at: '^bucket deleted' };
const seed = runSeed();

let scene: ProtectionScene;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  scene = await openProtectionScene({ seed, ...ORG });
});
test.afterAll(async () => scene?.close());

const living = () => scene.scene.sandbox.tokens.issued.filter(({ kind, revoked }) => kind === 'refresh' && !revoked).length;
const settled = () => expect.poll(() => scene.strays(), { timeout: 60_000 }).toEqual([]);

/** Stops at the trap, closes the browser there and opens it again. */
async function cutOff(trap: { at: string }): Promise<void> {
  const connection = await scene.connection();
  await scene.traps().set(trap);
  scene.begin('connections.disconnect', { connectionId: connection?.id ?? '' });
  await scene.traps().caught();
  await scene.killer().kill();
  await scene.restartBrowser();
}

async function receipts(): Promise<Receipt[]> {
  const answer = await scene.ask<Receipt[]>('receipts.list');
  if (!answer.ok) throw new Error(answer.code);
  return answer.value;
}

async function expectNobodyNamed(options: Page): Promise<void> {
  const stored = JSON.stringify(await options.evaluate(() => chrome.storage.local.get(null)));
  const { org, myDomainUrl } = scene.scene.sandbox;
  const user = org.find('User', org.userId);
  for (const name of [user?.Name, user?.Username, org.id, org.userId, new URL(myDomainUrl).host, 'northwind']) {
    expect(stored.toLowerCase()).not.toContain(String(name).toLowerCase());
  }
}

const receiptIn = (page: Page) => page.locator('section', { has: page.getByRole('heading', { name: 'Disconnected' }) });

test('with the device key: the next start ends the access, and the receipt says so until it is dismissed', async () => {
  await scene.connect();
  await cutOff(BEFORE_REVOKE);
  await expect.poll(async () => (await receipts()).length).toBe(1);
  await settled();
  expect(living()).toBe(0);
  const popup = await scene.scene.open('popup.html');
  await expect(popup.getByText('A disconnect has ended.', { exact: false })).toBeVisible();
  const options = await scene.scene.open('options.html');
  await expectNobodyNamed(options);
  await expect(receiptIn(options)).toContainText('Salesforce confirmed that the access is revoked.');
  await expect(receiptIn(options)).toContainText('The key is destroyed.');
  await expect(receiptIn(options)).toContainText('120');
  await options.reload();
  await receiptIn(options).getByRole('button', { name: 'Done' }).click();
  await expect(receiptIn(options)).toHaveCount(0);
  await expect(popup.getByText('A disconnect has ended.', { exact: false })).toHaveCount(0);
  await options.reload();
  await expect(options.getByRole('heading', { name: 'Connect Salesforce' })).toBeVisible();
  await expect(receiptIn(options)).toHaveCount(0);
  await popup.close();
  await options.close();
});

test('behind the CRM’s answer: the receipt does not forget that the access is ended', async () => {
  await scene.connect();
  await cutOff(AFTER_REVOKE);
  await expect.poll(async () => (await receipts()).length).toBe(1);
  await settled();
  expect(await receipts()).toMatchObject([
    { revocation: 'confirmed', userName: '', orgName: '', verified: { bucketGone: true, keyGone: true } },
  ]);
  expect((await receipts())[0]?.counts.contact).toBe(120);
  expect(living()).toBe(0);
  await scene.ask('receipts.dismiss', { id: (await receipts())[0]?.id });
  expect(await receipts()).toEqual([]);
});

test('a receipt that is seen where the disconnect was asked for does not wait for anybody', async () => {
  await scene.connect();
  const options = await scene.scene.open('options.html');
  await options.getByRole('button', { name: 'Disconnect…' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(receiptIn(options)).toHaveCount(1);
  await expect.poll(receipts).toEqual([]);
  await options.reload();
  await expect(options.getByRole('heading', { name: 'Connect Salesforce' })).toBeVisible();
  await expect(receiptIn(options)).toHaveCount(0);
  await options.close();
});

test('with a passphrase: everything is deleted while it is locked, and the receipt says above the lock what is left to do', async () => {
  await scene.connect();
  const set = await scene.ask('vault.setPassphrase', { passphrase: PASSPHRASE, current: null });
  expect(set).toMatchObject({ ok: true, value: { kind: 'unlocked' } });
  await cutOff(BEFORE_REVOKE);
  await expect.poll(async () => (await receipts()).length).toBe(1);
  expect((await scene.state()).locked).toBe('start');
  const options = await scene.scene.open('options.html');
  await expect(lockedHeading(options)).toBeVisible();
  await expect(receiptIn(options)).toContainText('The login could not be read, so the access is not revoked.');
  await expect(receiptIn(options)).toContainText('among the connected apps');
  await expect(receiptIn(options)).toContainText('The key is destroyed.');
  await expectNobodyNamed(options);
  expect(living(), 'refresh tokens that the user has to end by hand').toBe(1);
  const popup = await scene.scene.open('popup.html');
  await expect(popup.getByText('A disconnect has ended.', { exact: false })).toBeVisible();
  await receiptIn(options).getByRole('button', { name: 'Done' }).click();
  await expect(receiptIn(options)).toHaveCount(0);
  await expect(popup.getByText('A disconnect has ended.', { exact: false })).toHaveCount(0);
  await settled();
});
