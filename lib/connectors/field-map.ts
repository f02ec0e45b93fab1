import type { FieldsOf, ObjectKind } from '@/lib/crm/records';
import type { AccountScope, ObjectSelection } from '@/lib/crm/selection';
import type { FieldType } from './connector';

/** Which of a CRM's attributes stand for which field of the domain model. What is not here is not asked for. */
export type ModelAttributes = { [K in ObjectKind]: Partial<Record<keyof FieldsOf[K], readonly string[]>> };

export interface FieldMap {
  /** The name in the domain model of an attribute, or null for one beyond it. */
  modelNameOf(object: ObjectKind, attribute: string): string | null;
  /** Attributes that a selection asks for; for an Account also those that its scope names, marked so. */
  wantedFields(object: ObjectKind, selection: ObjectSelection, scope: AccountScope): string[];
  /** Names (of the model, else the CRM's) of what was copied before and is not any more. */
  droppedFields(object: ObjectKind, before: readonly string[], after: readonly string[]): string[];
  /** Copied attributes that are no field of the model: they stand in a record's `custom`. */
  extraFields(object: ObjectKind, fields: readonly string[]): string[];
}

const SCOPE_ONLY = '?';

/** What is asked of a CRM, by its own table. Pure. */
export function createFieldMap(model: ModelAttributes): FieldMap {
  const entriesOf = (object: ObjectKind) => Object.entries(model[object]) as [string, readonly string[]][];
  const namesOf = (object: ObjectKind, attribute: string): string[] =>
    entriesOf(object).flatMap(([name, attributes]) => (attributes.includes(attribute) ? [name] : []));
  const modelNameOf = (object: ObjectKind, attribute: string) => namesOf(object, attribute)[0] ?? null;
  return {
    modelNameOf,
    wantedFields(object, selection, scope) {
      const known = entriesOf(object).flatMap(([name, attributes]) => (selection.without.includes(name) ? [] : attributes));
      const asked = new Set([...known, ...selection.extra.map(({ name }) => name)]);
      if (object !== 'account') return [...asked];
      const named = new Set(scope.conditions.map(({ field }) => field));
      return [...asked, ...[...named].filter((name) => !asked.has(name)).map((name) => `${SCOPE_ONLY}${name}`)];
    },
    droppedFields(object, before, after) {
      const gone = before.filter((name) => !after.includes(name));
      return [...new Set(gone.flatMap((name) => (modelNameOf(object, name) ? namesOf(object, name) : [name])))];
    },
    extraFields: (object, fields) => fields.filter((name) => modelNameOf(object, name) === null),
  };
}

/** What a description grants of the wanted attributes, with their types. Pure. */
export function grantedFields(
  wanted: readonly string[],
  described: ReadonlyMap<string, FieldType>,
): { fields: string[]; types: Record<string, FieldType> } {
  const types: Record<string, FieldType> = {};
  for (const name of wanted.map((one) => one.replace(SCOPE_ONLY, ''))) {
    const type = described.get(name);
    if (type) types[name] = type;
  }
  return { fields: wanted.filter((name) => !name.startsWith(SCOPE_ONLY) && described.has(name)), types };
}
