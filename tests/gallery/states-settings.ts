import type { Page } from '@playwright/test';
import type { BackupPlan } from '@/lib/messaging/backup-protocol';
import { READY } from './fixtures/connection.ts';
import { no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const settings = (name: string, answers: Answers, act?: State['act']): State =>
  options(`settings${name}`, answers, act, { section: 'settings' });

const org = { connectionId: READY.id, crmLabel: 'Salesforce', orgName: 'Northwind Energy' };
const PLAN: BackupPlan = {
  changes: [
    { setting: 'idleMinutes', from: 15, to: 5, held: false },
    { setting: 'keepDays', from: 30, to: 365, held: true },
    { setting: 'never', from: [], to: ['banking', 'health'], held: false },
    {
      ...org,
      setting: 'objects',
      from: ['account', 'contact', 'opportunity', 'task'],
      to: ['account', 'contact', 'opportunity'],
      held: false,
    },
    { ...org, setting: 'objects', from: [], to: ['lead'], held: true },
    {
      ...org,
      setting: 'fields',
      object: 'contact',
      leftOut: ['mobile'],
      copiedAgain: [],
      added: ['Tier__c'],
      dropped: [],
      held: false,
    },
    { ...org, setting: 'owner', to: 'mine', held: false },
  ],
  notConnected: ['EspoCRM'],
  notOpened: ['Salesforce'],
  digest: 'shown',
};
const REPORT = `${JSON.stringify(
  {
    sidelight: 'diagnostics',
    format: 1,
    version: '0.1.0',
    browser: { family: 'chromium', version: 141, language: 'en' },
    system: 'linux',
    protection: { mode: 'device', derivation: null, passkeys: 0, changing: false },
    connections: [{ crm: 'salesforce', host: 'production', login: 'app', daysOld: 12, openMs: 8 }],
  },
  null,
  2,
)}\n`;

const choose = (text: string) => async (page: Page) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(text) });

export const settingsStates: State[] = [
  settings('', {}),
  settings('-would-change', { 'backup.check': ok(PLAN) }, choose('{}')),
  settings('-overtaken', { 'backup.check': ok(PLAN), 'backup.apply': no('backup.overtaken') }, async (page) => {
    await choose('{}')(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('is not the same any more').waitFor();
    await page.locator(':focus', { hasText: 'The file would change this' }).waitFor();
  }),
  settings('-applied', { 'backup.check': ok(PLAN), 'backup.apply': ok(PLAN) }, async (page) => {
    await choose('{}')(page);
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('The settings of the file hold now.').waitFor();
    await page.locator(':focus', { hasText: 'The settings of the file hold now.' }).waitFor();
  }),
  settings('-bad-file', { 'backup.check': no('backup.newer') }, choose('{}')),
  settings('-report', { 'diagnostics.make': ok({ text: REPORT }) }, (page) =>
    page.getByRole('button', { name: 'Make report' }).click(),
  ),
];
