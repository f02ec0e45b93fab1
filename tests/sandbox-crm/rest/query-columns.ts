/**
 * `…/query?q=…&columns=true`: what the columns of a query are, instead of its records. The official command line client asks
 * it for every query that found something. Keys and values as in the recorded answers among that client's own tests
 * (salesforcecli/plugin-data, test/test-files/queryFields.exemplars.ts).
 */
import type { FieldFunctionExpression, FieldType } from '@jetstreamapp/soql-parser-js';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Schema } from '../org/schema/schema.ts';
import { isAggregate } from '../soql/aggregate.ts';
import { parseSoql } from '../soql/parse.ts';

interface ColumnMetadata {
  aggregate: boolean;
  apexType: string | null;
  booleanType: boolean;
  columnName: string;
  custom: boolean;
  displayName: string;
  foreignKeyName: string | null;
  insertable: boolean;
  joinColumns: ColumnMetadata[];
  numberType: boolean;
  textType: boolean;
  updatable: boolean;
}

/** @param soql a query that the org has already been found able to answer */
export function queryColumns(schema: Schema, soql: string) {
  const query = parseSoql(soql);
  const type = schema.object(query.sObject ?? '');
  const fields = query.fields ?? [];
  const groupBy = query.groupBy !== undefined;
  return {
    // Grouped records are flat: a related field stands there under its own name.
    columnMetadata: columnsOf(schema, type, fields, { flat: groupBy }),
    entityName: type?.name ?? null,
    groupBy,
    idSelected: fields.some((field) => field.type === 'Field' && field.field.toLowerCase() === 'id'),
    keyPrefix: type?.keyPrefix ?? null,
  };
}

function columnsOf(
  schema: Schema,
  type: ObjectType | undefined,
  fields: readonly FieldType[],
  { flat }: { flat: boolean } = { flat: false },
): ColumnMetadata[] {
  const columns: ColumnMetadata[] = [];
  // Fields of one related record make one column, as they make one nested object among the records.
  const related = new Map<string, { column: ColumnMetadata; type: ObjectType | undefined; fields: FieldType[] }>();
  let unnamed = 0;
  for (const field of fields) {
    if (field.type === 'Field') {
      columns.push(plain(type, field.field));
    } else if (field.type === 'FieldRelationship' && flat) {
      columns.push(
        plain(
          field.relationships.reduce((at, name) => targetOf(schema, at, name), type),
          field.field,
        ),
      );
    } else if (field.type === 'FieldRelationship') {
      const [name = '', ...deeper] = field.relationships;
      const inner: FieldType = deeper.length > 0 ? { ...field, relationships: deeper } : { type: 'Field', field: field.field };
      const known = related.get(name.toLowerCase());
      if (known) {
        known.fields.push(inner);
        continue;
      }
      const key = type?.relationship(name);
      const column = blank(key?.relationshipName ?? name, { foreignKeyName: key?.name ?? null });
      columns.push(column);
      related.set(name.toLowerCase(), { column, type: targetOf(schema, type, name), fields: [inner] });
    } else if (field.type === 'FieldSubquery') {
      const { relationshipName, fields: inner = [] } = field.subquery;
      const child = type?.children.find(({ name }) => name?.toLowerCase() === relationshipName.toLowerCase());
      const joinColumns = columnsOf(schema, schema.object(child?.childObject ?? ''), inner);
      columns.push(blank(child?.name ?? relationshipName, { aggregate: true, joinColumns }));
    } else if (field.type === 'FieldFunctionExpression' && !isBareCount(field)) {
      const displayName = `${field.functionName.toLowerCase()}(${field.parameters.join(', ')})`;
      const name = field.alias ?? (isAggregate(field) ? `expr${unnamed++}` : displayName);
      columns.push(blank(name, { aggregate: true, displayName, numberType: isAggregate(field) }));
    }
  }
  for (const { column, type: target, fields: inner } of related.values()) column.joinColumns = columnsOf(schema, target, inner);
  return columns;
}

/** @returns undefined behind a key that may point at several objects */
function targetOf(schema: Schema, type: ObjectType | undefined, relationship: string): ObjectType | undefined {
  const key = type?.relationship(relationship);
  return key?.polymorphicForeignKey ? undefined : schema.object(key?.referenceTo[0] ?? '');
}

/** `COUNT()` gives a number and no records, so it has no column. */
const isBareCount = (field: FieldFunctionExpression) => isAggregate(field) && field.parameters.length === 0;

const blank = (name: string, more: Partial<ColumnMetadata>): ColumnMetadata => ({
  aggregate: false,
  apexType: null,
  booleanType: false,
  columnName: name,
  custom: /__[cr]$/.test(name),
  displayName: name,
  foreignKeyName: null,
  insertable: false,
  joinColumns: [],
  numberType: false,
  textType: false,
  updatable: false,
  ...more,
});

const APEX_TYPES: Readonly<Record<string, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  address: 'Address',
};

/** @param type undefined behind a polymorphic key, where all that can be asked for is text */
function plain(type: ObjectType | undefined, path: string): ColumnMetadata {
  const field = type?.field(path);
  const apexType = APEX_TYPES[field?.type ?? ''] ?? 'String';
  return blank(field?.name ?? path, {
    apexType,
    booleanType: apexType === 'Boolean',
    insertable: field?.createable ?? false,
    numberType: apexType === 'Integer' || apexType === 'Double',
    textType: apexType === 'String',
    updatable: field?.updateable ?? false,
  });
}
