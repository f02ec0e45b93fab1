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
      from: ['account', 'contact', 'lead', 'opportunity', 'task'],
      to: ['account', 'contact', 'opportunity'],
      held: false,
    },
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
  settings('-bad-file', { 'backup.check': no('backup.newer') }, choose('{}')),
  settings('-report', { 'diagnostics.make': ok({ text: REPORT }) }, (page) =>
    page.getByRole('button', { name: 'Make report' }).click(),
  ),
];
