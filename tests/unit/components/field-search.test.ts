import { describe, expect, it } from 'vitest';
import { searchFields } from '@/components/selection/field-search';

const FIELDS = [
  { name: 'AnnualRevenue', label: 'Annual Revenue' },
  { name: 'Rating', label: 'Account Rating' },
  { name: 'Uebersicht__c', label: 'Übersicht' },
  { name: 'Revenue_Last_Year__c', label: 'Umsatz' },
];
const found = (query: string, chosen: string[] = []) =>
  searchFields(FIELDS, query, new Set(chosen)).shown.map(({ name }) => name);

describe('a search for a field', () => {
  it('finds by a part of the label or of the name', () => {
    expect(found('revenue')).toEqual(['AnnualRevenue', 'Revenue_Last_Year__c']);
  });

  it('wants every word, in any order', () => expect(found('rating acc')).toEqual(['Rating']));

  it('overlooks case and accents', () => expect(found('UBERSICHT')).toEqual(['Uebersicht__c']));

  it('gives all in their order when nothing is typed, the chosen ones first', () => {
    expect(found('  ')).toEqual(FIELDS.map(({ name }) => name));
    expect(found('', ['Uebersicht__c'])[0]).toBe('Uebersicht__c');
    expect(found('', ['Uebersicht__c'])).toHaveLength(FIELDS.length);
  });

  it('takes signs for what they are', () => expect(found('(.*')).toEqual([]));

  it('shows no more than a page of hundreds, says how many fit, and never hides what is chosen', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({ name: `F${index}`, label: `Field ${index}` }));
    const { shown, total } = searchFields(many, 'field', new Set(['F299']));
    expect(total).toBe(300);
    expect(shown).toHaveLength(50);
    expect(shown[0]?.name).toBe('F299');
  });
});
