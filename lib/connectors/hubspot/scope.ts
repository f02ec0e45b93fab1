import type { AccountScope, Condition } from '@/lib/crm/selection';
import type { ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { FieldType } from '../connector';
import type { Described } from './describe';
import type { Filter, Groups } from './queries';

/** Which records of an object are copied, as conditions of a search. Pure. */

/** More alternatives are refused. */
const MOST_GROUPS = 5;

/** What all records have to meet, but for their Account. @throws AppError `selection.invalid` */
export function scopeGroups(
  object: ObjectKind,
  { owner, withWebsite, conditions }: AccountScope,
  userId: string,
  account: Described | null,
): Groups {
  if (object !== 'account' && object !== 'lead') return [];
  const each: Filter[][] = [];
  if (owner === 'mine') {
    // The token belongs to somebody who owns nothing, or whom it may not name.
    if (userId === '') throw new AppError('selection.invalid');
    each.push([{ propertyName: 'hubspot_owner_id', operator: 'EQ', value: userId }]);
  }
  if (object === 'account') {
    if (withWebsite) each.push([{ propertyName: 'domain', operator: 'HAS_PROPERTY' }]);
    each.push(...conditions.map((one) => alternatives(one, account)));
  }
  if (each.length === 0) return [];
  const groups = each.reduce<Filter[][]>((all, some) => all.flatMap((group) => some.map((one) => [...group, one])), [[]]);
  if (groups.length > MOST_GROUPS) throw new AppError('selection.invalid');
  return groups;
}

/** One condition as HubSpot takes it. An empty value counts as not being another one, as in the domain model. */
function alternatives({ field: propertyName, operator, values }: Condition, account: Described | null): Filter[] {
  const type = account?.attributes.get(propertyName);
  const isText = account?.properties.get(propertyName)?.type === 'string';
  if (!type || !/^\w+$/.test(propertyName)) throw new AppError('selection.invalid');
  if (operator === 'empty') return [{ propertyName, operator: 'NOT_HAS_PROPERTY' }];
  if (operator === 'not-empty') return [{ propertyName, operator: 'HAS_PROPERTY' }];
  const sent = values.map((value) => sentValue(value, type));
  const [first] = sent;
  if (first === undefined) throw new AppError('selection.invalid');
  // Lists of texts are compared in lower case.
  const listed = isText ? sent.map((value) => value.toLowerCase()) : sent;
  switch (operator) {
    case 'is':
      return [{ propertyName, operator: 'IN', values: listed }];
    case 'is-not':
      return [
        { propertyName, operator: 'NOT_IN', values: listed },
        { propertyName, operator: 'NOT_HAS_PROPERTY' },
      ];
    case 'above':
      return [{ propertyName, operator: 'GT', value: first }];
    case 'below':
      return [{ propertyName, operator: 'LT', value: first }];
    default:
      if (type !== 'text') throw new AppError('selection.invalid');
      return sent.map((value) => ({
        propertyName,
        operator: 'CONTAINS_TOKEN',
        value: operator === 'contains' ? `*${value}*` : `${value}*`,
      }));
  }
}

/** Days and moments are told by their milliseconds. */
function sentValue(value: string, type: FieldType): string {
  const time = type === 'day' || type === 'moment' ? Date.parse(value) : 0;
  const isWrong = type === 'number' ? !/^-?\d+(?:\.\d+)?$/.test(value) : type === 'flag' && !/^(?:true|false)$/.test(value);
  if (isWrong || Number.isNaN(time)) throw new AppError('selection.invalid');
  return type === 'day' || type === 'moment' ? String(time) : value;
}
