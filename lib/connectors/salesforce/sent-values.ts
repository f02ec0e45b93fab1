import type { CreateValues, NewRecord } from '../creation-contract';

/** What a record is sent with: its values, its record type, and the basis of a person below its description. Pure. */
export function sentValues({ values, recordTypeId, basis }: NewRecord): CreateValues {
  const typed = typeof values.Description === 'string' ? `${values.Description}\n\n` : '';
  return {
    ...values,
    ...(recordTypeId ? { RecordTypeId: recordTypeId } : {}),
    ...(basis ? { Description: `${typed}${basis.note}` } : {}),
  };
}
