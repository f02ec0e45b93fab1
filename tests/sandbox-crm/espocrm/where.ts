/** Conditions of a list, read from the query string and held against rows. */
export interface Where {
  type: string;
  attribute?: string;
  value?: unknown;
  dateTime?: string;
  timeZone?: string;
}

export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** A condition that EspoCRM refuses. */
export class BadWhere extends Error {}

type Tree = { [key: string]: Tree | string };

/** `where[0][value][1][type]=…` as PHP reads it. */
export function whereIn(params: URLSearchParams): Where[] {
  const tree: Tree = {};
  for (const [name, value] of params) {
    const keys = /^where((?:\[\w*\])+)$/.exec(name)?.[1]?.slice(1, -1).split('][');
    if (!keys) continue;
    let at = tree;
    for (const key of keys.slice(0, -1)) {
      const next = at[key];
      at = at[key] = typeof next === 'object' ? next : {};
    }
    at[keys.at(-1) ?? ''] = value;
  }
  return asList(tree) as Where[];
}

function asList(tree: Tree | string | undefined): unknown {
  if (typeof tree !== 'object') return tree;
  const keys = Object.keys(tree);
  const entries = keys.map((key) => asList(tree[key]));
  return keys.every((key) => /^\d+$/.test(key)) ? entries : Object.fromEntries(keys.map((key, at) => [key, entries[at]]));
}

const KNOWN = new Set(['type', 'attribute', 'value', 'dateTime', 'timeZone', 'date', 'field']);

/** The attributes that conditions name. */
export function attributesIn(conditions: readonly Where[]): string[] {
  return conditions.flatMap((one) => [
    ...(one.attribute ? [one.attribute] : []),
    ...(Array.isArray(one.value) && /^(?:and|or)$/.test(one.type) ? attributesIn(one.value as Where[]) : []),
  ]);
}

const text = (value: unknown) => String(value).toLowerCase();
const isEmpty = (value: unknown) => value === null || value === undefined;
const compare = (held: unknown, value: unknown): number => {
  if (typeof held === 'number') return held - Number(value);
  return text(held) < text(value) ? -1 : text(held) > text(value) ? 1 : 0;
};
const asSql = (held: unknown) => (typeof held === 'boolean' ? (held ? '1' : '0') : held);

/** Whether a row meets all conditions, as SQL would have it: nothing is equal to null or different from it. @throws BadWhere */
export function meets(row: Row, conditions: readonly Where[], serverZoneHours: number): boolean {
  return conditions.every((one) => meetsOne(row, one, serverZoneHours));
}

function meetsOne(row: Row, condition: Where, zone: number): boolean {
  const { type, attribute, dateTime, timeZone } = condition;
  if (!type || Object.keys(condition).some((key) => !KNOWN.has(key))) throw new BadWhere('Bad where item.');
  const nested = Array.isArray(condition.value) ? (condition.value as Where[]) : [];
  if (type === 'and') return nested.every((one) => meetsOne(row, one, zone));
  if (type === 'or') return nested.length === 0 || nested.some((one) => meetsOne(row, one, zone));
  if (type === 'textFilter')
    return text(row.name)
      .split(/\s+/)
      .some((word) => word.startsWith(text(condition.value)));
  if (!attribute) throw new BadWhere("No 'attribute' in where item.");
  const held = asSql(row[attribute]);
  // A time is taken for the zone that the server is set to when it is sent as one, and for what is stored otherwise.
  const shifted = dateTime && !timeZone && typeof condition.value === 'string' ? inZone(condition.value, zone) : condition.value;
  return holds(type, held, shifted);
}

function inZone(value: string, zone: number): string {
  const time = Date.parse(`${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(time)) throw new BadWhere('Bad date value or timezone.');
  return new Date(time - zone * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function holds(type: string, held: unknown, value: unknown): boolean {
  if (type === 'isNull') return isEmpty(held);
  if (type === 'isNotNull') return !isEmpty(held);
  if (type === 'isTrue') return held === '1';
  if (type === 'isFalse') return held === '0' || isEmpty(held);
  const values = (Array.isArray(value) ? value : [value]).map(text);
  if (!SIMPLE.has(type)) throw new BadWhere(`Not supported where type '${type}'.`);
  if (isEmpty(held)) return false;
  switch (type) {
    case 'in':
    case 'equals':
      return values.includes(text(held));
    case 'notIn':
    case 'notEquals':
      return !values.includes(text(held));
    case 'contains':
      return text(held).includes(values[0] ?? '');
    case 'startsWith':
      return text(held).startsWith(values[0] ?? '');
    case 'like':
      return new RegExp(`^${(values[0] ?? '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('%', '.*')}$`).test(text(held));
    case 'greaterThan':
    case 'after':
      return compare(held, value) > 0;
    case 'greaterThanOrEquals':
      return compare(held, value) >= 0;
    case 'lessThan':
    case 'before':
      return compare(held, value) < 0;
    default:
      return compare(held, value) <= 0;
  }
}

const SIMPLE = new Set([
  'in',
  'notIn',
  'equals',
  'notEquals',
  'contains',
  'startsWith',
  'like',
  'greaterThan',
  'greaterThanOrEquals',
  'after',
  'lessThan',
  'lessThanOrEquals',
  'before',
]);
