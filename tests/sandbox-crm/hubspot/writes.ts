import type { HubspotState } from './app.ts';
import type { Row, Values } from './store.ts';

/** An answer with a status of 400 or more. */
export class Refusal extends Error {
  readonly status: number;
  readonly category: string;
  readonly more: Record<string, unknown>;

  constructor(status: number, category: string, message: string, more: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.category = category;
    this.more = more;
  }
}

export interface NewLink {
  to: { id: string };
  types: { associationCategory: string; associationTypeId: number }[];
}

/** Which object a kind of link leads to. */
const TARGET: Record<number, [from: string, to: string]> = {
  1: ['contacts', 'companies'],
  279: ['contacts', 'companies'],
  3: ['deals', 'contacts'],
  5: ['deals', 'companies'],
  341: ['deals', 'companies'],
  192: ['tasks', 'companies'],
  204: ['tasks', 'contacts'],
  216: ['tasks', 'deals'],
  202: ['notes', 'contacts'],
  578: ['leads', 'contacts'],
  610: ['leads', 'companies'],
};
const REQUIRED: Record<string, string[]> = { leads: ['hs_lead_name'], tasks: ['hs_timestamp'], notes: ['hs_timestamp'] };

/** A new record with its links. @throws Refusal */
export function created({ store }: HubspotState, type: string, values: Values, links: readonly NewLink[]): Row {
  const missing = (REQUIRED[type] ?? []).filter((name) => !values[name]);
  if (missing.length > 0) {
    const errors = missing.map((name) => ({
      message: `${name} is required`,
      code: 'REQUIRED',
      context: { propertyName: [name] },
    }));
    throw new Refusal(400, 'VALIDATION_ERROR', 'Error creating. Some required properties were not set.', { errors });
  }
  check(store.defs[type] ?? [], values);
  const same =
    values.email && type === 'contacts' ? store.rows(type).find((row) => row.properties.email === values.email) : undefined;
  if (same) throw new Refusal(409, 'CONFLICT', `Contact already exists. Existing ID: ${same.id}`);
  const targets = links.flatMap(({ to, types }) =>
    types.map(({ associationTypeId }) => ({ id: to.id, way: TARGET[associationTypeId] })),
  );
  for (const { id, way } of targets) {
    if (way?.[0] !== type)
      throw new Refusal(400, 'VALIDATION_ERROR', `associationTypeId is not valid between ${type} and the record`);
    if (!store.find(way[1], id)) throw new Refusal(404, 'OBJECT_NOT_FOUND', `${way[1]} ${id} does not exist`);
  }
  if (type === 'leads' && !targets.some(({ way }) => way?.[1] === 'contacts'))
    throw new Refusal(400, 'VALIDATION_ERROR', 'Lead must be associated with a contact');
  const row = store.insert(type, values);
  for (const { id, way } of targets) if (way) store.link(type, row.id, way[1], id);
  return store.find(type, row.id) ?? row;
}

/** A record with other values. @throws Refusal */
export function patched({ store }: HubspotState, type: string, id: string, values: Values): Row {
  check(store.defs[type] ?? [], values);
  return store.update(type, id, values);
}

function check(defs: HubspotState['store']['defs'][string], values: Values): void {
  const errors = Object.entries(values).flatMap(([name, value]) => {
    const def = defs.find((one) => one.name === name);
    const wrong = (code: string, message: string) => [{ message, code, context: { propertyName: [name] } }];
    if (!def) return wrong('PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`);
    if (def.readOnly) return wrong('READ_ONLY_VALUE', `"${name}" is a read only property`);
    if (!value) return [];
    const allowed = def.options.map((option) => option.value);
    if (allowed.length > 0 && !value.split(';').every((one) => allowed.includes(one)))
      return wrong('INVALID_OPTION', `${value} was not one of the allowed options`);
    if (def.type === 'number' && Number.isNaN(Number(value))) return wrong('INVALID_INTEGER', `${value} was not a valid number.`);
    return [];
  });
  if (errors.length > 0)
    throw new Refusal(400, 'VALIDATION_ERROR', `Property values were not valid: ${JSON.stringify(errors)}`, { errors });
}
