/** Compiles a SELECT list to a function from a row to the record as it is answered. */
import type { FieldFunctionExpression, FieldType, Subquery } from '@jetstreamapp/soql-parser-js';
import type { RowSource } from '../org/sharing.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { resolveField, resolveRelationship } from './field-path.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';

export type WireValue = Value | WireRecord | { [name: string]: WireValue } | WireValue[];
export interface WireRecord {
  attributes: { type: string; url?: string };
  [name: string]: WireValue;
}

export interface ProjectionContext {
  source: RowSource;
  /** `/services/data/v66.0`, for the addresses of records. */
  base: string;
  /** The records below one record, as a sub-query answers them. */
  children(parent: ObjectType, subquery: Subquery): { name: string; of(row: Row): WireValue };
}

type Column = (row: Row, record: WireRecord) => void;

/** @param type undefined behind a polymorphic key, where records only show what all objects share */
export function compileSelect(
  fields: readonly FieldType[],
  type: ObjectType | undefined,
  context: ProjectionContext,
): (row: Row) => WireRecord {
  const columns: Column[] = [];
  // Fields of one related record make one nested object, at the place of the first of them.
  const nested = new Map<string, { at: number; name: string; fields: FieldType[] }>();
  for (const field of fields.flatMap((entry) => expand(entry, type))) {
    if (field.type !== 'FieldRelationship') {
      columns.push(compileColumn(field, type, context));
      continue;
    }
    const [name = '', ...deeper] = field.relationships;
    const inner: FieldType = deeper.length > 0 ? { ...field, relationships: deeper } : { type: 'Field', field: field.field };
    const group = nested.get(name.toLowerCase());
    if (group) group.fields.push(inner);
    else nested.set(name.toLowerCase(), { at: columns.push(() => undefined) - 1, name, fields: [inner] });
  }
  for (const { at, name, fields: inner } of nested.values()) {
    const relationship = resolveRelationship(type, name, context.source);
    const select = compileSelect(inner, relationship.type, context);
    columns[at] = (row, record) => {
      const related = relationship.follow(row);
      record[relationship.name] = related ? select(related) : null;
    };
  }
  return (row) => {
    const object = type ?? context.source.schema.byPrefix(row.Id);
    const record: WireRecord = {
      attributes: { type: type?.name ?? 'Name', url: `${context.base}/sobjects/${object?.name}/${row.Id}` },
    };
    for (const column of columns) column(row, record);
    return record;
  };
}

function compileColumn(
  field: Exclude<FieldType, { type: 'FieldRelationship' }>,
  type: ObjectType | undefined,
  context: ProjectionContext,
): Column {
  switch (field.type) {
    case 'Field': {
      const { descriptor, name, get } = resolveField(context.source, type, field.field);
      if (descriptor.type === 'address') return (row, record) => (record[name] = address(row, name.replace(/Address$/, '')));
      return (row, record) => (record[name] = get(row));
    }
    case 'FieldSubquery': {
      if (!type) throw notInSandbox('sub-queries below a polymorphic relationship');
      const { name, of } = context.children(type, field.subquery);
      return (row, record) => (record[name] = of(row));
    }
    case 'FieldFunctionExpression':
      return compileFunction(field, type, context);
    case 'FieldTypeof':
      throw notInSandbox('TYPEOF');
  }
}

function compileFunction(
  { functionName, parameters, alias }: FieldFunctionExpression,
  type: ObjectType | undefined,
  context: ProjectionContext,
): Column {
  const [path] = parameters;
  if (functionName.toLowerCase() !== 'tolabel' || typeof path !== 'string') throw notInSandbox(`the function ${functionName}`);
  const { descriptor, name, get } = resolveField(context.source, type, path);
  const labels = new Map(descriptor.picklistValues.map((entry) => [entry.value, entry.label]));
  return (row, record) => {
    const value = get(row);
    record[alias ?? name] = labels.get(String(value)) ?? value;
  };
}

/** `FIELDS(STANDARD)` and its like stand for many fields. */
function expand(field: FieldType, type: ObjectType | undefined): FieldType[] {
  if (field.type !== 'FieldFunctionExpression' || field.functionName.toUpperCase() !== 'FIELDS') return [field];
  const which = String(field.parameters[0]).toUpperCase();
  if (!type || !['ALL', 'STANDARD', 'CUSTOM'].includes(which))
    throw new SoqlError('MALFORMED_QUERY', `unexpected token: '${which}'`, which);
  return type.fields
    .filter((entry) => which === 'ALL' || entry.custom === (which === 'CUSTOM'))
    .map((entry) => ({ type: 'Field', field: entry.name }));
}

/** A compound address; null when nothing of it is known. */
function address(row: Row, prefix: string): WireValue {
  const part = (name: string) => row[prefix + name] ?? null;
  const whole = {
    city: part('City'),
    country: part('Country'),
    geocodeAccuracy: part('GeocodeAccuracy'),
    latitude: part('Latitude'),
    longitude: part('Longitude'),
    postalCode: part('PostalCode'),
    state: part('State'),
    street: part('Street'),
  };
  return Object.values(whole).some((value) => value !== null) ? whole : null;
}
