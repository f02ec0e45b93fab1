import type { Page } from '@playwright/test';
import { ONE, SITE, VIEW } from './fixtures/account.ts';
import { READY } from './fixtures/connection.ts';
import {
  changeable,
  CREATED,
  DUPLICATES,
  DUPLICATES_FORBIDDEN,
  formOf,
  HITS,
  INVALID,
  TYPED_FORM,
  UNCLEAR,
  WAITING,
} from './fixtures/record-form.ts';
import { expectFocus, no, ok, type Answers, type State } from './state.ts';

const unmatched = ok({ kind: 'unmatched' as const, site: SITE, leads: [], firstSyncRunning: false });
const matched = ok({ kind: 'matched' as const, site: SITE, candidates: ONE, suggestions: [], view: VIEW });

const popup = (name: string, answers: Answers, act: (page: Page) => Promise<void>): State => ({
  id: `popup-${name}`,
  view: 'popup',
  answers: {
    'site.state': unmatched,
    'connections.list': ok([READY]),
    'site.suggestions': ok([]),
    'accounts.named': ok([]),
    'overlay.hidden': ok(null),
    'creation.form': formOf,
    'creation.lookUp': ok(HITS),
    'creation.choice': ok({ fields: [], short: [], isChosen: false }),
    'creation.choose': ok(null),
    ...answers,
  },
  act,
});

async function openForm(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create lead' }).click();
  await page.getByLabel('First Name').waitFor();
}

/** A whole Lead, as somebody types it. */
export async function fillForm(page: Page): Promise<void> {
  await openForm(page);
  await page.getByLabel('First Name').fill('Pia');
  await page.getByLabel('Last Name').fill('Castell');
  await page.getByLabel('Email').fill('pia.castell@');
  await page.getByRole('radio', { name: /Legitimate interest/ }).check();
  await page.getByLabel(/Why, in your words/).fill('She runs the line we retrofit and asked for the data sheet.');
}

async function send(page: Page): Promise<void> {
  await fillForm(page);
  await page.getByRole('button', { name: 'Create lead' }).click();
}

async function openMenu(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem').first().waitFor();
}

const openNew = (title: string, first: string) => async (page: Page) => {
  await openMenu(page);
  await page.getByRole('menuitem', { name: title }).click();
  await page.getByLabel(first).first().waitFor();
};

async function openAllFields(page: Page): Promise<void> {
  await openForm(page);
  await page.getByText('All fields').click();
  await page.getByLabel('Country').selectOption('Germany');
  await page.getByLabel('State').selectOption('Bavaria');
  await page.getByLabel('Description').scrollIntoViewIfNeeded();
}

async function lookUp(page: Page): Promise<void> {
  await openNew('New task', 'Subject')(page);
  await page.getByLabel('Related To').fill('acme');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
}

async function chooseFields(page: Page): Promise<void> {
  await openForm(page);
  await page.getByRole('button', { name: 'Choose fields' }).click();
  await page.getByRole('button', { name: 'Move Company up' }).click();
}

const panel = (name: string, answers: Answers, act: (page: Page) => Promise<void>): State => ({
  id: `sidepanel-${name}`,
  view: 'sidepanel',
  answers: {
    'site.state': matched,
    'site.suggestions': ok([]),
    'accounts.named': ok([]),
    'sites.access': ok({ mode: 'all' }),
    'creation.form': formOf,
    'creation.changeable': changeable,
    ...answers,
  },
  act,
});

const deal = VIEW.opportunities[0]?.name ?? '';

async function changeStage(page: Page): Promise<void> {
  await page.getByRole('button', { name: `Change: ${deal}` }).click();
  await page.getByLabel('Stage').selectOption('Proposal');
}

async function saveStage(page: Page): Promise<void> {
  await changeStage(page);
  await page.getByRole('button', { name: 'Save' }).click();
}

async function openLog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log a call or note' }).click();
  await page.getByLabel('Comment').fill('Wants the data sheet by Friday, and a visit in June.');
}

const conflict = ok({ kind: 'conflict', current: { stage: 'Negotiation' }, changedAt: '2026-05-01T08:59:00.000Z' } as const);

