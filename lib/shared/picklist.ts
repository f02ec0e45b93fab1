/** Which options a picklist offers: the same answer in the view that draws it and in the worker that checks it. */

/** The parts of a described field that decide it. */
interface Choosable {
  name: string;
  options: readonly { value: string; label: string; validFor: readonly string[] | null }[];
  controller: string | null;
}

/** The part of a record type that decides it. */
interface Narrowing {
  options: Readonly<Record<string, readonly string[]>>;
}

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/**
 * The options of `field` with a record type (null: none is chosen, or there are none) and the values of the form by field name.
 * Of a dependent picklist none are left as long as its controlling field is empty, but for those that go with every value.
 */
export function offeredOptions<F extends Choosable>(
  field: F,
  recordType: Narrowing | null,
  values: Readonly<Record<string, string>>,
): F['options'] {
  const allowed = recordType ? own(recordType.options, field.name) : undefined;
  const controlledBy = field.controller === null ? null : (own(values, field.controller) ?? '');
  return field.options.filter(
    ({ value, validFor }) =>
      (allowed === undefined || allowed.includes(value)) &&
      (controlledBy === null || validFor === null || validFor.includes(controlledBy)),
  );
}

/** Between the values of a multi-picklist in one text. */
const BETWEEN = ';';

/** The single values of a multi-picklist, in the order in which they were chosen. */
export function valuesOfMany(text: string): string[] {
  return text
    .split(BETWEEN)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** The text of a multi-picklist with `value` added, or taken out when it is in. */
export function withToggled(text: string, value: string): string {
  const values = valuesOfMany(text);
  return (values.includes(value) ? values.filter((one) => one !== value) : [...values, value]).join(BETWEEN);
}
