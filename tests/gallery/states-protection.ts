import type { Page } from '@playwright/test';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { ago } from './fixtures/now.ts';
import { READY } from './fixtures/connection.ts';
import { DEVICE, OPEN, RECEIPTS, WITH_PASSKEYS } from './fixtures/vault.ts';
import { emit, expectFocus, no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const GOOD = 'harbour velvet pelican thirteen';

export const protection = (
  name: string,
  state: VaultState | VaultState[],
  answers: Answers = {},
  act?: (page: Page) => Promise<void>,
): State =>
  options(`protection-${name}`, { 'vault.state': [state].flat().map(ok), 'connections.list': ok([READY]), ...answers }, act, {
    section: 'protection',
  });

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function fill(page: Page, fresh = GOOD, again = fresh): Promise<void> {
  await page.getByLabel('New passphrase', { exact: true }).fill(fresh);
  await page.getByLabel('New passphrase again', { exact: true }).fill(again);
}

async function set(page: Page): Promise<void> {
  await press(page, 'Set a passphrase…');
  await fill(page);
  await press(page, 'Set passphrase');
}

async function change(page: Page): Promise<void> {
  await press(page, 'Change passphrase…');
  await page.getByLabel('Present passphrase').fill('the old one');
  await fill(page);
  await press(page, 'Change passphrase');
}

async function remove(page: Page): Promise<void> {
  await press(page, 'Remove passphrase…');
  await page.getByLabel('Present passphrase').fill('the old one');
  await press(page, 'Remove passphrase');
}

const askReset = (page: Page) => press(page, 'Disconnect all and reset Sidelight…');

async function reset(page: Page): Promise<void> {
  await askReset(page);
  await press(page, 'Disconnect all and reset');
  await page.getByRole('heading', { name: 'Sidelight is reset' }).waitFor();
  await expectFocus(page, 'Sidelight is reset');
}

export const protectionStates: State[] = [
  protection('device', DEVICE),
  protection('set', DEVICE, {}, async (page) => {
    await press(page, 'Set a passphrase…');
    await page.getByLabel('New passphrase', { exact: true }).pressSequentially('harbour');
    await page.getByText('5 more characters are needed.').waitFor();
  }),
  protection('set-weak', DEVICE, {}, async (page) => {
    await press(page, 'Set a passphrase…');
    await fill(page, 'short');
    await press(page, 'Set passphrase');
    await page.getByText('too easy to guess').first().waitFor();
  }),
  protection('set-weak-refused', DEVICE, { 'vault.setPassphrase': no('vault.passphrase-weak') }, async (page) => {
    await set(page);
    await page.getByText('too easy to guess').first().waitFor();
  }),
  protection('set-not-same', DEVICE, {}, async (page) => {
    await press(page, 'Set a passphrase…');
    await fill(page, GOOD, 'something else');
    await press(page, 'Set passphrase');
    await page.getByText('The two are not the same.').waitFor();
  }),
  protection('set-progress', DEVICE, { 'vault.setPassphrase': 'never' }, async (page) => {
    await set(page);
    await emit(page, 'vault.progress', { to: 'passphrase', why: 'asked', share: 0.42 });
    await page.getByText('42%').waitFor();
  }),
  protection('set-failed', DEVICE, { 'vault.setPassphrase': no('vault.change-failed') }, async (page) => {
    await set(page);
    await page.getByRole('alert').filter({ hasText: 'could not be changed' }).waitFor();
  }),
  protection('set-done', [DEVICE, OPEN], { 'vault.setPassphrase': ok({ kind: 'unlocked' }) }, async (page) => {
    await set(page);
    await page.getByText('The passphrase is set.').waitFor();
    await page.getByRole('button', { name: 'Change passphrase…' }).waitFor();
    await expectFocus(page, 'The passphrase is set.');
  }),
  protection('under-way', { ...DEVICE, change: { to: 'passphrase', why: 'asked', share: 0.17 } }),
  protection('rotation', { ...OPEN, change: { to: 'passphrase', why: 'rotation', share: 0.5 } }),
  protection('passphrase', OPEN),
  protection('less-memory', { ...OPEN, kdf: 'pbkdf2-sha256' }),
  protection('change-wrong', OPEN, { 'vault.setPassphrase': ok({ kind: 'wrong', retryAt: null }) }, async (page) => {
    await change(page);
    await page.getByRole('alert').filter({ hasText: 'This is not the passphrase.' }).waitFor();
  }),
  protection('change-wait', OPEN, { 'vault.setPassphrase': ok({ kind: 'wait', retryAt: ago(-1) }) }, async (page) => {
    await change(page);
    await page.getByText('You can try again in 1:00.').waitFor();
  }),
  protection('remove', WITH_PASSKEYS, {}, (page) => press(page, 'Remove passphrase…')),
  protection('remove-done', [OPEN, DEVICE], { 'vault.removePassphrase': ok({ kind: 'unlocked' }) }, async (page) => {
    await remove(page);
    await page.getByText('The passphrase is removed.').waitFor();
  }),
  protection('idle-changed', OPEN, { 'vault.configure': ok({ ...OPEN, idleMinutes: 0 }) }, async (page) => {
    await page.getByLabel('Lock without input').selectOption('0');
    await page.waitForFunction(() => document.querySelector('select')?.value === '0');
  }),
  protection('idle-failed', OPEN, { 'vault.configure': no('vault.busy') }, async (page) => {
    await page.getByLabel('Lock without input').selectOption('60');
    await page.getByRole('alert').waitFor();
  }),
  protection('reset', OPEN, {}, askReset),
  protection('reset-receipts', [OPEN, DEVICE], { 'vault.reset': ok(RECEIPTS) }, reset),
  protection('reset-empty', [DEVICE], { 'vault.reset': ok([]), 'connections.list': ok([]) }, reset),
];
