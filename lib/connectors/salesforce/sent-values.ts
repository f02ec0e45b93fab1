import type { BasisToStore, CreateValues, NewRecord } from '../creation-contract';

/** What was typed, with the record type. Pure. */
export function typedValues({ values, recordTypeId }: Pick<NewRecord, 'values' | 'recordTypeId'>): CreateValues {
  return { ...values, ...(recordTypeId ? { RecordTypeId: recordTypeId } : {}) };
}

/**
 * What a record is sent with: what was typed, and the basis of a person in the fields that the organisation has for it. Its words
 * stand below the description where no field takes all of them. Pure.
 */
export function sentValues(record: NewRecord): CreateValues {
  const { basis } = record;
  return basis ? { ...typedValues(record), ...basisValues(basis, record.values) } : typedValues(record);
}

function basisValues({ kind, note, recordedOn, place }: BasisToStore, typed: CreateValues): CreateValues {
  const holdsWords = place?.note && note.length <= place.note.maxLength ? place.note.field : null;
  const above = typeof typed.Description === 'string' ? `${typed.Description}\n\n` : '';
  const said = place?.kind?.values[kind];
  return {
    ...(place?.kind && said !== undefined ? { [place.kind.field]: said } : {}),
    ...(place?.day ? { [place.day.field]: place.day.isMoment ? `${recordedOn}T00:00:00Z` : recordedOn } : {}),
    ...(holdsWords ? { [holdsWords]: note } : { Description: `${above}${note}` }),
  };
}

/**
 * The values of a record of its own for the human being, or null when there is to be none: the organisation has no place for it,
 * the user has named one, or nobody knows a last name. Pure.
 */
export function personValues({ basis, values }: NewRecord): CreateValues | null {
  const person = basis?.place?.person;
  const { FirstName, LastName } = values;
  if (!person || values[person.field] || typeof LastName !== 'string' || LastName.trim() === '') return null;
  return { ...(typeof FirstName === 'string' ? { FirstName } : {}), LastName };
}
