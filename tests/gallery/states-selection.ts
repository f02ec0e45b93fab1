import type { Page } from '@playwright/test';
import { HOLDING_ALL, READY, SYNCING } from './fixtures/connection.ts';
import { ACCOUNT_FIELDS, CONTACT_FIELDS, NARROW, SELECTION } from './fixtures/selection.ts';
import { ago } from './fixtures/now.ts';
import { emit, expectFocus, no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const LOST = { ...READY, sync: { ...READY.sync, lastError: { code: 'selection.damaged' as const, at: ago(0) } } };

const ANSWERS: Answers = {
  'connections.list': ok([READY]),
  'selection.get': ok(SELECTION),
  'selection.fields': ({ object }) => ok(object === 'account' ? ACCOUNT_FIELDS : CONTACT_FIELDS),
  'selection.preview': ok({ accounts: 1234 }),
  'selection.save': ok(null),
};

const selection = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State =>
  options(`selection-${name}`, { ...ANSWERS, ...answers }, async (page) => {
    await open(page);
    await act?.(page);
  });

const open = (page: Page) => page.locator('summary', { hasText: 'What is copied' }).click();
const fieldsOf = (page: Page, objects: string) => page.getByRole('button', { name: `Fields of ${objects}` }).click();
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

async function addCondition(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add condition' }).click();
  await page.getByLabel('Condition 1: field').selectOption('BillingCountry');
  await page.getByLabel('Condition 1: value').fill('Germany');
}

async function expectUnsaved(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  if (!(await page.getByText('Not saved').isVisible())) throw new Error('it was saved');
}

async function expectValue(page: Page, label: string, value: string): Promise<void> {
  const found = await page.getByLabel(label).inputValue();
  if (found !== value) throw new Error(`${label} holds ${found}, not ${value}`);
}

export const selectionStates: State[] = [
  selection('all', {}),
  selection('narrow', { 'selection.get': ok(NARROW) }, async (page) => {
    await page.getByRole('checkbox', { name: 'Manufacturing' }).waitFor();
  }),
  selection('fields', { 'selection.get': ok(NARROW) }, async (page) => {
    await fieldsOf(page, 'Accounts');
    await page.getByRole('checkbox', { name: 'Employees' }).check();
  }),
  selection('fields-search', {}, async (page) => {
    await fieldsOf(page, 'Accounts');
    await page.getByLabel('Find a field').fill('ubersicht');
    await page.getByRole('checkbox', { name: /bersicht/ }).check();
    await page.getByLabel('Find a field').press('Enter');
    await expectUnsaved(page);
  }),
  selection('fields-few', {}, (page) => fieldsOf(page, 'Contacts')),
  selection('fields-loading', { 'selection.fields': 'never' }, (page) => fieldsOf(page, 'Contacts')),
  selection('fields-error', { 'selection.fields': no('crm.offline') }, (page) => fieldsOf(page, 'Contacts')),
  selection('conditions', {}, async (page) => {
    await addCondition(page);
    await page.getByRole('button', { name: 'Add value' }).click();
    await page.getByLabel('Condition 1: value').nth(1).fill('Austria');
    await page.getByRole('button', { name: 'Add condition' }).click();
    await page.getByLabel('Condition 2: field').selectOption('Sales_Region__c');
    await page.getByRole('checkbox', { name: 'DACH, North' }).check();
    await page.getByText('This selects 1,234 accounts.').waitFor();
  }),
  selection('conditions-incomplete', {}, async (page) => {
    await addCondition(page);
    await page.getByLabel('Condition 1: value').fill(' ');
    await page.getByRole('button', { name: 'Add condition' }).click();
    await save(page);
    await page.getByText('Enter a value.').waitFor();
  }),
  selection(
    'conditions-refused',
    { 'selection.preview': ok({ invalid: "value of filter criterion for field 'CreatedDate' must be of type dateTime" }) },
    async (page) => {
      await addCondition(page);
      await page.getByText('Salesforce says:').waitFor();
      await save(page);
      await page.getByText('Some conditions need another look.').waitFor();
    },
  ),
  selection('preview-failed', { 'selection.preview': no('crm.offline') }, async (page) => {
    await page.getByRole('radio', { name: 'Only mine' }).check();
    await page.getByText('cannot be reached').waitFor();
  }),
  // Whatever happens around it, what was typed stays: progress, a change of the list, another section and back.
  selection('kept', { 'selection.get': [ok(SELECTION), ok(NARROW)] }, async (page) => {
    await addCondition(page);
    await emit(page, 'connections.changed', {});
    await emit(page, 'sync.progress', { connectionId: 'c1', status: SYNCING.sync });
    await expectValue(page, 'Condition 1: value', 'Germany');
    await page.getByRole('link', { name: 'About' }).click();
    await page.getByRole('link', { name: 'Connections' }).click();
    await open(page);
    await expectValue(page, 'Condition 1: value', 'Germany');
  }),
  selection('saving', { 'selection.save': 'never' }, async (page) => {
    await page.getByRole('checkbox', { name: 'Tasks' }).uncheck();
    await save(page);
  }),
  selection('save-failed', { 'selection.save': no('storage.quota') }, async (page) => {
    await page.getByRole('checkbox', { name: 'Tasks' }).uncheck();
    await page.getByLabel('API calls left to others').selectOption('0.5');
    await save(page);
    await page.getByRole('alert').waitFor();
  }),
  selection('saved', {}, async (page) => {
    await page.getByRole('checkbox', { name: 'Tasks' }).uncheck();
    await save(page);
    await page.getByText('Saved. The copy is being brought in line.').waitFor();
    await expectFocus(page, 'Save');
  }),
  selection('unavailable', { 'connections.list': ok([HOLDING_ALL]) }),
  selection('loading', { 'selection.get': 'never' }),
  selection('error', { 'selection.get': no('storage.unreadable') }),
  options('selection-lost', { ...ANSWERS, 'connections.list': ok([LOST]), 'selection.get': no('selection.damaged') }),
  options(
    'selection-lost-again',
    { ...ANSWERS, 'connections.list': ok([LOST]), 'selection.get': no('selection.damaged'), 'selection.usual': ok(SELECTION) },
    async (page) => {
      await page.getByRole('button', { name: 'Choose what is copied' }).click();
      await page.getByRole('checkbox', { name: 'Leads', exact: true }).waitFor();
      await expectFocus(page, 'What is copied');
    },
  ),
];
