import type { ObjectKind } from '@/lib/crm/records';
import type { FieldType } from '../connector';
import { type AppUser, appUser, entityDefs, type FieldDef, fieldDef, linkDef } from './api-schemas';
import type { EspoClient } from './client';
import { type Meanings, USUAL_CLOSING } from './mappers';
import { ESPO_OBJECT } from './queries';

/** An entity type as the holder of the key may see and write it. */
export interface Entity {
  /** Fields by name, those alone that may be read. */
  fields: ReadonlyMap<string, FieldDef>;
  /** Entity types that links lead to, by link. */
  links: ReadonlyMap<string, string>;
  /** Attributes that may be read, with their types. */
  attributes: ReadonlyMap<string, FieldType>;
  mayCreate: boolean;
  mayDelete: boolean;
  /** True for a field whose value may not be set. */
  isFixed: (field: string) => boolean;
}

/** Who the key belongs to, and what they may. One call. @throws AppError */
export const whoAmI = (client: EspoClient): Promise<AppUser> => client.get('App/user', appUser);

/**
 * What there is of an object; null when the holder of the key may not see it, without a call then. One call.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function describeEntity(client: EspoClient, me: AppUser, object: ObjectKind): Promise<Entity | null> {
  const scope = ESPO_OBJECT[object];
  const rights = rightsOf(me, scope);
  if (!rights.read) return null;
  const { fields: raw, links = {} } = await client.get(`Metadata?key=entityDefs.${scope}`, entityDefs);
  const isHidden = (field: string) => fieldRights(me, scope, field)?.read === 'no';
  const fields = new Map<string, FieldDef>();
  for (const [name, one] of Object.entries(raw)) {
    const parsed = fieldDef.safeParse(one);
    if (parsed.success && !parsed.data.disabled && !isHidden(name)) fields.set(name, parsed.data);
  }
  const targets = Object.entries(links).flatMap(([name, one]) => {
    const entity = linkDef.safeParse(one).data?.entity;
    return entity ? [[name, entity] as const] : [];
  });
  return {
    fields,
    links: new Map(targets),
    attributes: new Map([...fields].flatMap(([name, def]) => attributesOf(name, def))),
    mayCreate: rights.create,
    mayDelete: rights.delete,
    isFixed: (field) => fieldRights(me, scope, field)?.edit === 'no',
  };
}

/** EspoCRM leaves a scope out of the table that may not be seen; `true` is one without levels. */
function rightsOf({ user, acl }: AppUser, scope: string): { read: boolean; create: boolean; delete: boolean } {
  if (user.type === 'admin' || user.type === 'super-admin') return { read: true, create: true, delete: true };
  const rights = acl.table[scope];
  if (typeof rights === 'boolean' || rights === undefined) return { read: rights === true, create: false, delete: false };
  const may = (level: string | undefined) => level !== undefined && level !== 'no';
  return { read: may(rights.read), create: may(rights.create), delete: may(rights.delete) };
}

/** PHP writes an empty table as a list. */
function fieldRights({ acl }: AppUser, scope: string, field: string) {
  const tables = acl.fieldTable;
  const table = tables && !Array.isArray(tables) ? tables[scope] : undefined;
  return table && typeof table === 'object' && !Array.isArray(table) ? table[field] : undefined;
}

const TYPES = new Map<string, FieldType>([
  ['varchar', 'text'],
  ['text', 'text'],
  ['enum', 'text'],
  ['email', 'text'],
  ['phone', 'text'],
  ['url', 'text'],
  ['personName', 'text'],
  ['foreign', 'text'],
  ['autoincrement', 'number'],
  ['number', 'text'],
  ['int', 'number'],
  ['float', 'number'],
  ['currency', 'number'],
  ['currencyConverted', 'number'],
  ['bool', 'flag'],
  ['date', 'day'],
  ['datetime', 'moment'],
  ['datetimeOptional', 'moment'],
]);

/** The attributes that a field is kept in, with their types. What is no plain value is none. */
function attributesOf(name: string, { type }: FieldDef): [string, FieldType][] {
  if (type === 'link' || type === 'linkOne') return [[`${name}Id`, 'text']];
  if (type === 'linkParent')
    return [
      [`${name}Id`, 'text'],
      [`${name}Type`, 'text'],
    ];
  const plain = TYPES.get(type);
  if (!plain) return [];
  if (type === 'email')
    return [
      [name, plain],
      [`${name}IsOptedOut`, 'flag'],
    ];
  if (type === 'currency')
    return [
      [name, plain],
      [`${name}Currency`, 'text'],
    ];
  return type === 'datetimeOptional'
    ? [
        [name, plain],
        [`${name}Date`, 'day'],
      ]
    : [[name, plain]];
}

/** Stages of Opportunities in the organisation's order; undefined when there are none to be seen. */
export function stagesIn({ fields }: Entity): string[] | undefined {
  return fields.get('stage')?.options?.filter((option) => typeof option === 'string');
}

/** A stage that is certain ends an Opportunity: with 100 % it is won, with none it is lost. */
export function meaningsIn(opportunity: Entity | null): Meanings {
  const map = opportunity?.fields.get('stage')?.probabilityMap;
  if (!map) return { closing: USUAL_CLOSING };
  const certain = Object.entries(map).filter(([, probability]) => probability === 100 || probability === 0);
  return { closing: new Map(certain.map(([stage, probability]) => [stage, probability === 100])) };
}
