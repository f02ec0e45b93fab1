import type { Page } from '@playwright/test';
import type { PolicyView } from '@/lib/messaging/policy-protocol';
import { BY_TAB, READY } from './fixtures/connection.ts';
import { ago } from './fixtures/now.ts';
import { SITE } from './fixtures/account.ts';
import { NO_POLICY, POLICY } from './fixtures/policy.ts';
import { CONTACT_FIELDS, SELECTION } from './fixtures/selection.ts';
import { DEVICE, OPEN } from './fixtures/vault.ts';
import { ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';
import { setup } from './states-setup.ts';

const ASKED = { ...DEVICE, locked: 'policy' as const };
const set = (
  name: string,
  answers: Answers,
  section?: string,
  act?: (page: Page) => Promise<void>,
  policy: PolicyView = POLICY,
) =>
  options(`policy-${name}`, { 'connections.list': ok([READY]), 'policy.get': ok(policy), ...answers }, act, {
    ...(section ? { section } : {}),
  });
const open = (page: Page) => page.locator('summary', { hasText: 'What is copied' }).click();

const chooseTab = (page: Page) => page.getByRole('radio', { name: /own Salesforce login/ }).check();

export const policyStates: State[] = [
  set('connect', { 'connections.list': ok([]) }),
  set('connect-no-host', { 'connections.list': ok([]) }, undefined, undefined, { ...POLICY, loginHosts: [] }),
  set('connect-tab', { 'connections.list': ok([]) }, undefined, chooseTab, { ...POLICY, consumerKey: null }),
  set('login-tab', {
    'connections.list': ok([
      { ...BY_TAB, state: 'reconnect-needed', sync: { ...READY.sync, lastError: { code: 'policy.login', at: ago(0) } } },
    ]),
  }),
  setup('policy-connect', 'connect', { 'policy.get': ok(POLICY) }),
  setup('policy-passphrase', 'protection', { 'vault.state': ok(ASKED), 'policy.get': ok(POLICY) }),
  setup('policy-protection', 'protection', { 'vault.state': ok(OPEN), 'policy.get': ok(POLICY) }),
  set('login', {
    'connections.list': ok([
      { ...READY, state: 'reconnect-needed', sync: { ...READY.sync, lastError: { code: 'policy.login', at: ago(0) } } },
    ]),
  }),
  set(
    'selection',
    { 'selection.get': ok(SELECTION), 'selection.fields': ok(CONTACT_FIELDS), 'selection.preview': ok({ accounts: 1234 }) },
    undefined,
    async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Fields of Contacts' }).click();
    },
  ),
  set('sites', { 'decisions.list': ok({ decisions: [], never: ['webmail'] }) }, 'sites'),
  set('protection', { 'vault.state': ok({ ...OPEN, idleMinutes: 10 }) }, 'protection'),
  set('ignored', {}, undefined, undefined, { ...NO_POLICY, ignored: ['loginHosts[1]', 'maxIdleMinutes', 'consumerkey'] }),
  set('passphrase', { 'vault.state': ok(ASKED) }),
  {
    id: 'popup-policy-passphrase',
    view: 'popup',
    answers: { 'vault.state': ok(ASKED) },
  },
  {
    id: 'sidebar-policy-passphrase',
    view: 'sidebar',
    answers: { 'vault.state': ok(ASKED) },
  },
  {
    id: 'popup-policy-never',
    view: 'popup',
    answers: {
      'connections.list': ok([READY]),
      'site.state': ok({ kind: 'silenced' as const, site: SITE, why: 'policy' as const }),
    },
  },
];
