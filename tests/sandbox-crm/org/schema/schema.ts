/** The org's catalogue of objects, as one user sees it. What that user may see can change while the org runs. */
import { account } from './account.ts';
import { contact } from './contact.ts';
import { picklist } from './field-kinds.ts';
import { individual } from './individual.ts';
import { lead } from './lead.ts';
import { newField } from './new-field.ts';
import type { NewField } from './new-field.ts';
import { defineObject } from './object-type.ts';
import type { ObjectDefinition, ObjectType } from './object-type.ts';
import { opportunity } from './opportunity.ts';
import { CURRENCY_VALUES } from './picklists.ts';
import { RECORD_TYPES, withOwnFields } from './record-types.ts';
import type { RecordTypeDefinition } from './record-types.ts';
import { currencyType, organization, recordType, user } from './setup-objects.ts';
import { task } from './task.ts';

export interface SchemaOptions {
  /** Whether the org keeps amounts in several currencies; then every record has a currency and CurrencyType exists. */
  multiCurrency: boolean;
  /** Fields this user may not see, as `Contact.Birthdate`. They are then absent from describe and unknown to SOQL. */
  hiddenFields: readonly string[];
  /** Fields this user may see but not write. */
  readOnlyFields: readonly string[];
  /** Objects this user may see but not create or change. */
  readOnlyObjects: readonly string[];
  /** Whether it is the org with record types, person accounts, Individuals and fields of its own that are required; see record-types.ts. */
  hasRecordTypes?: boolean;
}

export interface Schema {
  /** The objects the user may see. */
  readonly objects: readonly ObjectType[];
  /** An object the user may see, by its name in any case. */
  object(name: string): ObjectType | undefined;
  /** The object an id belongs to, by its first three characters, if the user may see it. */
  byPrefix(id: string): ObjectType | undefined;
  /** All objects with all of their fields, whatever the user may see. */
  readonly everything: readonly ObjectType[];
  /** The record types of an object, or none. */
  recordTypes(object: string): readonly RecordTypeDefinition[];
  /** When the description of an object last changed for this user, in milliseconds, or that of any object. */
  changedAt(object?: string): number;
  /** Takes the user's right to see a field. */
  hideField(object: string, field: string): void;
  showField(object: string, field: string): void;
  /** A custom field that all records have from now on, without a value; no record's stamp moves. */
  addField(object: string, field: NewField): void;
  /** Takes the user's right to the object as a whole. */
  hideObject(object: string): void;
  showObject(object: string): void;
}

/** @param now the org's clock, in milliseconds */
export function createSchema(options: SchemaOptions, now: () => number): Schema {
  const { hasRecordTypes = false } = options;
  const main = [account(), contact(), lead(), opportunity(), task()];
  const definitions = [...(hasRecordTypes ? main.map(withOwnFields) : main), user(), organization()];
  if (hasRecordTypes) definitions.push(recordType(), individual());
  if (options.multiCurrency) definitions.push(currencyType());
  const hiddenFields = new Set(options.hiddenFields.map((name) => name.toLowerCase()));
  const hiddenObjects = new Set<string>();
  const whole = new Map(definitions.map((definition) => [keyOf(definition.name), asWritable(definition, options)]));
  const changes = new Map([...whole.keys()].map((key) => [key, now()]));
  const seen = new Map<string, ObjectType>();
  const everything = new Map<string, ObjectType>();
  const refresh = (key: string, definition: ObjectDefinition) => {
    const fields = definition.fields.filter(({ name }) => !hiddenFields.has(`${key}.${keyOf(name)}`));
    everything.set(key, defineObject(definition));
    seen.set(key, defineObject({ ...definition, fields }));
  };
  for (const [key, definition] of whole) refresh(key, definition);

  const change = (object: string, apply: (key: string, definition: ObjectDefinition) => ObjectDefinition | undefined) => {
    const key = keyOf(object);
    const definition = whole.get(key);
    if (!definition) throw new Error(`The sandbox org has no object ${object}`);
    const changed = apply(key, definition) ?? definition;
    whole.set(key, changed);
    refresh(key, changed);
    // HTTP dates have whole seconds: a change in the second of the last one would otherwise go unnoticed.
    changes.set(key, Math.max(now(), (changes.get(key) ?? 0) + 1000));
  };
  const fieldKey = (key: string, { name, fields }: ObjectDefinition, field: string) => {
    if (!fields.some((other) => keyOf(other.name) === keyOf(field))) throw new Error(`The sandbox org has no ${name}.${field}`);
    return `${key}.${keyOf(field)}`;
  };
  const visible = () => [...seen].filter(([key]) => !hiddenObjects.has(key)).map(([, type]) => type);
  const object = (name: string) => (hiddenObjects.has(keyOf(name)) ? undefined : seen.get(keyOf(name)));
  const byPrefix = new Map([...seen.values()].map((type) => [type.keyPrefix, type.name]));
  return {
    get objects() {
      return visible();
    },
    object,
    byPrefix: (id) => object(byPrefix.get(id.slice(0, 3)) ?? ''),
    get everything() {
      return [...everything.values()];
    },
    recordTypes: (name) => (hasRecordTypes ? RECORD_TYPES.filter((one) => keyOf(one.object) === keyOf(name)) : []),
    changedAt: (name) => (name === undefined ? Math.max(...changes.values()) : (changes.get(keyOf(name)) ?? 0)),
    hideField: (name, field) => change(name, (key, whole) => void hiddenFields.add(fieldKey(key, whole, field))),
    showField: (name, field) => change(name, (key, whole) => void hiddenFields.delete(fieldKey(key, whole, field))),
    addField: (name, field) => change(name, (_, whole) => ({ ...whole, fields: [...whole.fields, newField(field)] })),
    hideObject: (name) => change(name, (key) => void hiddenObjects.add(key)),
    showObject: (name) => change(name, (key) => void hiddenObjects.delete(key)),
  };
}

const keyOf = (name: string) => name.toLowerCase();

/** The object with what this user may not write marked as such, and with its currency where there are several. */
function asWritable(definition: ObjectDefinition, options: SchemaOptions): ObjectDefinition {
  const locked = definition.writable === false || options.readOnlyObjects.includes(definition.name);
  const readOnly = new Set(options.readOnlyFields.map(keyOf));
  const fields = definition.fields.map((field) =>
    locked || readOnly.has(keyOf(`${definition.name}.${field.name}`))
      ? { ...field, createable: false, updateable: false }
      : field,
  );
  if (options.multiCurrency && !['CurrencyType', 'Organization', 'RecordType'].includes(definition.name)) {
    fields.push(
      picklist('CurrencyIsoCode', `${definition.label} Currency`, CURRENCY_VALUES, {
        length: 3,
        byteLength: 9,
        restrictedPicklist: true,
        defaultedOnCreate: true,
        createable: !locked,
        updateable: !locked,
      }),
    );
  }
  return { ...definition, fields, writable: !locked };
}
