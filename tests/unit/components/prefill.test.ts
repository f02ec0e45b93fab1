import { describe, expect, it } from 'vitest';
import { firstPhone, phoneNumber } from '@/components/creation/phone-number';
import { newDraft, valuesOf, withValue } from '@/components/creation/record-draft';
import { withPrefill } from '@/components/creation/with-prefill';
import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { Suggestion } from '@/lib/prefill/suggestion';

describe('a phone number of a page', () => {
  it.each<[string, string[], string | null]>([
    ['030 5550100', ['DE'], '+49 30 5550100'],
    ['+49 (0)30 5550100', [], '+49 30 5550100'],
    ['+49-30-5550100', ['US'], '+49 30 5550100'],
    ['(216) 555-0147', ['US'], '+1 216 555 0147'],
    ['02 511 01 23', ['FR', 'BE'], '+32 2 511 01 23'],
    ['030 5550100', [], null],
    ['12345', ['DE'], null],
    ['0000000000', ['DE', 'XX'], null],
    ['<script>', ['DE'], null],
    ['9'.repeat(1000), ['DE'], null],
  ])('%s in %j is %s', (text, countries, number) => expect(phoneNumber(text, countries)).toBe(number));

  const first = (...found: Suggestion[]) => firstPhone(found, ['DE']);
  it('is the first that is one, and what was marked or typed stays as it stands', () => {
    expect(first({ value: '12', source: 'phone-link' }, { value: '030 5550100', source: 'company-data' })?.value).toBe(
      '+49 30 5550100',
    );
    expect(first({ value: '12 34 56 7', source: 'text' })).toEqual({ value: '12 34 56 7', source: 'text' });
    expect(first({ value: '12 34 56 7', source: 'selection' })).toBeNull();
  });
});

describe('a form that is filled from a page', () => {
  const field = (name: string, value = '') => ({
    name,
    value,
    source: null,
    type: 'text',
    options: [],
    restricted: false,
    controller: null,
  });
  const form = {
    fields: [field('LastName'), field('Company'), field('AccountId', 'a1')],
    labels: { AccountId: 'Acme' },
    names: {},
    recordTypes: [],
  } as unknown as RecordForm;
  const found = (value: string): Suggestion => ({ value, source: 'mail-link' });

  it('says where each value is from, and leaves what it was opened for', () => {
    const filled = withPrefill(form, { LastName: found('Keys'), AccountId: found('evil'), Gone: found('x') });
    expect(filled.fields.map(({ name, value, source }) => [name, value, source])).toEqual([
      ['LastName', 'Keys', 'mail-link'],
      ['Company', '', null],
      ['AccountId', 'a1', null],
    ]);
  });

  it('never goes over what was typed or emptied, also when it comes late', () => {
    const draft = newDraft({ connectionId: null, tabId: null, text: null, link: null });
    const typed = withValue(form, withValue(form, draft, 'LastName', 'Berg'), 'Company', '');
    const late = withPrefill(form, { LastName: found('Keys'), Company: found('Acme') });
    expect(valuesOf(late, typed)).toEqual({ LastName: 'Berg', Company: '', AccountId: 'a1' });
  });
});
