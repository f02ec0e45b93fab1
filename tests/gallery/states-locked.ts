import type { Page } from '@playwright/test';
import type { LockReason } from '@/lib/shared/lock-reason';
import { ONE, OPENED, SITE, VIEW } from './fixtures/account.ts';
import { READY, UNSEEN_LOCKED } from './fixtures/connection.ts';
import { formOf, NOTHING_FOUND } from './fixtures/record-form.ts';
import { ago } from './fixtures/now.ts';
import { DEVICE, locked, OPEN, PASSKEYS, RECEIPTS_LOCKED } from './fixtures/vault.ts';
import { emit, expectFocus, no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const matched = ok({ kind: 'matched' as const, site: SITE, candidates: ONE, suggestions: [], view: VIEW });
const KNOWN = ['Acme', 'Northwind', 'Achterberg', 'Castell'];

const popup = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `popup-${name}`,
  view: 'popup',
  answers: { 'connections.list': ok([READY]), 'site.state': matched, ...answers },
  ...(act ? { act } : {}),
});
const reason = (name: string, why: LockReason): State => popup(`locked-${name}`, { 'vault.state': ok(locked(why)) });

async function unlock(page: Page): Promise<void> {
  await expectFieldFocus(page);
  await page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery staple');
  await page.keyboard.press('Enter');
}

/** Keyboard first: who opens the view can type at once. */
async function expectFieldFocus(page: Page): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  if (focused !== 'INPUT') throw new Error(`the focus is on ${focused}`);
}

/** Not only out of sight: not in the document, neither as text nor in an attribute nor in a field. */
async function expectNothingKnown(page: Page): Promise<void> {
  const html = await page.evaluate(() => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value);
    return document.documentElement.outerHTML + fields.join(' ');
  });
  const left = KNOWN.filter((word) => html.includes(word));
  if (left.length > 0) throw new Error(`the page still holds ${left.join(', ')}`);
}

async function lockByEvent(page: Page): Promise<void> {
  await emit(page, 'vault.changed', { locked: true });
  await page.getByRole('heading', { name: 'Sidelight is locked' }).waitFor();
  await expectNothingKnown(page);
}

async function typeLead(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create lead' }).click();
  await page.getByLabel('Last Name').fill('Castell');
}

async function forgot(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Forgot it?' }).click();
  await page.getByRole('dialog').waitFor();
}

async function askReset(page: Page): Promise<void> {
  await forgot(page);
  await page.getByRole('button', { name: 'Reset Sidelight…' }).click();
  await page.getByRole('heading', { name: 'Disconnect all and reset Sidelight?' }).waitFor();
}

async function reset(page: Page): Promise<void> {
  await askReset(page);
  await page.getByRole('button', { name: 'Disconnect all and reset', exact: true }).click();
}

const unmatched: Answers = {
  'site.state': ok({ kind: 'unmatched', site: SITE, leads: [], firstSyncRunning: false }),
  'creation.form': formOf,
  'creation.prefill': NOTHING_FOUND,
};

