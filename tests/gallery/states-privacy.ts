import type { OutboxEntryView } from '../../lib/messaging/outbox-protocol.ts';
import { AGES, LOG, STORED } from './fixtures/privacy.ts';
import { no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const USUAL: Answers = {
  'privacy.stored': ok([STORED]),
  'privacy.retention': ok({ keepDays: 30 }),
  'privacy.ages': ok(AGES),
  'privacy.log': ok(LOG),
};
const privacy = (name: string, answers: Answers, act?: State['act']): State =>
  options(name, { ...USUAL, ...answers }, act, { section: 'privacy' });

const PERSON = {
  connectionId: STORED.connectionId,
  crm: 'salesforce',
  crmLabel: 'Salesforce',
  orgName: STORED.orgName,
  object: 'contact',
  id: '003A',
  name: 'Pia Power',
  email: 'pia@acme.com',
  phone: '+49 711 4000123',
  company: null,
  objected: false,
  url: 'https://northwind.lightning.force.com/lightning/r/Contact/003A/view',
} as const;
const FOUND: Answers = {
  'rights.find': ok({
    people: [PERSON, { ...PERSON, object: 'lead', id: '00QA', name: 'P. Power', company: 'Acme' }],
    typed: [{ connectionId: STORED.connectionId, where: 'outbox', label: 'Pia Power' }],
    more: false,
  }),
};
const NOBODY: Answers = { 'rights.find': ok({ people: [], typed: [], more: false }) };

const lists = (erased: number | null, objections: number | null) => ({
  ...{ connectionId: STORED.connectionId, orgName: STORED.orgName, crmLabel: 'Salesforce' },
  ...{ erased, objections },
});
const noted = (
  object: 'contact' | 'lead',
  state: OutboxEntryView['state'],
  needs: OutboxEntryView['needs'],
): OutboxEntryView => ({
  ...{ id: `objection-${object}`, connectionId: STORED.connectionId, crmLabel: 'Salesforce', object, label: 'Pia Power' },
  ...{ at: '2026-05-05T10:00:00.000Z', state, why: null, until: null, needs, result: null, can: ['retry', 'drop'] },
});
const OBJECTED: Answers = {
  'rights.find': ok({ people: [{ ...PERSON, objected: true }], typed: [], more: false }),
  'rights.lists': ok([lists(0, 1)]),
};
const askObject: State['act'] = async (page) => page.getByRole('button', { name: 'Objects to contact…' }).first().click();

/** Somebody has asked what is held of them. */
const rights = (name: string, answers: Answers, after?: State['act']): State =>
  privacy(`rights-${name}`, answers, async (page) => {
    await page.getByLabel('E-mail address, phone number or name').fill('pia@acme.com');
    await page.getByRole('button', { name: 'Find', exact: true }).click();
    await after?.(page);
  });
const askErase: State['act'] = async (page) => page.getByRole('button', { name: 'Erase', exact: true }).first().click();

export const rightsStates: State[] = [
  rights('found', FOUND),
  rights('none', NOBODY),
  rights('searching', { 'rights.find': 'never' }),
  rights('unclear', { 'rights.find': no('person.unclear') }),
  rights('error', { 'rights.find': no('storage.unreadable') }),
  rights('erase', FOUND, askErase),
  rights('erase-failed', { ...FOUND, 'rights.erase': no('outbox.under-way') }, async (page) => {
    await askErase(page);
    await page.getByRole('button', { name: 'Erase here' }).click();
  }),
  rights(
    'erased',
    {
      'rights.find': [...[FOUND['rights.find']].flat(), ...[NOBODY['rights.find']].flat()] as never,
      'rights.erase': ok({ records: [{ object: 'contact', url: PERSON.url }], typed: 1, left: 1 }),
      'rights.lists': ok([lists(1, 0)]),
    },
    async (page) => {
      await askErase(page);
      await page.getByRole('button', { name: 'Erase here' }).click();
    },
  ),
  rights('object', FOUND, askObject),
  rights(
    'objected',
    {
      ...OBJECTED,
      'rights.object': ok({
        entries: [
          noted('contact', 'created', null),
          noted('lead', 'needs-you', {
            ...{
              kind: 'objection',
              crm: 'salesforce',
              url: PERSON.url,
              missing: ['call', 'individual'],
              reasons: [],
              code: null,
            },
          }),
        ],
      }),
    },
    async (page) => {
      await askObject(page);
      await page.getByRole('button', { name: 'Note objection' }).click();
    },
  ),
  rights('let-in', { ...OBJECTED, 'rights.lists': ok([lists(2, 1)]), 'rights.letIn': no('person.several') }, async (page) => {
    await page.getByRole('button', { name: 'Let somebody back in' }).click();
    await page.getByLabel('Their e-mail address, phone number or name').fill('Pia Power');
    await page.getByRole('button', { name: 'Let in', exact: true }).click();
  }),
  privacy('rights-damaged', {
    'rights.lists': ok([lists(null, null)]),
  }),
];

export const privacyStates: State[] = [
  privacy('privacy', {}),
  privacy('privacy-empty', { 'privacy.stored': ok([]) }),
  privacy('privacy-loading', { 'privacy.stored': 'never' }),
  privacy('privacy-error', { 'privacy.stored': no('storage.unreadable') }),
  privacy('privacy-log-broken', { 'privacy.log': ok({ ...LOG, brokenAt: 7 }) }),
  privacy('privacy-open', {}, async (page) => {
    await page.getByText('Which fields are copied').click();
    await page.getByText('Do third parties get anything?').click();
    await page.getByText(/^Show \d+ fields$/).click();
  }),
];
