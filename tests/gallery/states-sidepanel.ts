import type { Page } from '@playwright/test';
import { ONE, SEVERAL, SITE, SMALL_VIEW, VIEW } from './fixtures/account.ts';
import { ago } from './fixtures/now.ts';
import { formOf, NOTHING_FOUND } from './fixtures/record-form.ts';
import { FOUND } from './fixtures/search.ts';
import { HINTS } from './fixtures/sites.ts';
import { locked } from './fixtures/vault.ts';
import { no, ok, type Answers, type State } from './state.ts';

const panel = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `sidepanel-${name}`,
  view: 'sidepanel',
  answers: {
    'site.suggestions': ok([]),
    'accounts.named': ok([]),
    'sites.access': ok({ mode: 'all' }),
    'creation.form': formOf,
    'creation.prefill': NOTHING_FOUND,
    ...answers,
  },
  ...(act ? { act } : {}),
});

const matched = { kind: 'matched' as const, site: SITE, candidates: ONE, suggestions: [], view: VIEW };
const elsewhere = {
  ...matched,
  site: { host: 'acme.example', domain: 'acme.example' },
  candidates: ONE.map((one) => ({ ...one, accountId: SMALL_VIEW.account.id })),
  view: SMALL_VIEW,
};
const OLD_VIEW = { ...VIEW, syncedAt: ago(60 * 24 * 4), stale: true };
const OFFLINE_VIEW = { ...OLD_VIEW, live: { ...VIEW.live, state: 'failed' as const, code: 'crm.offline' as const } };
const unmatched = ok({ kind: 'unmatched' as const, site: SITE, leads: [], firstSyncRunning: false });

const goTo = (page: Page, tabId: number) =>
  page.evaluate((id) => (globalThis as unknown as { goTo: (tab: number) => void }).goTo(id), tabId);

/** What is typed about one company stays when the person looks at another tab meanwhile. */
async function writeAndLookElsewhere(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New lead' }).click();
  await page.getByLabel('First Name').fill('Pia');
  await goTo(page, 2);
  await page.getByLabel('First Name').waitFor();
  if ((await page.getByLabel('First Name').inputValue()) !== 'Pia') throw new Error('the draft is gone');
}

async function search(page: Page): Promise<void> {
  await page.getByRole('heading', { name: VIEW.account.name }).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('mull');
  await page.getByRole('option').first().waitFor();
}

export const sidepanelStates: State[] = [
  panel('matched', { 'site.state': ok(matched) }),
  panel('empty', { 'site.state': ok({ ...matched, candidates: SEVERAL.slice(1, 2), view: SMALL_VIEW }) }),
  panel('stale', { 'site.state': ok({ ...matched, view: OLD_VIEW }) }),
  panel('offline', { 'site.state': ok({ ...matched, view: OFFLINE_VIEW }) }),
  panel('first-sync', { 'site.state': ok({ kind: 'unmatched', site: SITE, leads: [], firstSyncRunning: true }) }),
  panel('another-tab', { 'site.state': ({ tabId }) => ok(tabId === 1 ? matched : elsewhere) }, async (page) => {
    await page.getByRole('heading', { name: VIEW.account.name }).waitFor();
    await goTo(page, 2);
    await page.getByRole('heading', { name: SMALL_VIEW.account.name }).waitFor();
  }),
  panel('searching', { 'site.state': ok(matched), 'search.find': ok(FOUND) }, search),
  panel('unmatched', { 'site.state': unmatched, 'site.suggestions': ok(HINTS) }),
  panel('writing', { 'site.state': ok(matched) }, writeAndLookElsewhere),
  panel('not-seen', { 'site.state': ok({ kind: 'not-a-site' }), 'sites.access': ok({ mode: 'none' }) }),
  panel('not-a-site', { 'site.state': ok({ kind: 'not-a-site' }) }),
  panel('not-connected', { 'site.state': ok({ kind: 'not-connected' }) }),
  panel('silenced', { 'site.state': ok({ kind: 'silenced', site: SITE, why: 'ignored' }) }),
  panel('loading', { 'site.state': 'never' }),
  panel('error', { 'site.state': no('storage.unreadable') }),
  panel('locked', { 'vault.state': ok(locked('idle')) }),
];
