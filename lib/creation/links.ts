import type { CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';

/** The model's field by which a record of one object belongs to one of another. */
const FIELDS: Partial<Record<CreatableObject, Partial<Record<CreatableObject, string>>>> = {
  contact: { account: 'accountId' },
  opportunity: { account: 'accountId' },
  task: { account: 'whatId', opportunity: 'whatId', lead: 'whoId', contact: 'whoId' },
};

/** The field of `description` that points to a record of `kind`, by the CRM's name; null when such records do not belong together. */
export function linkField({ object, modelNames, fields }: ObjectDescription, kind: CreatableObject): string | null {
  const model = FIELDS[object]?.[kind];
  const name = model !== undefined && Object.hasOwn(modelNames, model) ? modelNames[model] : undefined;
  return fields.some((field) => field.name === name) ? (name ?? null) : null;
}

/** What CRMs call the status of a Task that is done. */
const DONE = /^(?:completed|done|closed|erledigt|abgeschlossen|fertig)$/i;

/** The status of a Task that is done, by the CRM's value: the one that is called so, else the last. Null when there is none. */
export function doneStatus({ object, modelNames, fields }: ObjectDescription): string | null {
  if (object !== 'task') return null;
  const options = fields.find(({ name }) => name === modelNames.status)?.options ?? [];
  const called = options.find(({ value, label }) => DONE.test(value) || DONE.test(label));
  return (called ?? options.at(-1))?.value ?? null;
}
