/** The org's catalogue of objects, as one user sees it. */
import { account } from './account.ts';
import { contact } from './contact.ts';
import { picklist } from './field-kinds.ts';
import { lead } from './lead.ts';
import { defineObject } from './object-type.ts';
import type { ObjectDefinition, ObjectType } from './object-type.ts';
import { opportunity } from './opportunity.ts';
import { CURRENCY_VALUES } from './picklists.ts';
import { currencyType, organization, user } from './setup-objects.ts';
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
}

export interface Schema {
  readonly objects: readonly ObjectType[];
  /** An object by its name in any case. */
  object(name: string): ObjectType | undefined;
  /** The object an id belongs to, by its first three characters. */
  byPrefix(id: string): ObjectType | undefined;
}

export function createSchema(options: SchemaOptions): Schema {
  const definitions = [account(), contact(), lead(), opportunity(), task(), user(), organization()];
  if (options.multiCurrency) definitions.push(currencyType());
  const objects = definitions.map((definition) => defineObject(asSeen(definition, options)));
  const byName = new Map(objects.map((type) => [type.name.toLowerCase(), type]));
  const byPrefix = new Map(objects.map((type) => [type.keyPrefix, type]));
  return {
    objects,
    object: (name) => byName.get(name.toLowerCase()),
    byPrefix: (id) => byPrefix.get(id.slice(0, 3)),
  };
}

function asSeen(definition: ObjectDefinition, options: SchemaOptions): ObjectDefinition {
  const named = (list: readonly string[], field: string) =>
    list.some((entry) => entry.toLowerCase() === `${definition.name}.${field}`.toLowerCase());
  const locked = definition.writable === false || options.readOnlyObjects.includes(definition.name);
  const fields = definition.fields
    .filter((field) => !named(options.hiddenFields, field.name))
    .map((field) =>
      locked || named(options.readOnlyFields, field.name) ? { ...field, createable: false, updateable: false } : field,
    );
  if (options.multiCurrency && definition.name !== 'CurrencyType' && definition.name !== 'Organization') {
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
