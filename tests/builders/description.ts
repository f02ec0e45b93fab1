import type { DescribedField, ObjectDescription, PicklistOption, RecordType } from '@/lib/connectors/creation-contract';

/** A field of an object's description: a text that may be left out, unless the test says otherwise. */
export function described(name: string, rest: Partial<DescribedField> = {}): DescribedField {
  return {
    name,
    label: name,
    help: null,
    type: 'text',
    required: false,
    maxLength: null,
    digits: null,
    options: [],
    restricted: false,
    controller: null,
    references: [],
    defaultValue: '',
    updateable: true,
    short: false,
    ...rest,
  };
}

/** Options whose labels are their values; `validFor` null: they go with every value of the controlling field. */
export function picklist(values: readonly string[], validFor: readonly string[] | null = null): PicklistOption[] {
  return values.map((value) => ({ value, label: value, validFor }));
}

export function describedObject(
  fields: DescribedField[],
  rest: Partial<Omit<ObjectDescription, 'fields'>> = {},
): ObjectDescription {
  return {
    object: 'lead',
    fields,
    recordTypes: [],
    modelNames: {},
    deletable: true,
    convertible: false,
    basisPlace: null,
    ...rest,
  };
}

export function recordType(id: string, options: RecordType['options'] = {}, isDefault = false): RecordType {
  return { id, label: id, isDefault, options };
}
