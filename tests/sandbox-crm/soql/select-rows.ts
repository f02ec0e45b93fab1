/** The rows a query means. */
import type { Query, QueryBase } from '@jetstreamapp/soql-parser-js';
import type { Org } from '../org/org.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { candidateRows } from './candidates.ts';
import { resolveField } from './field-path.ts';
import { isIdOrder, isModstampOrder, sortKeys, sortRows } from './order.ts';
import { compileWhere } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import { noSuchType, notInSandbox } from './soql-error.ts';
import { toWhereTree } from './where-tree.ts';

export interface QueryScope {
  org: Org;
  /** `/services/data/v66.0`, for the addresses of records. */
  base: string;
  /** Who asks, for `USING SCOPE mine`. */
  userId: string;
  /** queryAll: what is in the recycle bin counts too. */
  includeDeleted: boolean;
}

export function typeOf(query: Query, org: Org): ObjectType {
  const type = org.schema.object(query.sObject ?? '');
  if (!type) throw noSuchType(query.sObject ?? '');
  return type;
}

/** Filtered, and sorted where that matters. The list stays as it is when rows change. */
export function selectRows(
  query: QueryBase,
  type: ObjectType,
  scope: QueryScope,
  { ordered }: { ordered: boolean },
  only?: Predicate,
): Row[] {
  const { org } = scope;
  const tree = query.where && toWhereTree(query.where);
  const keys = sortKeys(org, type, ordered ? [query.orderBy ?? []].flat() : []);
  const hidden = org.hidden(type.name);
  const tests: Predicate[] = [];
  if (!scope.includeDeleted) tests.push((row) => row.IsDeleted !== true);
  if (hidden.size > 0) tests.push((row) => !hidden.has(row.Id));
  if (query.usingScope?.toLowerCase() === 'mine') tests.push((row) => row.OwnerId === scope.userId);
  if (only) tests.push(only);
  if (tree) {
    const column = (subquery: Query) => columnOf(subquery, scope);
    tests.push(compileWhere(tree, { source: org, type, now: org.clock.now(), column }));
  }
  const start = query.offset ?? 0;
  const end = query.limit === undefined ? Number.POSITIVE_INFINITY : start + query.limit;
  const { rows, from, to, order } = candidateRows(org, type, tree, isModstampOrder(keys));
  const inOrder = order === 'modstamp' ? isModstampOrder(keys) : isIdOrder(keys);
  const found: Row[] = [];
  for (let at = from; at < to; at++) {
    // Rows that come in the order asked for need no look beyond the last one wanted.
    if (inOrder && found.length >= end) break;
    const row = rows[at];
    if (row && tests.every((test) => test(row))) found.push(row);
  }
  const sorted = inOrder ? found : sortRows(found, keys);
  return start === 0 && end >= sorted.length ? sorted : sorted.slice(start, end);
}

/** The values a query in `IN (SELECT …)` gives. */
function columnOf(subquery: Query, scope: QueryScope): Set<Value> {
  const type = typeOf(subquery, scope.org);
  const [field] = subquery.fields ?? [];
  if (field?.type !== 'Field') throw notInSandbox('this kind of sub-query');
  const { get } = resolveField(scope.org, type, field.field);
  const values = selectRows(subquery, type, scope, { ordered: false }).map(get);
  return new Set(values.filter((value) => value !== null));
}
