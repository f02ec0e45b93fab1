import type { Page } from '@playwright/test';
import {
  BROKEN,
  BY_KEY,
  BY_TAB,
  KEY_ENDED,
  SIGNED_OUT,
  LIMITED,
  OFFLINE,
  READY,
  RECEIPT,
  RECEIPT_WITH_TROUBLE,
  SYNCING,
  UNSEEN,
} from './fixtures/connection.ts';
import { NO_POLICY } from './fixtures/policy.ts';
import { DECISIONS, HIDDEN_SITES } from './fixtures/sites.ts';
import { expectFocus, no, ok, type Answers, type State } from './state.ts';

const CALLBACK = 'https://fmbaclnkdojjicpmhhfekplhoobgkbec.chromiumapp.org/salesforce';

export const options = (
  name: string,
  answers: Answers,
  act?: (page: Page) => Promise<void>,
  rest: Partial<State> = {},
): State => ({
  id: `options-${name}`,
  view: 'options',
  answers: {
    'connections.list': ok([]),
    'connections.setup': ok({ callbackUrl: CALLBACK }),
    'sites.access': ok({ mode: 'none' }),
    'decisions.list': ok({ decisions: [], never: [] }),
    'overlay.settings': ok({ mode: 'tab', hidden: [] }),
    'policy.get': ok(NO_POLICY),
    ...answers,
  },
  ...(act ? { act } : {}),
  ...rest,
});

async function connect(page: Page): Promise<void> {
  await page.getByLabel(/Consumer key/).fill('3MVG9exampleConsumerKey0001');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

async function byTab(page: Page): Promise<void> {
  await page.getByRole('radio', { name: /With my own Salesforce login/ }).check();
}

async function byKey(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Connect EspoCRM instead' }).click();
}

async function connectByKey(page: Page): Promise<void> {
  await byKey(page);
  await page.getByLabel(/Address of your EspoCRM/).fill('crm.northwind-demo.com');
  await page.getByLabel(/API key/).fill('3f1c0e5a9d7b4826');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
}

async function disconnect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
  await page.getByRole('heading', { name: 'Disconnected' }).waitFor();
}

export const optionsStates: State[] = [
  options('connect', {}),
  options('receipt-unseen', { 'receipts.list': ok([UNSEEN]) }),
  options('decisions-lost', {
    'connections.list': ok([
      { ...READY, sync: { ...READY.sync, lastError: { code: 'decisions.damaged', at: READY.connectedAt } } },
    ]),
  }),
  options('decisions-lost-sites', { 'decisions.list': no('decisions.damaged') }, undefined, { section: 'sites' }),
  options('connect-tab', {}, byTab),
  options('connect-tab-missing', { 'connections.connectByTab': no('auth.no-session') }, async (page) => {
    await byTab(page);
    await page.getByLabel(/Address of your Salesforce/).fill('https://northwind.lightning.force.com/lightning/page/home');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('No login was found').waitFor();
  }),
  options('connect-key', {}, byKey),
  options('connect-key-invalid', {}, async (page) => {
    await byKey(page);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
  }),
  options('connect-key-refused', { 'connections.connectByKey': no('auth.key-invalid') }, connectByKey),
  options('connect-key-waiting', { 'connections.connectByKey': 'never' }, connectByKey),
  options('reconnect-key', { 'connections.list': ok([KEY_ENDED]) }),
  options('disconnect-key', { 'connections.list': ok([BY_KEY]) }, (page) =>
    page.getByRole('button', { name: 'Disconnect…' }).click(),
  ),
  options('connected-tab', { 'connections.list': ok([BY_TAB]) }),
  options('reconnect-tab', { 'connections.list': ok([SIGNED_OUT]) }),
  options('connect-guide', {}, (page) => page.getByText('How to get a consumer key').click()),
  options('connect-invalid', {}, async (page) => {
    await page.getByRole('radio', { name: /My Domain/ }).check();
    await page.getByLabel(/My Domain host/).fill('https://example.org');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
  }),
  options('connect-denied', {}, connect, { accessDenied: true }),
  options('connect-waiting', { 'connections.connect': 'never' }, connect),
  options('connect-refused', { 'connections.connect': no('auth.redirect-mismatch') }, connect),
  options('connected', { 'connections.list': ok([READY]) }),
  options('schedule-shorter', {
    'connections.list': ok([READY]),
    'sync.schedule': ok({ hours: 168, holds: 84, keepDays: 7 }),
  }),
  options('syncing', { 'connections.list': ok([SYNCING]) }),
  options('reconnect', { 'connections.list': ok([BROKEN]) }),
  options('offline', { 'connections.list': ok([OFFLINE]) }),
  options('limit', { 'connections.list': ok([LIMITED]) }),
  options('disconnect', { 'connections.list': ok([READY]) }, (page) => page.getByRole('button', { name: 'Disconnect…' }).click()),
  options(
    'disconnect-unsent',
    {
      'connections.list': ok([READY]),
      'outbox.unsent': ok(['Pia Castell', 'Otto Lind', 'Ana Ruiz', 'Lea Baum', 'Per Dahl', 'Ida Holm']),
    },
    (page) => page.getByRole('button', { name: 'Disconnect…' }).click(),
  ),
  options('receipt', { 'connections.list': [ok([READY]), ok([])], 'connections.disconnect': ok(RECEIPT) }, disconnect),
  options(
    'receipt-trouble',
    { 'connections.list': [ok([READY]), ok([])], 'connections.disconnect': ok(RECEIPT_WITH_TROUBLE) },
    disconnect,
  ),
  options('loading', { 'connections.list': 'never' }),
  options('error', { 'connections.list': no('storage.newer-version') }),
  options('sites', {}, undefined, { section: 'sites' }),
  options('sites-loading', { 'sites.access': 'never', 'decisions.list': 'never', 'overlay.settings': 'never' }, undefined, {
    section: 'sites',
  }),
  options(
    'sites-error',
    { 'sites.access': no('unexpected'), 'decisions.list': no('unexpected'), 'overlay.settings': no('unexpected') },
    undefined,
    { section: 'sites' },
  ),
  options('decisions', { 'decisions.list': ok({ decisions: DECISIONS, never: ['banking', 'webmail'] }) }, undefined, {
    section: 'sites',
  }),
  options('overlay-hidden', { 'overlay.settings': ok({ mode: 'open', hidden: HIDDEN_SITES }) }, undefined, { section: 'sites' }),
  options('sites-all', { 'sites.access': ok({ mode: 'all' }) }, undefined, { section: 'sites' }),
  options('sites-refused', {}, (page) => page.getByRole('radio', { name: /On all sites/ }).click(), {
    section: 'sites',
    accessDenied: true,
  }),
  options(
    'access-taken-back',
    {},
    async (page) => {
      await page.getByRole('button', { name: 'Take back crm.old-company.com' }).click();
      await page.getByText('crm.old-company.com').waitFor({ state: 'detached' });
      await expectFocus(page, 'What the browser allows Sidelight');
    },
    { section: 'sites' },
  ),
  options(
    'access-failed',
    {},
    async (page) => {
      await page.getByRole('button', { name: /^Take back .*cookies/i }).click();
      await page.getByRole('alert').waitFor();
    },
    { section: 'sites' },
  ),
  options('about', {}, undefined, { section: 'about' }),
];
