import { AppError } from '@/lib/shared/errors';
import type { CreatableObject, DescribedField, DescribedType, ObjectDescription } from '../creation-contract';
import type { FieldDef } from './api-schemas';
import * as z from 'zod/mini';
import type { EspoClient } from './client';
import { isShort, modelNames } from './creation-fields';
import { describeEntity, type Entity, whoAmI } from './describe';
import { optionsOf, type Words, wordsOf } from './labels';
import { ESPO_OBJECT } from './queries';

const TYPES = new Map<string, DescribedType>([
  ['varchar', 'text'],
  ['text', 'textarea'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['url', 'url'],
  ['enum', 'picklist'],
  ['multiEnum', 'multi-picklist'],
  ['checklist', 'multi-picklist'],
  ['bool', 'checkbox'],
  ['int', 'number'],
  ['float', 'number'],
  ['currency', 'number'],
  ['date', 'date'],
  ['datetime', 'moment'],
  ['datetimeOptional', 'moment'],
  ['link', 'reference'],
  ['linkParent', 'reference'],
]);
const LINKS = new Set(['link', 'linkParent']);
/** EspoCRM takes more, but a number of JavaScript does not hold it. */
const DIGITS: Readonly<Record<string, { whole: number; fraction: number }>> = {
  int: { whole: 10, fraction: 0 },
  currency: { whole: 13, fraction: 4 },
};

/** What is known of an object when a record is sent: its description, and the entity type behind it. */
export interface Described {
  entity: Entity;
  description: ObjectDescription;
}

/**
 * What the holder of the key may fill in when creating `object`: the metadata less what their role hides. Three calls, and one
 * for each list of options that belongs to another field.
 * @throws AppError `crm.forbidden` when they may not create it
 */
export async function describeObject(client: EspoClient, object: CreatableObject): Promise<Described> {
  const me = await whoAmI(client);
  const entity = await describeEntity(client, me, object);
  if (!entity?.mayCreate) throw new AppError('crm.forbidden');
  const words = await wordsOf(client, ESPO_OBJECT[object]);
  const fields: DescribedField[] = [];
  for (const [name, def] of entity.fields) {
    const type = TYPES.get(def.type);
    if (!type || isWithheld(def) || entity.isFixed(name)) continue;
    const attribute = LINKS.has(def.type) ? `${name}Id` : name;
    const own = def.optionsReference ? await optionsAt(client, def.optionsReference) : (def.options ?? []);
    fields.push({
      ...described(name, def, type, words),
      name: attribute,
      options: optionsOf(name, own, words).map((option) => ({ ...option, validFor: null })),
      references: referencesOf(entity, name, def),
      // Who sends it is who it is assigned to, unless they say otherwise.
      defaultValue: attribute === 'assignedUserId' && def.required ? me.user.id : defaultOf(def),
      short: isShort(object, attribute),
    });
  }
  return {
    entity,
    description: {
      object,
      fields,
      // EspoCRM has one form for all records of an object.
      recordTypes: [],
      modelNames: modelNames(object, new Set(fields.map(({ name }) => name))),
      deletable: entity.mayDelete,
      convertible: false,
      basisPlace: null,
    },
  };
}

function described(
  name: string,
  def: FieldDef,
  type: DescribedType,
  words: Words,
): Omit<DescribedField, 'name' | 'options' | 'references' | 'defaultValue' | 'short'> {
  return {
    label: words.label(name),
    help: words.help(name),
    type,
    required: (def.required ?? false) && type !== 'checkbox',
    maxLength: def.maxLength ?? null,
    digits: type === 'number' ? (DIGITS[def.type] ?? null) : null,
    restricted: type === 'picklist' || type === 'multi-picklist',
    controller: null,
    updateable: !def.readOnlyAfterCreate,
  };
}

/** What EspoCRM fills in by itself, works out, or keeps for itself. */
function isWithheld({ readOnly, notStorable, utility, directAccessDisabled, type }: FieldDef): boolean {
  // An address and a number are kept elsewhere, which the metadata call not stored.
  const isElsewhere = notStorable === true && type !== 'email' && type !== 'phone';
  return readOnly === true || utility === true || directAccessDisabled === true || isElsewhere;
}

function referencesOf(entity: Entity, name: string, def: FieldDef): string[] {
  if (def.type === 'linkParent') return def.entityList ?? [];
  const target = def.type === 'link' ? (def.entity ?? entity.links.get(name)) : null;
  return target ? [target] : [];
}

function defaultOf({ default: preset }: FieldDef): string {
  return typeof preset === 'string' || typeof preset === 'number' || typeof preset === 'boolean' ? String(preset) : '';
}

/** The options of another field, named as `Account.industry`. One call. */
async function optionsAt(client: EspoClient, reference: string): Promise<unknown[]> {
  const [entityType = '', field = ''] = reference.split('.');
  if (!/^\w+$/.test(entityType) || !/^\w+$/.test(field)) return [];
  const options = z.array(z.unknown());
  return client.get(`Metadata?key=entityDefs.${entityType}.fields.${field}.options`, options).catch(() => []);
}
