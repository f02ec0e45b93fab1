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
      'rights.erase': ok({ records: [{ object: 'contact', url: PERSON.url }], typed: 1 }),
      'rights.erased': ok([{ connectionId: STORED.connectionId, orgName: STORED.orgName, crmLabel: 'Salesforce', people: 1 }]),
    },
    async (page) => {
      await askErase(page);
      await page.getByRole('button', { name: 'Erase here' }).click();
    },
  ),
  privacy('rights-damaged', {
    'rights.erased': ok([{ connectionId: STORED.connectionId, orgName: STORED.orgName, crmLabel: 'Salesforce', people: null }]),
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
