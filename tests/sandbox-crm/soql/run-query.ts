/** Runs a SOQL query over the org. */
import type { Query, QueryBase, Subquery } from '@jetstreamapp/soql-parser-js';
import type { Org } from '../org/org.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { aggregate, isAggregate } from './aggregate.ts';
import { candidateRows } from './candidates.ts';
import { resolveField } from './field-path.ts';
import { isIdOrder, isModstampOrder, sortKeys, sortRows } from './order.ts';
import { parseSoql } from './parse.ts';
import { compileWhere } from './predicate.ts';
import type { Predicate } from './predicate.ts';
import { compileSelect } from './projection.ts';
import type { WireRecord, WireValue } from './projection.ts';
import { SoqlError, noSuchRelationship, noSuchType, notInSandbox } from './soql-error.ts';
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

export interface QueryResult {
  totalSize: number;
  /** Rows are turned into records only when their page is asked for. */
  length: number;
  records(from: number, to: number): WireRecord[];
  /** A long text area among the columns makes Salesforce's pages smaller. */
  hasLongText: boolean;
}

const MAX_OFFSET = 2000;

/** @throws SoqlError in Salesforce's codes for anything it would refuse */
export function runQuery(soql: string, scope: QueryScope): QueryResult {
  const query = parseSoql(soql);
  const type = typeOf(query, scope.org);
  const fields = query.fields ?? [];
  if ((query.offset ?? 0) > MAX_OFFSET) {
    throw new SoqlError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`, String(query.offset));
  }
  const groupBy = [query.groupBy ?? []].flat();
  if (query.having) throw notInSandbox('HAVING');
  const [first] = fields;
  if (fields.length === 1 && first && isAggregate(first) && first.parameters.length === 0) {
    return fixed([], selectRows(query, type, scope, { ordered: false }).length);
  }
  if (groupBy.length > 0 || fields.some(isAggregate)) {
    // Limit and offset count groups here, not the rows in them.
    const { limit: _limit, offset: _offset, ...ungrouped } = query;
    const rows = selectRows(ungrouped, type, scope, { ordered: false });
    const records = aggregate(rows, fields, groupBy, [query.orderBy ?? []].flat(), scope.org, type);
    const start = query.offset ?? 0;
    return fixed(records.slice(start, query.limit === undefined ? undefined : start + query.limit));
  }
  const select = compileSelect(fields, type, {
    org: scope.org,
    base: scope.base,
    children: (parent, subquery) => childRecords(parent, subquery, scope),
  });
  const rows = selectRows(query, type, scope, { ordered: true });
  return {
    totalSize: rows.length,
    length: rows.length,
    records: (from, to) => rows.slice(from, to).map(select),
    hasLongText: fields.some((field) => field.type === 'Field' && (type.field(field.field)?.length ?? 0) > 4000),
  };
}

const fixed = (records: WireRecord[], totalSize = records.length): QueryResult => ({
  totalSize,
  length: records.length,
  records: (from, to) => records.slice(from, to),
  hasLongText: false,
});

function typeOf(query: Query, org: Org): ObjectType {
  const type = org.schema.object(query.sObject ?? '');
  if (!type) throw noSuchType(query.sObject ?? '');
  return type;
}

/** The rows a query means, filtered, and sorted where that matters. */
function selectRows(
  query: QueryBase,
  type: ObjectType,
  scope: QueryScope,
  { ordered }: { ordered: boolean },
  only?: Predicate,
): Row[] {
  const { org } = scope;
  const tree = query.where && toWhereTree(query.where);
  const keys = sortKeys(org, type, ordered ? [query.orderBy ?? []].flat() : []);
  const byModstamp = isModstampOrder(keys);
  const tests: Predicate[] = [];
  if (!scope.includeDeleted) tests.push((row) => row.IsDeleted !== true);
  if (query.usingScope?.toLowerCase() === 'mine') tests.push((row) => row.OwnerId === scope.userId);
  if (only) tests.push(only);
  if (tree) tests.push(compileWhere(tree, { org, type, column: (subquery) => columnOf(subquery, scope) }));
  const start = query.offset ?? 0;
  const end = query.limit === undefined ? Number.POSITIVE_INFINITY : start + query.limit;
  const inOrder = byModstamp || isIdOrder(keys);
  const rows: Row[] = [];
  for (const row of candidateRows(org, type, tree, byModstamp)) {
    // Rows that come in the order asked for need no look beyond the last one wanted.
    if (inOrder && rows.length >= end) break;
    if (tests.every((test) => test(row))) rows.push(row);
  }
  const sorted = inOrder ? rows : sortRows(rows, keys);
  return start === 0 && end >= sorted.length ? sorted : sorted.slice(start, end);
}

/** The values a query in `IN (SELECT …)` gives. */
function columnOf(subquery: Query, scope: QueryScope): Set<Value> {
  const type = typeOf(subquery, scope.org);
  const [field] = subquery.fields ?? [];
  if (field?.type !== 'Field') throw notInSandbox('this kind of sub-query');
  const { get } = resolveField(scope.org, type, field.field);
  return new Set(
    selectRows(subquery, type, scope, { ordered: false })
      .map(get)
      .filter((value) => value !== null),
  );
}

function childRecords(parent: ObjectType, subquery: Subquery, scope: QueryScope): { name: string; of(row: Row): WireValue } {
  const relationship = parent.children.find((child) => child.name?.toLowerCase() === subquery.relationshipName.toLowerCase());
  const child = relationship && scope.org.schema.object(relationship.childObject);
  if (!relationship?.name || !child) throw noSuchRelationship(subquery.relationshipName);
  const select = compileSelect(subquery.fields ?? [], child, {
    org: scope.org,
    base: scope.base,
    children: () => {
      throw notInSandbox('sub-queries in sub-queries');
    },
  });
  return {
    name: relationship.name,
    of({ Id }) {
      const rows = selectRows(subquery, child, scope, { ordered: true }, (row) => row[relationship.field] === Id);
      return rows.length === 0 ? null : { totalSize: rows.length, done: true, records: rows.map(select) };
    },
  };
}
