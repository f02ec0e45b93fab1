import type { ObjectKind } from '@/lib/crm/records';
import { type AccountScope, type Condition, followsAccount } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { FieldType } from '../connector';
import { CONVERTED } from './mappers';
import { espoTime, type Where } from './queries';

/** Which records of an object are copied, as conditions of a list. Pure. */

const either = (...value: Where[]): Where => ({ type: 'or', value });
const isNull = (attribute: string): Where => ({ type: 'isNull', attribute });

/** Only people of the organisation: portal users are customers. */
const PEOPLE_OF_THE_ORG: Where = { type: 'in', attribute: 'type', value: ['regular', 'admin', 'super-admin'] };
const NOT_CONVERTED = either({ type: 'notEquals', attribute: 'status', value: CONVERTED }, isNull('status'));

export interface ScopeContext {
  scope: AccountScope;
  userId: string;
  /** Types of the Account's attributes that the scope names. */
  accountTypes: Readonly<Record<string, FieldType>>;
  /** Attributes of the object that this user may see. */
  visible: ReadonlySet<string>;
}

/**
 * What all records of the copy have to meet. Contacts, Opportunities and Tasks are told by their Account afterwards.
 * @throws AppError `selection.invalid` when a condition names what this user cannot see, or a value of a wrong type
 */
export function scopeWhere(object: ObjectKind, context: ScopeContext): Where[] {
  const chosen = chosenWhere(object, context);
  return object === 'lead' && context.visible.has('status') ? [NOT_CONVERTED, ...chosen] : chosen;
}

/** The same without what a record leaves by changing: a pull of changes has to see a Lead that was converted. @throws AppError */
export function chosenWhere(object: ObjectKind, { scope, userId, accountTypes }: ScopeContext): Where[] {
  const mine: Where[] = scope.owner === 'mine' ? [{ type: 'equals', attribute: 'assignedUserId', value: userId }] : [];
  if (object === 'user') return [PEOPLE_OF_THE_ORG];
  if (object === 'lead') return mine;
  if (followsAccount(object)) return [];
  const website: Where[] = scope.withWebsite
    ? [
        { type: 'isNotNull', attribute: 'website' },
        { type: 'notEquals', attribute: 'website', value: '' },
      ]
    : [];
  const typeIn = (field: string) => (Object.hasOwn(accountTypes, field) ? accountTypes[field] : undefined);
  return [...mine, ...website, ...scope.conditions.map((one) => conditionWhere(one, typeIn(one.field)))];
}

const PLAIN: Record<FieldType, RegExp> = {
  text: /^[\s\S]*$/,
  number: /^-?\d+(?:\.\d+)?$/,
  flag: /^(?:true|false)$/,
  day: /^\d{4}-\d\d-\d\d$/,
  moment: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
};

/** One condition as EspoCRM takes it. An empty value counts as not being another one, as in the domain model. */
function conditionWhere({ field: attribute, operator, values }: Condition, type: FieldType | undefined): Where {
  if (!type || !/^\w+$/.test(attribute)) throw new AppError('selection.invalid');
  if (operator === 'empty') return isNull(attribute);
  if (operator === 'not-empty') return { type: 'isNotNull', attribute };
  const texts = values.map((value) => sentValue(value, type));
  const [first] = texts;
  if (first === undefined) throw new AppError('selection.invalid');
  const like = (kind: string): Where => {
    if (type !== 'text') throw new AppError('selection.invalid');
    return either(...texts.map((value): Where => ({ type: kind, attribute, value })));
  };
  switch (operator) {
    case 'is':
      return { type: 'in', attribute, value: texts };
    case 'is-not':
      return either({ type: 'notIn', attribute, value: texts }, isNull(attribute));
    case 'above':
      return { type: 'greaterThan', attribute, value: first };
    case 'below':
      return { type: 'lessThan', attribute, value: first };
    case 'contains':
      return like('contains');
    case 'starts-with':
      return like('startsWith');
  }
}

function sentValue(value: string, type: FieldType): string {
  if (!PLAIN[type].test(value)) throw new AppError('selection.invalid');
  if (type === 'flag') return value === 'true' ? '1' : '0';
  return type === 'moment' ? espoTime(value) : value;
}
