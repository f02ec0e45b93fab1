import { describe, expect, it } from 'vitest';
import { basisDraftOf, basisFrom, basisProblem, NO_BASIS } from '@/components/creation/basis-draft';
import { fileOf, isComplete, textsOf } from '@/components/privacy/template-texts';
import { basisIn, templateIn, templateInFile } from '@/lib/messaging/basis-schemas';
import { basisOffer } from '@/lib/privacy/person-basis';
import { named } from '@/lib/privacy/template-hash';
import { CONSENT, CONTRACT, FAVOURABLE, IN_WORDS, interest, TEMPLATE } from '../../builders/basis';

const TODAY = '2026-05-01';
const WITH = basisOffer({ template: TEMPLATE, isTemplateRequired: true }, TODAY);
const WITHOUT = basisOffer({ template: null, isTemplateRequired: false }, TODAY);

describe("the company's answers in a file", () => {
  it('come back as they were, under the same hash', () => {
    const template = templateInFile(fileOf(TEMPLATE));
    expect(template && named(template)).toEqual(TEMPLATE);
    expect(fileOf(TEMPLATE)).not.toContain(TEMPLATE.hash);
  });

  it.each([
    ['no JSON', 'purpose: to sell'],
    ['nothing', ''],
    ['another file', '{"version":1}'],
    ['another format', fileOf(TEMPLATE).replace('"format": 1', '"format": 2')],
    ['a day that is not in the calendar', fileOf({ ...TEMPLATE, reviewBy: '2027-02-30' })],
    ['no purpose', fileOf({ ...TEMPLATE, purpose: '   ' })],
    ['no legal basis', fileOf({ ...TEMPLATE, kinds: [] })],
    ['no version', fileOf({ ...TEMPLATE, version: 0 })],
    ['a margin of more than the month', fileOf({ ...TEMPLATE, marginDays: 31 })],
    ['something more', fileOf({ ...TEMPLATE, more: 1 } as typeof TEMPLATE)],
  ])('are not taken from %s', (_, text) => expect(templateInFile(text)).toBeNull());

  it('are read the same from the copy, or not at all', () => {
    const { hash: _hash, ...kept } = TEMPLATE;
    expect(templateIn(kept)).toEqual(kept);
    expect(templateIn({ ...kept, owner: '' })).toBeNull();
    expect(templateIn(undefined)).toBeNull();
  });
});

describe('the hash of the answers', () => {
  it('is another one for every other word, also under the same number', () => {
    const changes = { controller: 'x', purpose: 'x', necessity: 'x', safeguards: 'x', owner: 'x', reviewBy: '2027-02-01' };
    const others = Object.entries(changes).map(([name, value]) => named({ ...TEMPLATE, [name]: value }).hash);
    const more = [named({ ...TEMPLATE, marginDays: 6 }).hash, named({ ...TEMPLATE, kinds: ['consent'] }).hash];
    expect(new Set([TEMPLATE.hash, ...others, ...more]).size).toBe(9);
  });

  it('is the same for the same words, whatever their number and the order of the legal bases', () => {
    expect(named({ ...TEMPLATE, version: 4 }).hash).toBe(TEMPLATE.hash);
    expect(named({ ...TEMPLATE, kinds: TEMPLATE.kinds.toReversed() }).hash).toBe(TEMPLATE.hash);
    expect(TEMPLATE.hash).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the form of the answers', () => {
  it('begins with nothing decided but the usual legal bases', () => {
    expect(textsOf(null)).toMatchObject({ purpose: '', necessity: '', owner: '', reviewBy: '' });
    expect(isComplete(textsOf(null))).toBe(false);
  });

  it('is complete without safeguards, and without nothing else', () => {
    const texts = textsOf(TEMPLATE);
    expect(isComplete({ ...texts, safeguards: '' })).toBe(true);
    for (const name of ['controller', 'purpose', 'necessity', 'owner', 'reviewBy'] as const)
      expect(isComplete({ ...texts, [name]: ' ' }), name).toBe(false);
  });
});

describe('the basis as it is filled in', () => {
  const weighed = { ...NO_BASIS, kind: 'legitimate-interest' as const, answers: FAVOURABLE };

  it('asks for the reason in words where the company has not answered', () => {
    const draft = { ...NO_BASIS, kind: 'legitimate-interest' as const, note: 'short' };
    expect(basisProblem(draft, WITHOUT, TODAY)).toBe('no-words');
    const said = { ...draft, note: ' She asked us at the fair. ' };
    expect(basisProblem(said, WITHOUT, TODAY)).toBeNull();
    expect(basisFrom(said, WITHOUT)).toEqual(IN_WORDS);
  });

  it('asks for the company’s answers first where it wants that', () => {
    const draft = { ...NO_BASIS, kind: 'legitimate-interest' as const, note: 'She asked us at the fair.' };
    expect(basisProblem(draft, { ...WITHOUT, isTemplateRequired: true }, TODAY)).toBe('template-needed');
    expect(basisProblem({ ...draft, kind: 'contract' }, { ...WITHOUT, isTemplateRequired: true }, TODAY)).toBeNull();
  });

  it('asks every question where it has, and for words where an answer says stop', () => {
    expect(basisProblem({ ...weighed, answers: { workData: true } }, WITH, TODAY)).toBe('unanswered');
    expect(basisProblem(weighed, WITH, TODAY)).toBeNull();
    expect(basisFrom(weighed, WITH)).toEqual(interest());
    const against = { ...weighed, answers: { ...FAVOURABLE, minds: true } };
    expect(basisProblem(against, WITH, TODAY)).toBe('stopped');
    expect(basisProblem({ ...against, override: 'Asked us at the fair.' }, WITH, TODAY)).toBeNull();
  });

  it('does not send words of a stop that was taken back', () =>
    expect(basisFrom({ ...weighed, override: 'Asked us at the fair.' }, WITH)).toEqual(interest()));

  it.each([CONSENT, CONTRACT, interest({ minds: true }, 'Asked us at the fair.')])('is kept with the draft (%j)', (basis) => {
    const kept = basisDraftOf(JSON.parse(JSON.stringify(basis)));
    expect(basisFrom(kept, WITH)).toEqual(basis);
    expect(basisIn(basisFrom(kept, WITH))).toEqual(basis);
  });

  it.each([null, 'consent', 7, { kind: 'other' }, { answers: { other: true, minds: 'no' }, way: 'magic' }])(
    'is empty of what is none of ours (%j)',
    (kept) => expect(basisDraftOf(kept)).toEqual(NO_BASIS),
  );
});
