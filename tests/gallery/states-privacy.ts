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
