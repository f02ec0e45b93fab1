import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basisOffer, judgeBasis, reachedBy } from '@/lib/privacy/person-basis';
import { named } from '@/lib/privacy/template-hash';
import { answersAgainst, BALANCING, BALANCING_ITEMS, isAnswered } from '@/lib/shared/person-basis';
import { CONSENT, CONTRACT, IN_WORDS, interest, TEMPLATE } from '../../builders/basis';

const TODAY = '2026-05-01';
const NOTHING = { doNotCall: false, emailOptOut: false, suppressed: false };
const judge = (
  ...[basis, template = TEMPLATE, facts = {}]: [Parameters<typeof judgeBasis>[0], (typeof TEMPLATE | null)?, object?]
) => judgeBasis(basis, { template, isTemplateRequired: false }, { ...NOTHING, ...facts }, TODAY);
const offer = (template: typeof TEMPLATE | null, today = TODAY) => basisOffer({ template, isTemplateRequired: false }, today);

describe('a person may be created', () => {
  it.each([
    ['on consent', CONSENT, null],
    ['on a contract', CONTRACT, null],
    ['on an interest that prevails', interest(), TEMPLATE],
    ['on an interest in words, while the company has not answered for it', IN_WORDS, null],
    ['against the result, in words', interest({ minds: true }, 'Asked us at the fair to call.'), TEMPLATE],
  ] as const)('%s', (_, basis, template) => expect(judge(basis, template)).toEqual([]));
});

describe('a person may not be created', () => {
  it('without a basis', () => expect(judge(null)).toEqual(['no-basis']));

  it('on consent of tomorrow', () =>
    expect(judge({ ...CONSENT, givenOn: '2026-05-02' } as typeof CONSENT)).toEqual(['consent-in-future']));

  it('on a basis that the company does not use', () => {
    expect(judge(CONTRACT, { ...TEMPLATE, kinds: ['consent'] })).toEqual(['not-offered']);
    expect(judge({ kind: 'legal-obligation', note: 'Section 147 of the tax code' }, null)).toEqual(['not-offered']);
  });

  it('on a law that nobody names', () => {
    const template = { ...TEMPLATE, kinds: ['legal-obligation' as const] };
    for (const note of ['', ' short ', '12345678', 'xxxxxxxxxxxx'])
      expect(judge({ kind: 'legal-obligation', note }, template), note).toEqual(['no-law']);
    for (const note of ['§ 147 AO', 'Section 147 of the tax code'])
      expect(judge({ kind: 'legal-obligation', note }, template), note).toEqual([]);
  });

  it.each([
    '',
    '  because  ',
    'She asked us once.',
    `because${' '.repeat(30)}`,
    'a'.repeat(40),
    'abab '.repeat(10),
    '1234567890 1234567890 1234567890',
    'x. y. z. x. y. z. x. y. z.',
  ])('on an interest without a sentence, while the company has not answered for it (%j)', (note) => {
    expect(judge({ ...IN_WORDS, note } as typeof IN_WORDS, null)).toEqual(['no-words']);
    expect(judge(interest({ minds: true }, note))).toEqual(['stopped']);
  });

  it('on an interest whose company wants to have answered first, whatever is said', () => {
    const rules = { template: null, isTemplateRequired: true };
    expect(judgeBasis(IN_WORDS, rules, NOTHING, TODAY)).toEqual(['template-needed']);
    expect(judgeBasis(interest(), rules, NOTHING, TODAY)).toEqual(['template-needed']);
    expect(judgeBasis(CONTRACT, rules, NOTHING, TODAY)).toEqual([]);
    expect(judgeBasis(interest(), { ...rules, template: TEMPLATE }, NOTHING, TODAY)).toEqual([]);
  });

  it('for an interest whose company has answered otherwise since', () => {
    expect(judge(interest(), null)).toEqual(['template-changed']);
    expect(judge(IN_WORDS)).toEqual(['template-changed']);
    expect(judge(interest(), { ...TEMPLATE, version: 4 })).toEqual(['template-changed']);
    expect(judge(interest(), named({ ...TEMPLATE, purpose: 'Another one under the same number.' }))).toEqual([
      'template-changed',
    ]);
  });

  it.each(BALANCING_ITEMS)('for an interest that %s speaks against, whatever else was answered', (item) => {
    const answers = { [item]: BALANCING[item].against };
    expect(answersAgainst(answers)).toEqual([item]);
    expect(judge(interest(answers))).toEqual(['stopped']);
    expect(judge(interest(answers, '  because  '))).toEqual(['stopped']);
  });

  it('when they have objected, whatever the basis is', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(null, CONSENT, CONTRACT, interest(), interest({ minds: true }, 'In enough words of her own.')),
        fc.constantFrom('doNotCall', 'emailOptOut', 'suppressed'),
        (basis, flag) => {
          expect(judge(basis, TEMPLATE, { [flag]: true })).not.toEqual([]);
        },
      ),
    ));
});

describe('what a form offers', () => {
  it('is the usual kinds while the company has not answered', () =>
    expect(offer(null)).toMatchObject({ template: null, kinds: ['consent', 'contract', 'legitimate-interest'] }));

  it('says when the answers should have been looked at again, and only then', () => {
    expect(offer(TEMPLATE, '2027-01-31').isReviewDue).toBe(false);
    expect(offer(TEMPLATE, '2027-02-01').isReviewDue).toBe(true);
  });

  it('is not answered before the last question', () => {
    expect(isAnswered({ workData: true, expected: true })).toBe(false);
    expect(answersAgainst({})).toEqual([]);
  });
});

describe('who is reached', () => {
  it('addresses and numbers are found in whatever field they stand', () => {
    const values = {
      LastName: 'Castell',
      Email: ' pia@acme.com',
      Second__c: 'p@acme.se',
      HomePhone: '+49 (0)711 40-00',
      Note: 'a@b c',
    };
    expect(reachedBy(values)).toEqual({ emails: ['pia@acme.com', 'p@acme.se'], phones: ['+49 (0)711 40-00'] });
  });
});
