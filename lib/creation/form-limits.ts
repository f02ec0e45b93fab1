import type { ObjectDescription } from '@/lib/connectors/creation-contract';
import { isAllowed, isNeeded, type SelectionLimits } from '@/lib/crm/selection';

/** Fields of a form that make up one field of the copy, by the model's names. */
const PART_OF: ReadonlyMap<string, string> = new Map([
  ['firstName', 'name'],
  ['lastName', 'name'],
]);

/**
 * Whether a field (by the CRM's name) may be filled in or changed: one that is allowed, one that the CRM wants of every such record,
 * and one without which nothing works. What `description` does not name has to be allowed by name. Pure.
 */
export function mayFill({ object, fields, modelNames }: ObjectDescription, name: string, limits: SelectionLimits): boolean {
  const only = limits.fields[object];
  if (!only || only.includes(name)) return true;
  const model = Object.keys(modelNames).find((one) => modelNames[one] === name);
  const isNeededHere = model !== undefined && isNeeded(object, PART_OF.get(model) ?? model);
  return isNeededHere || fields.some((field) => field.required && field.name === name);
}

/** What of an object's description is allowed in a form; a Lead becomes a Contact only where there may be Contacts. Pure. */
export function withinForm(description: ObjectDescription, limits: SelectionLimits): ObjectDescription {
  const { fields, modelNames, convertible } = description;
  return {
    ...description,
    fields: fields.filter(({ name }) => mayFill(description, name, limits)),
    modelNames: Object.fromEntries(Object.entries(modelNames).filter(([, name]) => mayFill(description, name, limits))),
    convertible: convertible && isAllowed('contact', limits),
  };
}
