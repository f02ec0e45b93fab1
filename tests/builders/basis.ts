import { named } from '@/lib/privacy/template-hash';
import type { KeptTemplate, PersonBasis } from '@/lib/shared/person-basis';

export const TEMPLATE: KeptTemplate = named({
  version: 3,
  controller: 'Northwind Controls GmbH, privacy@northwind.example',
  purpose: 'To offer drives to those who buy drives in their company.',
  necessity: 'Without name and work address nobody can be asked.',
  safeguards: 'A way to object in every message.',
  owner: 'Ruth Castell',
  reviewBy: '2027-01-31',
  kinds: ['consent', 'contract', 'legitimate-interest'],
  marginDays: 5,
});

export const CONSENT: PersonBasis = { kind: 'consent', givenOn: '2026-04-30', way: 'email', note: '' };
export const CONTRACT: PersonBasis = { kind: 'contract', note: '' };
export const FAVOURABLE = { workData: true, expected: true, minds: false };

/** Legitimate interest where the company has answered nothing. */
export const IN_WORDS: PersonBasis = { kind: 'legitimate-interest', template: null, note: 'She asked us at the fair.' };

/** Legitimate interest with these answers, on the company's answers of `TEMPLATE`. */
export function interest(answers: Partial<typeof FAVOURABLE> = {}, override = ''): PersonBasis {
  const { version, hash } = TEMPLATE;
  return { kind: 'legitimate-interest', template: { version, hash }, answers: { ...FAVOURABLE, ...answers }, override };
}
