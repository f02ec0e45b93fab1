import { type FieldsOf, OBJECTS, type ObjectKind } from '@/lib/crm/records';

/**
 * The sealed tables of a connection. One for each object, and two indexes of the same structure:
 * `domain` (registrable domain → Accounts) and `home` (record → where it lives).
 */
export const TABLES = [...OBJECTS, 'domain', 'home'] as const;
export type TableName = (typeof TABLES)[number];

/** The number that stands for a table on disk. Fixed for ever: new tables go to the end. */
const NUMBERS: Record<TableName, number> = {
  user: 1,
  account: 2,
  contact: 3,
  lead: 4,
  opportunity: 5,
  task: 6,
  domain: 7,
  home: 8,
};

export function tableNumber(table: TableName): number {
  return NUMBERS[table];
}

/**
 * How many entries one cell holds on average: index entries are short, so more of them share a box. Every page visit opens cells of
 * `domain`, nobody waits for those of `home`.
 */
export function entriesPerCell(table: TableName): number {
  if (table === 'domain') return 128;
  return table === 'home' ? 512 : 96;
}

/** The version of the packed layout below; it is bound into each box, and a run remembers the one it was written with. */
export const PACKING_SCHEMA = 1;

/** The order in which a record's fields are packed. Append only, with a new schema number. */
export const FIELD_ORDER: { [K in ObjectKind]: readonly (keyof FieldsOf[K])[] } = {
  user: ['name', 'active'],
  account: [
    'name',
    'website',
    'industry',
    'type',
    'phone',
    'city',
    'country',
    'ownerId',
    'parentId',
    'currency',
    'lastActivityOn',
  ],
  contact: [
    'accountId',
    'name',
    'title',
    'department',
    'email',
    'phone',
    'mobile',
    'ownerId',
    'doNotCall',
    'emailOptOut',
    'lastActivityOn',
  ],
  lead: ['name', 'company', 'title', 'email', 'phone', 'website', 'status', 'ownerId', 'converted', 'doNotCall', 'emailOptOut'],
  opportunity: ['accountId', 'name', 'stage', 'amount', 'currency', 'closeOn', 'probability', 'closed', 'won', 'ownerId'],
  task: ['accountId', 'whoId', 'whatId', 'subject', 'status', 'priority', 'dueOn', 'closed', 'ownerId'],
};

/** True for a table of records, false for the index and the homes. */
export function isObject(table: TableName): table is ObjectKind {
  return tableNumber(table) <= tableNumber('task');
}
