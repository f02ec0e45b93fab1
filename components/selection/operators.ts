import type { FieldOption } from '@/lib/messaging/protocol';
import type { ConditionDraft } from './selection-draft';

export type Operator = ConditionDraft['operator'];

/** Every operator with the key of its words: message keys cannot hold a hyphen. */
export const OPERATOR_WORDS = {
  is: 'is',
  'is-not': 'isNot',
  contains: 'contains',
  'starts-with': 'startsWith',
  above: 'above',
  below: 'below',
  empty: 'empty',
  'not-empty': 'notEmpty',
} as const satisfies Record<Operator, string>;

const ALL = Object.keys(OPERATOR_WORDS) as Operator[];
const OF_CHOICES: readonly Operator[] = ['is', 'is-not', 'empty', 'not-empty'];

/** The comparisons that make sense for a field, and the one that stands there already. */
export function operatorsFor(field: FieldOption | undefined, current: Operator): Operator[] {
  return field && field.options.length > 0 ? ALL.filter((one) => OF_CHOICES.includes(one) || one === current) : ALL;
}

/** The condition on another field. Values of one field mean nothing in another. */
export function withField(condition: ConditionDraft, name: string, field: FieldOption | undefined): ConditionDraft {
  const possible = field && field.options.length > 0 ? OF_CHOICES : ALL;
  const operator = possible.includes(condition.operator) ? condition.operator : 'is';
  return { ...condition, field: name, operator, values: [] };
}
