import type { Page } from '@playwright/test';
import type { FormDraft, OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { SITE } from './fixtures/account.ts';
import { READY } from './fixtures/connection.ts';
import { ago } from './fixtures/now.ts';
import { formOf, NOTHING_FOUND } from './fixtures/record-form.ts';
import { no, ok, type Answers, type State } from './state.ts';

const popup = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `popup-outbox-${name}`,
  view: 'popup',
  answers: {
    'connections.list': ok([READY]),
    'site.suggestions': ok([]),
    'overlay.hidden': ok(null),
    'site.state': ok({ kind: 'unmatched', site: SITE, leads: [], firstSyncRunning: false }),
    'creation.form': formOf,
    'creation.prefill': NOTHING_FOUND,
    ...answers,
  },
  ...(act ? { act } : {}),
});

const entry = (id: string, rest: Partial<OutboxEntryView>): OutboxEntryView => ({
  id,
  connectionId: 'c1',
  crmLabel: 'Salesforce',
  object: 'lead',
  label: 'Pia Castell',
  at: ago(4),
  state: 'waiting',
  why: null,
  until: null,
  needs: null,
  result: null,
  can: ['edit', 'retry', 'drop'],
  ...rest,
});

const GOING: OutboxEntryView[] = [
  entry('1', { state: 'sending', can: [] }),
  entry('2', { label: 'Otto Lind', why: 'crm.offline', until: ago(-12) }),
  entry('3', { label: 'Acme Robotics', object: 'account', state: 'checking', can: ['retry', 'drop'] }),
  entry('4', { label: 'Call back', object: 'task' }),
  entry('5', { label: 'Ruth Castell', why: 'auth.reconnect' }),
  entry('6', {
    label: 'Mara Lindner',
    object: 'contact',
    state: 'created',
    result: { id: '003', url: 'https://acme.my.salesforce.com/003', how: 'created', undoUntil: ago(-1) },
    can: ['undo', 'drop'],
  }),
  entry('7', { label: 'Gone again', state: 'undone', can: ['edit', 'drop'] }),
];

const DUPLICATES: OutboxEntryView = entry('8', {
  state: 'needs-you',
  needs: {
    kind: 'duplicates',
    message: null,
    allowCreate: true,
    matches: [
      {
        id: '00Q9',
        object: 'lead',
        kind: 'lead',
        name: 'Pia Castell',
        url: 'https://acme.my.salesforce.com/00Q9',
        why: ['email', 'name'],
        fields: [
          { label: 'Name', typed: 'Pia Castell', held: 'Pia Castell' },
          { label: 'Company', typed: 'Acme', held: 'Acme Robotics GmbH' },
          { label: 'Phone', typed: '+49 711 4000123', held: null },
        ],
        updatable: true,
      },
    ],
  },
});
const ASKING: OutboxEntryView[] = [
  entry('9', { label: 'Otto Lind', state: 'unclear', can: ['retry', 'drop'] }),
  entry('10', {
    label: 'Ruth Castell',
    state: 'needs-you',
    needs: { kind: 'invalid', fieldErrors: { Email: 'Not an address.' }, formErrors: [] },
  }),
  entry('11', { label: 'Mara Lindner', state: 'needs-you', needs: { kind: 'refused', code: 'crm.forbidden' } }),
  entry('12', {
    label: 'Jan Petersen',
    state: 'needs-you',
    needs: { kind: 'conflict', fields: [{ label: 'Phone', typed: '+49 711 4000123', held: '+49 711 999' }] },
  }),
];

const OBJECTION = entry('13', {
  label: 'Mara Lindner',
  object: 'contact',
  state: 'needs-you',
  needs: {
    ...{ kind: 'objection', crm: 'salesforce', url: 'https://acme.my.salesforce.com/003', missing: ['call', 'email'] },
    ...{ reasons: [], code: 'crm.forbidden' },
  },
  can: ['retry', 'drop'],
});

const KEPT: FormDraft = {
  draftId: 'k1',
  connectionId: 'c1',
  object: 'lead',
  recordTypeId: null,
  values: { FirstName: 'Pia', LastName: 'Castell' },
  basis: { kind: null, reason: '' },
  source: { url: 'https://elsewhere.example/' },
  assign: false,
};

const open = (page: Page) => page.getByRole('region', { name: 'On its way to your CRM' }).getByRole('button').first().click();
const unfold = async (page: Page) => {
  await open(page);
  await page.getByRole('list').first().waitFor();
};

/** Records on their way, and what only a person can answer about them. */
export const outboxStates: State[] = [
  popup('closed', { 'outbox.list': ok(GOING) }),
  popup('going', { 'outbox.list': ok(GOING) }, unfold),
  popup('duplicates', { 'outbox.list': ok([DUPLICATES]) }, unfold),
  popup('asking', { 'outbox.list': ok(ASKING) }, unfold),
  popup('objection', { 'outbox.list': ok([OBJECTION]) }, unfold),
  popup('drop', { 'outbox.list': ok(ASKING) }, async (page) => {
    await unfold(page);
    await page.getByRole('button', { name: 'Drop: Otto Lind' }).click();
    await page.getByRole('dialog', { name: 'Drop this record?' }).waitFor();
  }),
  popup('failed', { 'outbox.list': ok(ASKING), 'outbox.retry': no('outbox.under-way') }, async (page) => {
    await unfold(page);
    await page.getByRole('button', { name: 'It is not there, send it again: Otto Lind' }).click();
    await page.getByRole('alert').waitFor();
  }),
  popup('damaged', { 'outbox.list': no('outbox.damaged') }),
  popup('draft', { 'draft.load': ok(KEPT) }, async (page) => {
    await page.getByRole('button', { name: 'Create lead' }).click();
    await page.getByRole('button', { name: 'Go on with it' }).waitFor();
  }),
];
