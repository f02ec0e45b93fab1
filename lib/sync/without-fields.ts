import type { AnyRecord, FieldValue } from '@/lib/crm/records';

/** A copy of the record with those fields empty: a flag becomes false, everything else null. Extra fields go altogether. Pure. */
export function withoutFields(record: AnyRecord, names: readonly string[]): AnyRecord {
  const fields: Record<string, FieldValue> = { ...record.fields };
  const custom = { ...record.custom };
  for (const name of names) {
    if (name in fields) fields[name] = typeof fields[name] === 'boolean' ? false : null;
    delete custom[name];
  }
  return { ...record, fields, custom } as unknown as AnyRecord;
}
