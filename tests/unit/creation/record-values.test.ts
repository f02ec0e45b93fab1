import { describe, expect, it } from 'vitest';
import type { DescribedField } from '@/lib/connectors/creation-contract';
import { recordValues } from '@/lib/creation/record-values';
import { described, describedObject, picklist, recordType } from '../../builders/description';

const one = (field: Partial<DescribedField>, text: string, locale = 'en') =>
  recordValues(describedObject([described('F', field)]), null, { F: text }, locale);
const taken = (...args: Parameters<typeof one>) => one(...args).values.F;
const problemOf = (...args: Parameters<typeof one>) => one(...args).problems.F;

describe('what was typed, as the CRM takes it', () => {
  it.each([
    ['text', '  Acme ', 'Acme'],
    ['textarea', 'one\ntwo', 'one\ntwo'],
    ['phone', '+49 30 123', '+49 30 123'],
    ['url', 'acme.com', 'acme.com'],
    ['email', 'pia@acme.com', 'pia@acme.com'],
    ['checkbox', 'true', true],
    ['checkbox', 'false', false],
    ['number', '1,234.5', 1234.5],
    ['date', '2026-12-31', '2026-12-31'],
    ['picklist', 'Web', 'Web'],
    ['multi-picklist', 'Web; Fair', 'Web;Fair'],
    ['reference', '001a', '001a'],
  ] as const)('of a %s: "%s"', (type, text, value) => expect(taken({ type }, text)).toBe(value));

  it('has numbers and dates in the user’s way of writing', () => {
    expect(taken({ type: 'number' }, '1.234,56', 'de')).toBe(1234.56);
    expect(taken({ type: 'date' }, '31.12.2026', 'de')).toBe('2026-12-31');
  });

  it('leaves out what is empty, and what the CRM has no field for', () => {
    const description = describedObject([described('A'), described('B')]);
    expect(recordValues(description, null, { A: '  ', B: 'b', Evil__c: 'x' }, 'en').values).toEqual({ B: 'b' });
  });

  it('empties a default that the user has emptied, and leaves one alone that was not shown', () => {
    const description = describedObject([described('A', { defaultValue: 'x' }), described('B', { defaultValue: 'y' })]);
    expect(recordValues(description, null, { A: '' }, 'en').values).toEqual({ A: null });
  });

  it('takes a field that is called like something every object has', () => {
    const description = describedObject([described('constructor'), described('toString', { required: true })]);
    expect(recordValues(description, null, {}, 'en')).toEqual({ values: {}, problems: { toString: { kind: 'required' } } });
  });
});

describe('what cannot be sent, by field', () => {
  it.each([
    ['a required field that is empty', { required: true }, ' ', { kind: 'required' }],
    ['a text longer than the CRM keeps', { maxLength: 3 }, 'four', { kind: 'too-long', most: 3 }],
    ['a word for a number', { type: 'number' }, 'many', { kind: 'not-a-number' }],
    [
      'more decimals than the CRM keeps',
      { type: 'number', digits: { whole: 5, fraction: 2 } },
      '1.234',
      { kind: 'too-many-decimals', most: 2 },
    ],
    [
      'more digits than the CRM keeps',
      { type: 'number', digits: { whole: 3, fraction: 2 } },
      '1234',
      { kind: 'too-many-digits', most: 3 },
    ],
    ['a day that does not exist', { type: 'date' }, '2026-02-31', { kind: 'not-a-date' }],
    ['a day for a moment', { type: 'moment' }, '2026-02-01', { kind: 'not-a-moment' }],
    ['half an e-mail address', { type: 'email' }, 'pia@', { kind: 'not-an-email' }],
    ['a name where a record has to be chosen', { type: 'reference' }, 'Acme Corp', { kind: 'not-a-record' }],
    [
      'a value that is not in the list',
      { type: 'picklist', restricted: true, options: picklist(['A']) },
      'B',
      { kind: 'not-an-option' },
    ],
    [
      'one of several that is not in the list',
      { type: 'multi-picklist', restricted: true, options: picklist(['A', 'B']) },
      'A;C',
      { kind: 'not-an-option' },
    ],
  ] as const)('%s', (_, field, text, problem) => {
    expect(problemOf(field as Partial<DescribedField>, text)).toEqual(problem);
    expect(taken(field as Partial<DescribedField>, text)).toBeUndefined();
  });

  it('is no value outside a list that the CRM leaves open', () => {
    expect(taken({ type: 'picklist', options: picklist(['A']) }, 'B')).toBe('B');
  });

  it('is no box that is left unticked', () => expect(problemOf({ type: 'checkbox', required: true }, 'false')).toBeUndefined());
});

describe('a picklist that hangs on something else', () => {
  const country = described('Country', { type: 'picklist', restricted: true, options: picklist(['DE', 'US']) });
  const state = described('State', {
    type: 'picklist',
    restricted: true,
    controller: 'Country',
    options: [...picklist(['Bavaria'], ['DE']), ...picklist(['Texas'], ['US']), ...picklist(['Other'])],
  });
  const stateWith = (typed: Record<string, string>) =>
    recordValues(describedObject([country, state]), null, typed, 'en').problems.State?.kind ?? null;

  it('takes what goes with the controlling value', () => {
    expect(stateWith({ Country: 'DE', State: 'Bavaria' })).toBeNull();
    expect(stateWith({ Country: 'DE', State: 'Other' })).toBeNull();
  });

  it('refuses what goes with another one, or with none', () => {
    expect(stateWith({ Country: 'US', State: 'Bavaria' })).toBe('not-an-option');
    expect(stateWith({ State: 'Bavaria' })).toBe('not-an-option');
  });

  it('refuses what the record type does not have', () => {
    const description = describedObject([country], { recordTypes: [recordType('eu', { Country: ['DE'] }), recordType('all')] });
    const problem = (type: string | null) => recordValues(description, type, { Country: 'US' }, 'en').problems.Country?.kind;
    expect([problem('eu'), problem('all'), problem(null)]).toEqual(['not-an-option', undefined, undefined]);
  });
});
