/** Compiles a SELECT list to flat columns, as files have them instead of nested records. */
import type { Query } from '@jetstreamapp/soql-parser-js';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { RowSource } from '../org/sharing.ts';
import { resolveField } from './field-path.ts';
import type { ResolvedField } from './field-path.ts';
import { SoqlError } from './soql-error.ts';

export interface FlatColumn extends Pick<ResolvedField, 'get' | 'descriptor'> {
  /** As the query writes it: `Owner.Name`. */
  path: string;
}

/** @throws SoqlError for whatever has no place in one cell, and for clauses that make other rows than records */
export function compileColumns(query: Query, type: ObjectType, source: RowSource): FlatColumn[] {
  if (query.groupBy || query.having || query.offset !== undefined) {
    throw new SoqlError('API_ERROR', 'Bulk queries know neither GROUP BY nor OFFSET');
  }
  return (query.fields ?? []).map((field) => {
    if (field.type !== 'Field' && field.type !== 'FieldRelationship') {
      throw new SoqlError('API_ERROR', 'Bulk queries know neither functions nor sub-queries');
    }
    const path = field.type === 'Field' ? field.field : [...field.relationships, field.field].join('.');
    const { descriptor, get } = resolveField(source, type, path);
    if (descriptor.type === 'address') throw new SoqlError('API_ERROR', 'Selecting compound data not supported in Bulk Query');
    return { path, descriptor, get };
  });
}
