import { describe, expect, it } from 'vitest';
import type { FieldOption } from '@/lib/messaging/protocol';
import { operatorsFor, withField } from '@/components/selection/operators';
import { OPERATORS } from '@/lib/crm/selection';

const field = (options: FieldOption['options'] = []): FieldOption => ({
  name: 'Rating',
  label: 'Rating',
  model: null,
  needed: false,
  filterable: true,
  options,
});
const LIST = field([{ value: 'Hot', label: 'Hot' }]);
const CONDITION = { id: 3, field: 'Industry', operator: 'contains' as const, values: ['a', 'b'] };

describe('comparisons', () => {
  it('are all that the model knows for a field of free text', () => {
    expect([...operatorsFor(field(), 'is')].sort()).toEqual([...OPERATORS].sort());
    expect([...operatorsFor(undefined, 'is')].sort()).toEqual([...OPERATORS].sort());
  });

  it('are those of a choice for a field with a list of values', () => {
    expect(operatorsFor(LIST, 'is')).toEqual(['is', 'is-not', 'empty', 'not-empty']);
  });

  it('keep the one that stands there already', () => expect(operatorsFor(LIST, 'contains')).toContain('contains'));
});

describe('another field in a condition', () => {
  it('drops the values of the old one', () => expect(withField(CONDITION, 'Rating', field()).values).toEqual([]));

  it('keeps a comparison that the field allows, and else starts with "is"', () => {
    expect(withField(CONDITION, 'Rating', field()).operator).toBe('contains');
    expect(withField(CONDITION, 'Rating', LIST).operator).toBe('is');
  });

  it('keeps the row the same row', () => expect(withField(CONDITION, 'Rating', LIST).id).toBe(3));
});