/** What can be done with the records of an Account without a form. */
const quickStates: State[] = [
  panel('quick-stage', {}, changeStage),
  panel('quick-task', {}, async (page) => {
    await page
      .getByRole('button', { name: /^Change: / })
      .first()
      .click();
    await page.getByLabel('Status').waitFor();
  }),
  panel('quick-sending', { 'creation.change': 'never' }, saveStage),
  panel('quick-saved', { 'creation.change': ok({ kind: 'changed', before: { stage: 'Negotiation/Review' } }) }, async (page) => {
    await saveStage(page);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
  }),
  panel('quick-conflict', { 'creation.change': conflict }, async (page) => {
    await saveStage(page);
    await page.getByRole('alert').waitFor();
  }),
  panel(
    'quick-refused',
    { 'creation.change': ok({ kind: 'invalid', reasons: ['A proposal needs an amount.'] }) },
    async (page) => {
      await saveStage(page);
      await page.getByRole('alert').waitFor();
    },
  ),
  panel('log-form', {}, openLog),
  panel('log-sent', { 'outbox.send': ok(CREATED) }, async (page) => {
    await openLog(page);
    await page.getByRole('button', { name: 'Log it' }).click();
    await page.getByText('Logged in Salesforce').waitFor();
  }),
];

/** Every state of a form for a new record. */
export const formStates: State[] = [
  popup('new-menu', { 'site.state': matched }, openMenu),
  popup('lead-form', {}, openForm),
  popup('lead-types', { 'creation.form': ok(TYPED_FORM) }, async (page) => {
    await openForm(page);
    await page.getByLabel('Record type').selectOption('Partner');
  }),
  popup('lead-filled', {}, async (page) => {
    await fillForm(page);
    await page.getByLabel(/Why, in your words/).scrollIntoViewIfNeeded();
  }),
  popup('lead-all-fields', {}, openAllFields),
  popup('lead-missing', {}, async (page) => {
    await openForm(page);
    await page.getByRole('button', { name: 'Create lead' }).click();
  }),
  popup('lead-invalid', { 'outbox.send': ok(INVALID) }, send),
  popup('lead-duplicates', { 'outbox.send': ok(DUPLICATES) }, send),
  popup('lead-duplicates-forbidden', { 'outbox.send': ok(DUPLICATES_FORBIDDEN) }, send),
  popup('lead-failed', { 'outbox.send': no('storage.quota') }, send),
  popup('lead-sending', { 'outbox.send': 'never' }, send),
  popup('lead-waiting', { 'outbox.send': ok(WAITING) }, send),
  popup('lead-unclear', { 'outbox.send': ok(UNCLEAR) }, send),
  popup('lead-created', { 'outbox.send': ok(CREATED) }, send),
  popup(
    'lead-undone',
    { 'outbox.send': ok(CREATED), 'outbox.undo': ok({ ...CREATED, state: 'undone', can: [] }) },
    async (page) => {
      await send(page);
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('Taken back').waitFor();
    },
  ),
  popup('lead-convert', { 'outbox.send': ok(CREATED) }, async (page) => {
    await send(page);
    await page.getByRole('button', { name: 'Convert the lead' }).click();
    await expectFocus(page, 'Convert the lead');
  }),
  popup('lead-form-loading', { 'creation.form': 'never' }, async (page) => {
    await page.getByRole('button', { name: 'Create lead' }).click();
  }),
  popup('lead-form-error', { 'creation.form': no('crm.offline') }, async (page) => {
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByRole('alert').waitFor();
  }),
  popup('lead-form-forbidden', { 'creation.form': no('crm.forbidden') }, async (page) => {
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByRole('alert').waitFor();
  }),
  popup('lead-form-not-allowed', { 'creation.form': no('policy.refused') }, async (page) => {
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByRole('alert').waitFor();
  }),
  popup('new-menu-not-allowed', { 'creation.objects': ok(['contact', 'account']) }, openMenu),
  popup('contact-form', { 'site.state': matched }, openNew('New contact', 'First Name')),
  popup('account-form', {}, openNew('New account', 'Account Name')),
  popup('opportunity-form', { 'site.state': matched }, openNew('New opportunity', 'Opportunity Name')),
  popup('task-form', { 'site.state': matched }, openNew('New task', 'Subject')),
  popup('task-look-up', { 'site.state': matched }, lookUp),
  popup('task-look-up-none', { 'site.state': matched, 'creation.lookUp': ok([]) }, async (page) => {
    await openNew('New task', 'Subject')(page);
    await page.getByLabel('Related To').fill('nobody');
    await page.getByText('Nothing found for').waitFor();
  }),
  popup('choose-fields', {}, chooseFields),
  ...quickStates,
];