export const lockedStates: State[] = [
  options('locked-receipt-unseen', { 'vault.state': ok(locked('start')), 'receipts.list': ok([UNSEEN_LOCKED]) }),
  popup('locked-receipt-unseen', { 'vault.state': ok(locked('start')), 'receipts.list': ok([UNSEEN_LOCKED]) }),
  reason('start', 'start'),
  reason('user', 'user'),
  reason('idle', 'idle'),
  reason('screen', 'screen'),
  reason('limit', 'limit'),
  popup('locked-passkey', { 'vault.state': ok(locked('idle', { passkeys: PASSKEYS })) }),
  popup('locked-missing', { 'vault.state': ok(locked('start')) }, async (page) => {
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByText('Enter your passphrase.').first().waitFor();
  }),
  popup('locked-unlocking', { 'vault.state': ok(locked('start')), 'vault.unlock': 'never' }, unlock),
  popup(
    'locked-wrong',
    { 'vault.state': ok(locked('start')), 'vault.unlock': ok({ kind: 'wrong', retryAt: null }) },
    async (page) => {
      await unlock(page);
      await page.getByRole('alert').filter({ hasText: 'This is not the passphrase.' }).waitFor();
      await page.getByRole('button', { name: 'Show passphrase' }).click();
    },
  ),
  popup(
    'locked-wrong-wait',
    { 'vault.state': ok(locked('start')), 'vault.unlock': ok({ kind: 'wrong', retryAt: ago(-0.5) }) },
    async (page) => {
      await unlock(page);
      await page.getByText('You can try again in 0:30.').waitFor();
    },
  ),
  popup('locked-waiting', { 'vault.state': ok(locked('user', { retryAt: ago(-15) })) }, async (page) => {
    await page.getByText('You can try again in 15:00.').waitFor();
    await unlock(page);
  }),
  popup('locked-failed', { 'vault.state': ok(locked('start')), 'vault.unlock': no('storage.unreadable') }, async (page) => {
    await unlock(page);
    await page.getByRole('alert').filter({ hasText: 'damaged' }).waitFor();
  }),
  popup('locked-forgot', { 'vault.state': ok(locked('start')) }, forgot),
  popup('locked-reset', { 'vault.state': ok(locked('start')) }, askReset),
  popup('locked-resetting', { 'vault.state': ok(locked('start')), 'vault.reset': 'never' }, reset),
  popup('locked-reset-failed', { 'vault.state': ok(locked('start')), 'vault.reset': no('unexpected') }, async (page) => {
    await reset(page);
    await page.getByRole('alert').filter({ hasText: 'Something went wrong' }).waitFor();
  }),
  popup('locked-reset-done', { 'vault.state': ok(locked('start')), 'vault.reset': ok(RECEIPTS_LOCKED) }, async (page) => {
    await reset(page);
    await page.getByRole('heading', { name: 'Sidelight is reset' }).waitFor();
    await expectFocus(page, 'Sidelight is reset');
  }),
  popup(
    'locked-reset-left',
    {
      'vault.state': [ok(locked('start')), ok(DEVICE)],
      'vault.reset': ok(RECEIPTS_LOCKED),
      'site.state': ok({ kind: 'not-connected' }),
      'connections.list': ok([]),
    },
    async (page) => {
      await reset(page);
      await page.getByRole('button', { name: 'Done' }).click();
      await page.getByRole('heading', { name: 'See what your CRM knows' }).waitFor();
    },
  ),
  popup('locked-waiting-for-state', { 'vault.state': 'never' }),
  popup('locked-no-state', { 'vault.state': no('unexpected') }),
  popup('unlocked-lock', { 'vault.state': ok(OPEN) }),
  popup('locked-by-event', { 'vault.state': [ok(OPEN), ok(locked('screen'))] }, async (page) => {
    await page.getByRole('heading', { name: /Acme/ }).waitFor();
    await lockByEvent(page);
  }),
  popup('locked-by-button', { 'vault.state': [ok(OPEN), ok(locked('user'))], 'vault.lock': ok(null) }, async (page) => {
    // The state is asked for twice here only if something asks for it in vain.
    await page.getByRole('button', { name: 'Lock now' }).click();
    await page.getByText('You locked it.').waitFor();
    await expectNothingKnown(page);
  }),
  popup(
    'locked-by-refusal',
    { 'vault.state': [ok(OPEN), ok(locked('limit'))], 'sync.start': no('vault.locked') },
    async (page) => {
      await page.getByRole('button', { name: 'Sync now' }).click();
      await page.getByRole('heading', { name: 'Sidelight is locked' }).waitFor();
      await expectNothingKnown(page);
    },
  ),
  // What is typed outlives the lock, is nowhere in the page meanwhile, and stands in its field afterwards.
  popup(
    'locked-draft',
    { ...unmatched, 'vault.state': [ok(OPEN), ok(locked('idle')), ok(OPEN)], 'vault.unlock': ok({ kind: 'unlocked' }) },
    async (page) => {
      await typeLead(page);
      await lockByEvent(page);
      await unlock(page);
      const kept = await page.getByLabel('Last Name').inputValue();
      if (kept !== 'Castell') throw new Error(`the draft holds ${kept}`);
    },
  ),
  popup('locked-draft-reset', { ...unmatched, 'vault.state': [ok(OPEN), ok(locked('idle'))] }, async (page) => {
    await typeLead(page);
    await lockByEvent(page);
    await askReset(page);
    await expectNothingKnown(page);
  }),
  {
    id: 'sidebar-locked',
    view: 'sidebar',
    answers: { 'vault.state': [ok(OPEN), ok(locked('screen'))], 'sidebar.open': ok(OPENED) },
    act: async (page) => {
      await page.getByRole('heading', { name: /Acme/ }).waitFor();
      await lockByEvent(page);
    },
  },
  { id: 'sidebar-waiting-for-state', view: 'sidebar', answers: { 'vault.state': 'never' } },
  options('waiting-for-state', { 'vault.state': 'never' }),
  options('no-state', { 'vault.state': no('unexpected') }),
  options('locked', { 'vault.state': ok(locked('start', { passkeys: PASSKEYS })) }, expectFieldFocus),
  options('locked-event', { 'vault.state': [ok(OPEN), ok(locked('user'))], 'connections.list': ok([READY]) }, async (page) => {
    await page.getByText('Northwind Controls').waitFor();
    await lockByEvent(page);
    await expectFieldFocus(page);
  }),
  options(
    'unlocked-again',
    {
      'vault.state': [ok(OPEN), ok(locked('user')), ok(OPEN)],
      'connections.list': ok([READY]),
      'vault.unlock': ok({ kind: 'unlocked' }),
    },
    async (page) => {
      await page.getByText('Northwind Controls').waitFor();
      await lockByEvent(page);
      await unlock(page);
      await page.getByText('Northwind Controls').waitFor();
      await expectFocus(page, 'Connections');
    },
  ),
];
