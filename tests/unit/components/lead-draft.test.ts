import { describe, expect, it } from 'vitest';
import type { FormField } from '@/lib/messaging/protocol';
import { placeFields } from '@/components/creation/form-layout';
import { EMPTY_DRAFT, basisOf, draftName, problemsOf, valuesOf, type LeadDraft } from '@/components/creation/lead-draft';

const field = (name: string, rest: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  type: 'text',
  required: false,
  maxLength: 80,
  options: [],
  value: '',
  source: null,
  ...rest,
});
const draft = (rest: Partial<LeadDraft>): LeadDraft => ({ ...EMPTY_DRAFT, ...rest });
const problems = (one: LeadDraft, ...fields: FormField[]) => Object.fromEntries(problemsOf(one, fields));

describe('problemsOf', () => {
  it('names what is missing or too long, and never an unticked box', () => {
    const fields = [
      field('LastName', { required: true }),
      field('Company', { required: true, value: 'Acme' }),
      field('Code', { maxLength: 3 }),
      field('Agreed', { type: 'checkbox', required: true, value: 'false' }),
    ];
    expect(problems(draft({ basis: 'consent', values: { LastName: '  ', Code: 'long' } }), ...fields)).toEqual({
      LastName: 'required',
      Code: 'too-long',
    });
  });

  it('asks for a legal basis, and for a reason where the law does', () => {
    expect(problems(draft({}))).toEqual({ ' basis': 'no-basis' });
    expect(problems(draft({ basis: 'contract' }))).toEqual({});
    expect(problems(draft({ basis: 'legitimate-interest', reason: '   short   ' }))).toEqual({ ' reason': 'no-reason' });
  });
});

it('sends every field, what was typed before what was prefilled', () => {
  const fields = [field('Company', { value: 'Acme' }), field('Website', { value: 'https://acme.com' })];
  expect(valuesOf(draft({ values: { Company: '' } }), fields)).toEqual({ Company: '', Website: 'https://acme.com' });
});

it('gives a basis only when it is complete', () => {
  expect(basisOf(draft({}))).toBeNull();
  expect(basisOf(draft({ basis: 'legitimate-interest', reason: 'too short' }))).toBeNull();
  expect(basisOf(draft({ basis: 'consent', reason: ' by phone ' }))).toEqual({ kind: 'consent', reason: 'by phone' });
});

it('names a draft only when there is something to lose', () => {
  expect(draftName(draft({ values: { LastName: 'Castell' } }))).toBeNull();
  expect(draftName(draft({ touched: true, values: { FirstName: 'Pia', LastName: 'Castell' } }))).toBe('Pia Castell');
  expect(draftName(draft({ touched: true }))).toBe('');
});

it('puts two short fields side by side and keeps the order', () => {
  const fields = [
    field('First'),
    field('Last'),
    field('Alone'),
    field('Company', { maxLength: 255 }),
    field('Site', { type: 'url' }),
  ];
  expect(placeFields(fields).map(({ field: { name }, half }) => `${name}${half ? ' half' : ''}`)).toEqual([
    'First half',
    'Last half',
    'Alone',
    'Company',
    'Site',
  ]);
});
