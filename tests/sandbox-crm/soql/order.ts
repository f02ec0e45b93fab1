import type { OrderByClause } from '@jetstreamapp/soql-parser-js';
import type { RowSource } from '../org/sharing.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { resolveField } from './field-path.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';

export interface SortKey {
  name: string;
  descending: boolean;
  nullsLast: boolean;
  get(row: Row): Value;
}

export function sortKeys(source: RowSource, type: ObjectType, clauses: readonly OrderByClause[]): SortKey[] {
  return clauses.map((clause) => {
    if (!('field' in clause)) throw notInSandbox('functions in ORDER BY');
    const { descriptor, name, get } = resolveField(source, type, clause.field);
    if (!descriptor.sortable) throw new SoqlError('INVALID_FIELD', `field '${name}' can not be sorted in a query call`, name);
    return { name: clause.field, descending: clause.order === 'DESC', nullsLast: clause.nulls === 'LAST', get };
  });
}

/** Whether the keys ask for what the table keeps ready: SystemModstamp, with Id to break ties or nothing. */
export const isModstampOrder = (keys: readonly SortKey[]) =>
  keys.every((key) => !key.descending) &&
  keys[0]?.name.toLowerCase() === 'systemmodstamp' &&
  (keys.length === 1 || (keys.length === 2 && keys[1]?.name.toLowerCase() === 'id'));

export const isIdOrder = (keys: readonly SortKey[]) =>
  keys.length === 0 || (keys.length === 1 && keys[0]?.name.toLowerCase() === 'id' && !keys[0].descending);

/** Rows by the keys; rows that tie keep the order of their ids. */
export function sortRows(rows: readonly Row[], keys: readonly SortKey[]): Row[] {
  // Ids differ by case alone, other text ignores it.
  const fold = (value: Value, name: string) => (typeof value === 'string' && !/id$/i.test(name) ? value.toLowerCase() : value);
  return rows
    .map((row) => ({ row, values: keys.map((key) => fold(key.get(row), key.name)) }))
    .sort((a, b) => {
      for (const [i, key] of keys.entries()) {
        const order = compareValues(a.values[i] ?? null, b.values[i] ?? null, key);
        if (order !== 0) return order;
      }
      return a.row.Id < b.row.Id ? -1 : 1;
    })
    .map(({ row }) => row);
}

export function compareValues(a: Value, b: Value, { descending, nullsLast }: Pick<SortKey, 'descending' | 'nullsLast'>): number {
  if (a === b) return 0;
  if (a === null || b === null) return (a === null) === nullsLast ? 1 : -1;
  return a < b === descending ? 1 : -1;
}
