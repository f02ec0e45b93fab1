import type { ObjectKind } from '@/lib/crm/records';
import type { AccountScope, Condition } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { FieldType } from '../connector';

/** Which records of an object are copied, as SOQL conditions. Pure. */

/** Only people of the organisation: an org may have thousands of portal users, whose names nobody needs here. */
const ALWAYS: Partial<Record<ObjectKind, string>> = { user: "UserType = 'Standard'", lead: 'IsConverted = false' };

export interface ScopeContext {
  scope: AccountScope;
  /** The signed-in user, for "only mine". */
  userId: string;
  /** Types of the Account's fields that the scope names. */
  accountTypes: Readonly<Record<string, FieldType>>;
}

/**
 * The WHERE condition of an object, or '' for all of it. Contacts, Opportunities and Tasks follow their Account.
 * @throws AppError `selection.invalid` when a condition names a field that this user cannot see, or a value of a wrong type.
 */
export function scopeCondition(object: ObjectKind, context: ScopeContext): string {
  return joined([ALWAYS[object], chosenCondition(object, context)]);
}

/**
 * The same without what a record may leave by changing: a pull of changes has to see a Lead that was converted.
 * @throws AppError `selection.invalid`
 */
export function chosenCondition(object: ObjectKind, context: ScopeContext): string {
  const { scope, userId } = context;
  const mine = scope.owner === 'mine' ? `OwnerId = ${stringLiteral(userId)}` : '';
  if (object === 'user') return ALWAYS.user ?? '';
  if (object === 'lead') return mine;
  const website = scope.withWebsite ? 'Website != null' : '';
  const account = joined([
    mine,
    website,
    ...scope.conditions.map((one) => conditionSoql(one, typeIn(context.accountTypes, one.field))),
  ]);
  if (object === 'account' || account === '') return account;
  return `AccountId IN (SELECT Id FROM Account WHERE ${account})`;
}

/** Own properties only: a field may be called as something that every object has. */
const typeIn = (types: ScopeContext['accountTypes'], field: string) => (Object.hasOwn(types, field) ? types[field] : undefined);

/** Conditions that all have to hold; empty ones do not count. */
export function joined(conditions: readonly (string | undefined)[]): string {
  return [...new Set(conditions.filter((one) => one))].join(' AND ');
}

/** One condition as SOQL. @throws AppError `selection.invalid` */
export function conditionSoql({ field, operator, values }: Condition, type: FieldType | undefined): string {
  if (!type || !/^\w+$/.test(field)) throw new AppError('selection.invalid');
  if (operator === 'empty') return `${field} = null`;
  if (operator === 'not-empty') return `${field} != null`;
  const [first] = values;
  if (first === undefined) throw new AppError('selection.invalid');
  switch (operator) {
    case 'is':
      return `${field} IN (${values.map((value) => literal(value, type)).join(', ')})`;
    case 'is-not':
      return `${field} NOT IN (${values.map((value) => literal(value, type)).join(', ')})`;
    case 'above':
      return `${field} > ${literal(first, type)}`;
    case 'below':
      return `${field} < ${literal(first, type)}`;
    case 'contains':
      return `(${values.map((value) => like(field, `%${wild(value)}%`, type)).join(' OR ')})`;
    case 'starts-with':
      return `(${values.map((value) => like(field, `${wild(value)}%`, type)).join(' OR ')})`;
  }
}

function like(field: string, pattern: string, type: FieldType): string {
  if (type !== 'text') throw new AppError('selection.invalid');
  return `${field} LIKE '${pattern}'`;
}

/** In a LIKE pattern `%` and `_` stand for themselves only behind a backslash (SOQL reference, quoted string escapes). */
const wild = (value: string) => escaped(value).replace(/[%_]/g, '\\$&');

const escaped = (value: string) => value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');

/** A SOQL string literal. */
export function stringLiteral(value: string): string {
  return `'${escaped(value)}'`;
}

const PLAIN: Record<Exclude<FieldType, 'text'>, RegExp> = {
  number: /^-?\d+(?:\.\d+)?$/,
  flag: /^(?:true|false)$/,
  day: /^\d{4}-\d\d-\d\d$/,
  moment: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
};

function literal(value: string, type: FieldType): string {
  if (type === 'text') return stringLiteral(value);
  if (!PLAIN[type].test(value)) throw new AppError('selection.invalid');
  return value;
}
