/** Runs a SOQL query over the org. */
import type { Subquery } from '@jetstreamapp/soql-parser-js';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row } from '../org/table.ts';
import { aggregate, isAggregate } from './aggregate.ts';
import { parseSoql } from './parse.ts';
import { compileSelect } from './projection.ts';
import type { WireRecord, WireValue } from './projection.ts';
import { selectRows, typeOf } from './select-rows.ts';
import type { QueryScope } from './select-rows.ts';
import { SoqlError, noSuchRelationship, notInSandbox } from './soql-error.ts';

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
    source: scope.org,
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

function childRecords(parent: ObjectType, subquery: Subquery, scope: QueryScope): { name: string; of(row: Row): WireValue } {
  const relationship = parent.children.find((child) => child.name?.toLowerCase() === subquery.relationshipName.toLowerCase());
  const child = relationship && scope.org.schema.object(relationship.childObject);
  if (!relationship?.name || !child) throw noSuchRelationship(subquery.relationshipName);
  const select = compileSelect(subquery.fields ?? [], child, {
    source: scope.org,
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
