import { ONE, SITE, VIEW } from './fixtures/account.ts';
import { READY, SAMPLE, SAMPLE_RECEIPT } from './fixtures/connection.ts';
import { NO_POLICY } from './fixtures/policy.ts';
import { OPEN } from './fixtures/vault.ts';
import { FOUND } from './fixtures/search.ts';
import type { SetupStep } from '@/lib/messaging/protocol';
import { expectFocus, no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

export const setup = (name: string, step: SetupStep, answers: Answers = {}, act?: State['act']): State => ({
  id: `setup-${name}`,
  view: 'setup',
  answers: {
    'setup.step': ok({ step }),
    'setup.go': ok(null),
    'connections.list': ok([]),
    'connections.setup': ok({ callbackUrl: 'https://fmbaclnkdojjicpmhhfekplhoobgkbec.chromiumapp.org/salesforce' }),
    'sites.access': ok({ mode: 'none' }),
    'policy.get': ok(NO_POLICY),
    ...answers,
  },
  ...(act ? { act } : {}),
});

const SAMPLE_VIEW = { ...VIEW, crmLabel: 'Sample CRM', sample: true as const };
const SAMPLE_ONE = ONE.map((one) => ({ ...one, sample: true as const }));
const state = { site: SITE, candidates: SAMPLE_ONE, suggestions: [], view: SAMPLE_VIEW };

export const setupStates: State[] = [
  setup('about', 'about'),
  setup('connect', 'connect'),
  setup('connected', 'connect', { 'connections.list': ok([READY]) }),
  setup('sample', 'connect', { 'connections.list': [ok([]), ok([SAMPLE])], 'connections.sample': ok(SAMPLE) }, async (page) => {
    await page.getByRole('button', { name: 'Add sample data' }).click();
    await page.getByText('Sample data is added').waitFor();
    await expectFocus(page, 'Sample data is added');
  }),
  setup('sample-refused', 'connect', { 'connections.sample': no('storage.quota') }, (page) =>
    page.getByRole('button', { name: 'Add sample data' }).click(),
  ),
  setup('sites', 'sites'),
  setup('protection', 'protection', {}, async (page) => {
    await page.getByRole('button', { name: 'Set a passphrase' }).click();
  }),
  setup('done', 'protection', { 'connections.list': ok([READY]) }, async (page) => {
    await page.getByRole('button', { name: 'Finish' }).click();
    await expectFocus(page, 'You are set');
  }),
  setup('done-without', 'done'),
  setup('locked', 'sites', { 'vault.state': ok({ ...OPEN, locked: 'start' }) }),
  setup('error', 'about', { 'setup.step': no('unexpected') }),
  options('sample', { 'connections.list': ok([SAMPLE]) }),
  options('sample-and-crm', { 'connections.list': ok([READY, SAMPLE]) }),
  options('sample-remove', { 'connections.list': ok([SAMPLE]) }, (page) =>
    page.getByRole('button', { name: 'Remove sample data…' }).click(),
  ),
  options(
    'sample-receipt',
    { 'connections.list': [ok([SAMPLE]), ok([])], 'connections.disconnect': ok(SAMPLE_RECEIPT) },
    async (page) => {
      await page.getByRole('button', { name: 'Remove sample data…' }).click();
      await page.getByRole('button', { name: 'Remove', exact: true }).click();
      await page.getByRole('heading', { name: 'Sample data removed' }).waitFor();
    },
  ),
  { id: 'sidebar-sample', view: 'sidebar', answers: { 'sidebar.open': ok(state) } },
  {
    id: 'popup-sample',
    view: 'popup',
    answers: {
      'connections.list': ok([SAMPLE]),
      'overlay.hidden': ok(null),
      'site.state': ok({ kind: 'matched', ...state }),
    },
  },
  {
    id: 'search-sample',
    view: 'popup',
    answers: {
      'connections.list': ok([SAMPLE]),
      'overlay.hidden': ok(null),
      'site.state': ok({ kind: 'matched', ...state }),
      'search.find': ok({ ...FOUND, items: FOUND.items.map((item) => ({ ...item, sample: true as const })) }),
    },
    act: (page) => page.getByRole('combobox').fill('acme'),
  },
];
