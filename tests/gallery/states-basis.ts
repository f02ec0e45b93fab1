import type { Page } from '@playwright/test';
import type { NoticeItem } from '@/lib/messaging/basis-protocol';
import type { KeptTemplate } from '@/lib/shared/person-basis';
import { SITE } from './fixtures/account.ts';
import { READY } from './fixtures/connection.ts';
import { no, ok, type Answers, type State } from './state.ts';

const TEMPLATE: KeptTemplate = {
  version: 3,
  hash: '5b2fe8a9c41d7703',
  controller: 'Northwind Controls GmbH, Industriestr. 4, 70565 Stuttgart, privacy@northwind.example',
  purpose: 'To offer drives and their maintenance to those who run production lines with them.',
  necessity: 'Without name, role and work address nobody in a company can be asked whether they need them.',
  safeguards: 'A way to object in every message. Nobody is kept longer than two years without an answer.',
  owner: 'Ruth Castell',
  reviewBy: '2027-01-31',
  kinds: ['consent', 'contract', 'legitimate-interest'],
  marginDays: 5,
};

const options = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `options-basis-${name}`,
  view: 'options',
  section: 'basis',
  answers: { 'connections.list': ok([READY]), ...answers },
  act: async (page) => {
    await page.getByText('must not be stored again').first().scrollIntoViewIfNeeded();
    await act?.(page);
  },
});

const answered = (change: Partial<KeptTemplate> = {}) => ok({ template: { ...TEMPLATE, ...change }, isRequired: true });

const notice = (taskId: string, subject: string, due: string, isOverdue: boolean): NoticeItem => ({
  connectionId: 'c1',
  taskId,
  subject,
  due,
  isOverdue,
  url: `https://northwind.my.salesforce.com/${taskId}`,
});
const NOTICES = [
  notice('00Ta', 'Art. 14 GDPR: inform Otto Lind', '2026-04-24', true),
  notice('00Tb', 'Art. 14 GDPR: inform Pia Castell', '2026-05-04', false),
];

const withNotices = (name: string, notices: NoticeItem[], act?: (page: Page) => Promise<void>): State => ({
  id: `popup-notices-${name}`,
  view: 'popup',
  answers: {
    'connections.list': ok([READY]),
    'site.suggestions': ok([]),
    'overlay.hidden': ok(null),
    'site.state': ok({ kind: 'unmatched', site: SITE, leads: [], firstSyncRunning: false }),
    'notices.list': ok(notices),
  },
  ...(act ? { act } : {}),
});

/** What a company decides about people, and who still has to be told. */
export const basisStates: State[] = [
  options('none', {}),
  options('answered', { 'basis.template': answered(), 'basis.suppressed': ok({ count: 2 }) }),
  options('overdue', { 'basis.template': answered({ reviewBy: '2026-03-31' }) }),
  options('required', { 'basis.template': ok({ template: null, isRequired: true }) }),
  options('damaged', { 'basis.template': no('basis.template-damaged'), 'basis.suppressed': no('suppression.damaged') }),
  options('new-list', { 'basis.suppressed': no('suppression.damaged') }, async (page) => {
    await page.getByRole('button', { name: 'Begin a new list' }).click();
  }),
  options('missing', {}, async (page) => {
    await page.getByRole('button', { name: 'Save as version 1' }).click();
    await page.getByRole('alert').scrollIntoViewIfNeeded();
  }),
  options('bad-file', { 'basis.template': answered(), 'basis.importTemplate': no('basis.template-invalid') }, async (page) => {
    const file = { name: 'other.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('alert').scrollIntoViewIfNeeded();
  }),
  options('bad-contact', { 'basis.suppress': no('basis.contact-invalid') }, async (page) => {
    await page.getByLabel('E-mail or phone').fill('Pia');
    await page.getByRole('button', { name: 'Add' }).click();
    await page.getByText('at least seven digits').waitFor();
  }),
  withNotices('overdue', NOTICES),
  withNotices('due', NOTICES.slice(1)),
  withNotices('open', NOTICES, (page) => page.getByRole('button', { name: /should have been told/ }).click()),
];
