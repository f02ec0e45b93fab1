import type { Page } from '@playwright/test';
import type { ErrorCode } from '@/lib/shared/errors';
import {
  CONTACTS,
  CURRENCIES_VIEW,
  EXTRA_VIEW,
  HOSTILE_VIEW,
  LIVE_VIEW,
  OPENED,
  SEVERAL,
  PARTIAL_VIEW,
  SMALL_VIEW,
  VIEW,
} from './fixtures/account.ts';
import { ago } from './fixtures/now.ts';
import { HINTS } from './fixtures/sites.ts';
import { emit, no, ok, type Answers, type State } from './state.ts';

const sidebar = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `sidebar-${name}`,
  view: 'sidebar',
  answers,
  ...(act ? { act } : {}),
});

const crowd = Array.from({ length: 200 }, (_, index) => ({
  ...CONTACTS[index % CONTACTS.length],
  id: `c${index}`,
})) as typeof CONTACTS;

const ASKING_VIEW = { ...VIEW, live: { ...VIEW.live, state: 'asking' as const } };
const OPENED_SMALL = { ...OPENED, candidates: SEVERAL.slice(1, 2), view: SMALL_VIEW };
const failed = (code: ErrorCode) => ({ ...VIEW.live, state: 'failed' as const, code });

/** The CRM's answer comes while the panel is open: it is announced, and marked where it changed something. */
async function refreshed(page: Page): Promise<void> {
  await page.getByText('Checking Salesforce…').waitFor();
  await emit(page, 'account.refreshed', { connectionId: 'c1', accountId: '001a' });
  await page.getByText('As in Salesforce, just now').waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: '5 records are new or changed, 2 records are gone' })
    .waitFor({ state: 'attached' });
}

const fold = (page: Page, name: RegExp) => page.getByRole('button', { name, expanded: true }).click();

/** By the keyboard alone: one part up, another one folded, and the focus where it was. */
async function arrange(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Arrange' }).focus();
  await page.keyboard.press('Enter');
  const up = page.getByRole('button', { name: 'Move Activity up' });
  for (let step = 0; step < 4; step += 1) {
    await up.focus();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('status').filter({ hasText: 'Activity is now 1 of 6' }).waitFor({ state: 'attached' });
  await expectFocusOn(page, 'Move Activity up');
}

async function expectFocusOn(page: Page, label: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute('aria-label') === wanted, label);
}

async function arranged(page: Page): Promise<void> {
  await arrange(page);
  await page.getByRole('button', { name: 'Done' }).click();
  await expectFocusOn(page, 'Arrange');
  await fold(page, /^Open tasks/);
  await fold(page, /^Open opportunities/);
}

export const sidebarStates: State[] = [
  sidebar('account', { 'sidebar.open': ok(OPENED) }),
  sidebar('hide', { 'sidebar.open': ok(OPENED) }, (page) => page.getByRole('button', { name: 'Hide on this site' }).click()),
  sidebar('hide-failed', { 'sidebar.open': ok(OPENED), 'sidebar.hide': no('message.refused') }, async (page) => {
    await page.getByRole('button', { name: 'Hide on this site' }).click();
    await page.getByRole('button', { name: 'For today' }).click();
    await page.getByRole('alert').waitFor();
  }),
  sidebar('several', { 'sidebar.open': ok({ ...OPENED, candidates: SEVERAL }) }),
  sidebar(
    'switched',
    { 'sidebar.open': ok({ ...OPENED, candidates: SEVERAL }), 'sidebar.account': ok(SMALL_VIEW) },
    async (page) => {
      await page.getByRole('button', { name: /Acme Europe/ }).click();
      await page.getByRole('heading', { name: 'Acme Europe GmbH' }).waitFor();
    },
  ),
  sidebar('empty', { 'sidebar.open': ok(OPENED_SMALL) }),
  sidebar('many', { 'sidebar.open': ok({ ...OPENED, view: { ...VIEW, contacts: crowd } }) }, async (page) => {
    const button = page.getByRole('button', { name: 'Show 25 more of 194' });
    await button.scrollIntoViewIfNeeded();
    await button.focus();
  }),
  sidebar('stale', { 'sidebar.open': ok({ ...OPENED, view: { ...VIEW, syncedAt: ago(60 * 24 * 4), stale: true } }) }),
  sidebar('offline', { 'sidebar.open': ok({ ...OPENED, view: { ...VIEW, live: failed('crm.offline') } }) }),
  sidebar('currencies', { 'sidebar.open': ok({ ...OPENED, view: CURRENCIES_VIEW }) }),
  sidebar('arranging', { 'sidebar.open': ok(OPENED) }, arrange),
  sidebar('arranged', { 'sidebar.open': ok(OPENED) }, arranged),
  sidebar('below', { 'sidebar.open': ok({ ...OPENED, suggestions: HINTS }) }, async (page) => {
    await fold(page, /^Open tasks/);
    await fold(page, /^Open opportunities/);
    await fold(page, /^Contacts/);
    await page.getByText('Could be meant').scrollIntoViewIfNeeded();
  }),
  { ...sidebar('hostile', { 'sidebar.open': ok({ ...OPENED, view: HOSTILE_VIEW }) }), hasForeignLetters: true },
  sidebar('extra', { 'sidebar.open': ok({ ...OPENED, view: EXTRA_VIEW }) }),
  sidebar('asking', { 'sidebar.open': ok({ ...OPENED, view: ASKING_VIEW }) }),
  sidebar('live', { 'sidebar.open': [ok({ ...OPENED, view: ASKING_VIEW }), ok({ ...OPENED, view: LIVE_VIEW })] }, refreshed),
  sidebar('live-same', {
    'sidebar.open': ok({ ...OPENED, view: { ...VIEW, live: { ...LIVE_VIEW.live, changed: 0, gone: 0 } } }),
  }),
  sidebar('live-failed-stale', {
    'sidebar.open': ok({ ...OPENED, view: { ...VIEW, syncedAt: ago(60 * 24 * 4), stale: true, live: failed('crm.reserve') } }),
  }),
  sidebar('first-sync', { 'sidebar.open': ok({ ...OPENED_SMALL, view: PARTIAL_VIEW }) }),
  sidebar('loading', { 'sidebar.open': 'never' }),
  sidebar('error', { 'sidebar.open': no('record.missing') }),
];
