/** COUNT, SUM and their like, over all matches or per group. */
import type { FieldFunctionExpression, FieldType, GroupByClause, OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { RowSource } from '../org/sharing.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { resolveField } from './field-path.ts';
import { compareValues } from './order.ts';
import type { WireRecord } from './projection.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';

export const isAggregate = (field: FieldType): field is FieldFunctionExpression =>
  field.type === 'FieldFunctionExpression' && field.isAggregateFn === true;

interface OutputColumn {
  name: string;
  /** The words of the query it can be ordered by. */
  source: string;
  of(rows: readonly Row[]): Value;
}

export function aggregate(
  rows: readonly Row[],
  fields: readonly FieldType[],
  groupBy: readonly GroupByClause[],
  orderBy: readonly OrderByClause[],
  source: RowSource,
  type: ObjectType,
): WireRecord[] {
  const keys = groupBy.map((clause) => {
    if (!('field' in clause)) throw notInSandbox('functions in GROUP BY');
    return resolveField(source, type, clause.field);
  });
  const grouped = new Set(groupBy.map((clause) => ('field' in clause ? clause.field.toLowerCase() : '')));
  let unnamed = 0;
  const columns = fields.map((field): OutputColumn => {
    if (isAggregate(field)) {
      return { name: field.alias ?? `expr${unnamed++}`, source: field.rawValue ?? '', of: compileAggregate(field, source, type) };
    }
    const path = pathOf(field);
    if (!grouped.has(path.toLowerCase()))
      throw new SoqlError('MALFORMED_QUERY', `Field must be grouped or aggregated: ${path}`, path);
    const { name, get } = resolveField(source, type, path);
    return { name: ('alias' in field && field.alias) || name, source: path, of: ([first]) => (first ? get(first) : null) };
  });
  const groups =
    keys.length === 0 ? [rows] : Map.groupBy(rows, (row) => JSON.stringify(keys.map((key) => key.get(row)))).values();
  const records = [...groups].map((group) => {
    const record: WireRecord = { attributes: { type: 'AggregateResult' } };
    for (const column of columns) record[column.name] = column.of(group);
    return record;
  });
  return order(records, columns, orderBy);
}

function order(records: WireRecord[], columns: readonly OutputColumn[], orderBy: readonly OrderByClause[]): WireRecord[] {
  const keys = orderBy.map((clause) => {
    const source = 'field' in clause ? clause.field : (clause.fn.rawValue ?? '');
    const column = columns.find((entry) =>
      [entry.source, entry.name].some((name) => name.toLowerCase() === source.toLowerCase()),
    );
    if (!column) throw notInSandbox(`ordering groups by ${source}`);
    return { name: column.name, descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST' };
  });
  const cell = (record: WireRecord, name: string) => record[name] as Value;
  return records.sort((a, b) => {
    for (const key of keys) {
      const found = compareValues(cell(a, key.name), cell(b, key.name), key);
      if (found !== 0) return found;
    }
    return 0;
  });
}

function compileAggregate(
  { functionName, parameters }: FieldFunctionExpression,
  source: RowSource,
  type: ObjectType,
): OutputColumn['of'] {
  const [path] = parameters;
  if (typeof path !== 'string') return (rows) => rows.length;
  const { get } = resolveField(source, type, path);
  const known = (rows: readonly Row[]) => rows.map(get).filter((value) => value !== null);
  const numbers = (rows: readonly Row[]) => known(rows).filter((value) => typeof value === 'number');
  const sum = (rows: readonly Row[]) => numbers(rows).reduce((total, value) => total + value, 0);
  switch (functionName.toUpperCase()) {
    case 'COUNT':
      return (rows) => known(rows).length;
    case 'COUNT_DISTINCT':
      return (rows) => new Set(known(rows)).size;
    case 'SUM':
      return (rows) => (numbers(rows).length > 0 ? sum(rows) : null);
    case 'AVG':
      return (rows) => (numbers(rows).length > 0 ? sum(rows) / numbers(rows).length : null);
    case 'MIN':
      return (rows) => known(rows).reduce<Value>((least, value) => (least === null || value < least ? value : least), null);
    case 'MAX':
      return (rows) => known(rows).reduce<Value>((most, value) => (most === null || value > most ? value : most), null);
  }
  throw notInSandbox(`the function ${functionName}`);
}

function pathOf(field: FieldType): string {
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  throw notInSandbox('this field in a grouped query');
}
