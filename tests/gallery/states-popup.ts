import type { Page } from '@playwright/test';
import { EXTRA_VIEW, LEADS, LIVE_VIEW, ONE, PARTIAL_VIEW, SEVERAL, SITE, SMALL_VIEW, VIEW } from './fixtures/account.ts';
import { BROKEN, LIMITED, OFFLINE, READY, RECEIPT, SYNCING } from './fixtures/connection.ts';
import { ago } from './fixtures/now.ts';

import { formOf, NOTHING_FOUND } from './fixtures/record-form.ts';
import { HINTS } from './fixtures/sites.ts';
import { no, ok, type Answers, type State } from './state.ts';
import { fillForm } from './states-forms.ts';

const popup = (name: string, answers: Answers, act?: (page: Page) => Promise<void>, rest: Partial<State> = {}): State => ({
  id: `popup-${name}`,
  view: 'popup',
  answers: {
    'connections.list': ok([READY]),
    'site.suggestions': ok([]),
    'accounts.named': ok([]),
    'overlay.hidden': ok(null),
    ...answers,
  },
  ...(act ? { act } : {}),
  ...rest,
});

const NAMED = { connectionId: 'c1', accountId: '001a', name: 'Acme Robotics', website: 'https://www.acme.com' };
const unmatched = ok({ kind: 'unmatched' as const, site: SITE, leads: [], firstSyncRunning: false });
const matched = ok({ kind: 'matched' as const, site: SITE, candidates: ONE, suggestions: [], view: VIEW });
const ASKING_VIEW = { ...VIEW, live: { ...VIEW.live, state: 'asking' as const } };
const gone: Answers = {
  'site.state': [matched, ok({ kind: 'not-connected' })],
  'connections.list': [ok([READY]), ok([])],
  'connections.disconnect': ok(RECEIPT),
};
const creating: Answers = { 'site.state': unmatched, 'creation.form': formOf, 'creation.prefill': NOTHING_FOUND };

async function askDisconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('dialog').waitFor();
}

export const popupStates: State[] = [
  popup('not-connected', { 'site.state': ok({ kind: 'not-connected' }), 'connections.list': ok([]) }),
  popup('not-a-site', { 'site.state': ok({ kind: 'not-a-site' }) }),
  popup('unmatched', { 'site.state': unmatched }),
  popup('unmatched-leads', { 'site.state': ok({ kind: 'unmatched', site: SITE, leads: LEADS, firstSyncRunning: false }) }),
  popup('first-sync', {
    'site.state': ok({ kind: 'unmatched', site: SITE, leads: [], firstSyncRunning: true }),
    'connections.list': ok([SYNCING]),
  }),
  popup('could-be', { 'site.state': unmatched, 'site.suggestions': ok(HINTS) }),
  popup('link', { 'site.state': unmatched, 'accounts.named': ok([NAMED]) }, (page) =>
    page.getByRole('searchbox', { name: 'Account name' }).fill('acme'),
  ),
  popup('link-none', { 'site.state': unmatched }, (page) => page.getByRole('searchbox', { name: 'Account name' }).fill('zzz')),
  popup('ignored', { 'site.state': ok({ kind: 'silenced', site: SITE, why: 'ignored' }) }),
  popup('never', { 'site.state': ok({ kind: 'silenced', site: SITE, why: 'banking' }) }),
  popup('related', { 'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: HINTS, view: VIEW }) }),
  popup('matched', { 'site.state': matched }),
  popup('several', { 'site.state': ok({ kind: 'matched', site: SITE, candidates: SEVERAL, suggestions: [], view: VIEW }) }),
  popup('overlay-hidden', { 'site.state': matched, 'overlay.hidden': ok('today') }),
  popup('matched-small', {
    'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: [], view: SMALL_VIEW }),
  }),
  popup('partial', {
    'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: [], view: PARTIAL_VIEW }),
  }),
  popup('extra', { 'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: [], view: EXTRA_VIEW }) }),
  popup('asking', { 'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: [], view: ASKING_VIEW }) }),
  popup('live', { 'site.state': ok({ kind: 'matched', site: SITE, candidates: ONE, suggestions: [], view: LIVE_VIEW }) }),
  popup('live-failed', {
    'site.state': ok({
      kind: 'matched',
      site: SITE,
      candidates: ONE,
      suggestions: [],
      view: { ...VIEW, stale: true, live: { ...VIEW.live, state: 'failed', code: 'crm.offline' } },
    }),
  }),
  popup('stale', {
    'site.state': ok({
      kind: 'matched',
      site: SITE,
      candidates: ONE,
      suggestions: [],
      view: { ...VIEW, syncedAt: ago(60 * 24 * 4), stale: true },
    }),
  }),
  popup('offline', { 'site.state': unmatched, 'connections.list': ok([OFFLINE]) }),
  popup('broken', { 'site.state': ok({ kind: 'matched' } as never) }, undefined, { breaks: true }),
  popup('limit', { 'site.state': matched, 'connections.list': ok([LIMITED]) }),
  popup('reconnect', { 'site.state': unmatched, 'connections.list': ok([BROKEN]) }),
  popup('loading', { 'site.state': 'never', 'connections.list': 'never' }),
  popup('error', { 'site.state': no('storage.unreadable') }),
  popup('disconnect', { 'site.state': matched }, askDisconnect),
  popup('disconnect-draft', creating, async (page) => {
    await fillForm(page);
    await askDisconnect(page);
  }),
  popup('disconnecting', { 'site.state': matched, 'connections.disconnect': 'never' }, async (page) => {
    await askDisconnect(page);
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  }),
  popup('receipt', gone, async (page) => {
    await askDisconnect(page);
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await page.getByRole('heading', { name: 'Disconnected' }).waitFor();
  }),
];
