import type { Page } from '@playwright/test';
import type { BasisOffer } from '@/lib/shared/person-basis';
import { ONE, SITE, VIEW } from './fixtures/account.ts';
import { READY } from './fixtures/connection.ts';
import {
  changeable,
  CREATED,
  DUPLICATES,
  DUPLICATES_FORBIDDEN,
  FOUND,
  formOf,
  NOTHING_FOUND,
  HITS,
  INVALID,
  OFFER,
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
    'creation.prefill': NOTHING_FOUND,
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
  await weigh(page);
}

/** The three questions about a person, answered in her favour but for those of `against`. */
async function weigh(page: Page, against: readonly string[] = []): Promise<void> {
  await page.getByRole('radio', { name: /Legitimate interest/ }).check();
  for (const group of await page.getByRole('radiogroup').all()) {
    const question = (await group.textContent()) ?? '';
    const isBad = /mind/.test(question);
    const isAgainst = against.some((word) => question.includes(word));
    await group.getByLabel(isBad === isAgainst ? 'Yes' : 'No', { exact: true }).check();
  }
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
    'creation.prefill': NOTHING_FOUND,
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

const toBasis = async (page: Page): Promise<void> => page.getByText('Legal basis').scrollIntoViewIfNeeded();
const withOffer = (change: Partial<BasisOffer>) => ok({ ...TYPED_FORM, recordTypes: [], basis: { ...OFFER, ...change } });

/** The legal basis of a person in the form. */
const basisStates: State[] = [
  popup('basis-consent', {}, async (page) => {
    await openForm(page);
    await page.getByRole('radio', { name: /Consent/ }).check();
    await page.getByLabel('How').selectOption('in person');
    await page.getByLabel('Where the proof is').scrollIntoViewIfNeeded();
  }),
  popup('basis-unanswered', {}, async (page) => {
    await openForm(page);
    await page.getByLabel('Last Name').fill('Castell');
    await page.getByRole('radio', { name: /Legitimate interest/ }).check();
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByText('Answer yes or no.').first().waitFor();
  }),
  popup('basis-stopped', {}, async (page) => {
    await openForm(page);
    await weigh(page, ['role', 'mind']);
    await page.getByLabel('Why all the same').scrollIntoViewIfNeeded();
  }),
  popup('basis-no-template', { 'creation.form': withOffer({ template: null }) }, async (page) => {
    await openForm(page);
    await page.getByRole('radio', { name: /Legitimate interest/ }).check();
    await page.getByLabel('For what purpose').scrollIntoViewIfNeeded();
  }),
  popup('basis-template-needed', { 'creation.form': withOffer({ template: null, isTemplateRequired: true }) }, async (page) => {
    await openForm(page);
    await page.getByRole('radio', { name: /Legitimate interest/ }).check();
    await page.getByText('wants its interest written down').scrollIntoViewIfNeeded();
  }),
  popup('basis-review-due', { 'creation.form': withOffer({ isReviewDue: true }) }, async (page) => {
    await openForm(page);
    await page.getByRole('radio', { name: /Legitimate interest/ }).check();
    await page.getByText('wanted to look at its answers').scrollIntoViewIfNeeded();
  }),
  popup('basis-obligation', { 'creation.form': withOffer({ kinds: ['consent', 'legal-obligation'] }) }, async (page) => {
    await openForm(page);
    await page.getByRole('radio', { name: /Legal obligation/ }).check();
    await toBasis(page);
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
    await page.getByText('Your interest weighs more: you may go on').scrollIntoViewIfNeeded();
  }),
  popup('lead-all-fields', {}, openAllFields),
  ...basisStates,
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
  popup('lead-from-page', { 'creation.prefill': FOUND }, async (page) => {
    await openForm(page);
    await page.getByText('From a mailto link on the page').first().waitFor();
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
