import type { ObjectKind } from '@/lib/crm/records';

/** EspoCRM's names for the objects, and the addresses of its lists. Pure. */
export const ESPO_OBJECT: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** More are refused with 403 "Max size should not exceed 200" (measured). */
export const PAGE_SIZE = 200;
/** So many ids in one address stay below the 8 kB that web servers take. */
export const IDS_A_CALL = 80;

/** A condition of a list. `value` holds conditions for `or` and `and`. */
export interface Where {
  type: string;
  attribute?: string;
  value?: string | readonly string[] | readonly Where[];
}

export interface ListQuery {
  select: readonly string[];
  where: readonly Where[];
  offset?: number;
  maxSize?: number;
  orderBy?: 'modifiedAt' | 'createdAt' | 'id' | 'name';
  order?: 'asc' | 'desc';
}

/** The path of a list. PHP reads conditions as `where[0][type]=…`. */
export function listPath(entityType: string, query: ListQuery): string {
  const { select, where, offset = 0, maxSize = PAGE_SIZE, orderBy = 'modifiedAt', order = 'asc' } = query;
  const params = new URLSearchParams({
    select: select.join(','),
    maxSize: String(maxSize),
    offset: String(offset),
    orderBy,
    order,
  });
  for (const [index, one] of where.entries()) addWhere(params, `where[${index}]`, one);
  return `${entityType}?${params}`;
}

function addWhere(params: URLSearchParams, prefix: string, { type, attribute, value }: Where): void {
  params.append(`${prefix}[type]`, type);
  if (attribute !== undefined) params.append(`${prefix}[attribute]`, attribute);
  if (typeof value === 'string') params.append(`${prefix}[value]`, value);
  else if (value) for (const [index, one] of value.entries()) addPart(params, `${prefix}[value][${index}]`, one);
}

function addPart(params: URLSearchParams, prefix: string, one: string | Where): void {
  if (typeof one === 'string') params.append(prefix, one);
  else addWhere(params, prefix, one);
}

/** `2026-05-01T07:25:37.000Z` as EspoCRM writes it: UTC to the second, without a zone. */
export function espoTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 19).replace('T', ' ');
}

/** Where a pull goes on: after a record, or from a time on. Null is from the beginning. */
export type Position = { after: { stamp: string; id: string } } | { from: string } | null;

/**
 * What lies behind a position. Times are compared as they are stored: with `dateTime=true` EspoCRM would take them for the
 * zone that its server is set to (Select/Where/DefaultDateTimeItemTransformer). Ties of `modifiedAt` are normal, so that the
 * id decides among them; lists are ordered by it as well (Select/Order/Applier).
 */
export function positionWhere(position: Position): Where[] {
  if (!position) return [];
  if ('from' in position) return [{ type: 'greaterThanOrEquals', attribute: 'modifiedAt', value: espoTime(position.from) }];
  const stamp = espoTime(position.after.stamp);
  const tie: Where = {
    type: 'and',
    value: [
      { type: 'equals', attribute: 'modifiedAt', value: stamp },
      { type: 'greaterThan', attribute: 'id', value: position.after.id },
    ],
  };
  return [{ type: 'or', value: [{ type: 'greaterThan', attribute: 'modifiedAt', value: stamp }, tie] }];
}

/** Records by id. */
export const idsWhere = (ids: readonly string[]): Where => ({ type: 'in', attribute: 'id', value: ids });

/** The columns of a list of records with these attributes. */
export const columnsOf = (fields: readonly string[]): string[] => [...new Set(['id', ...fields, 'createdAt', 'modifiedAt'])];
