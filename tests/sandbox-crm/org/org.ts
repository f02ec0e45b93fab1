/**
 * The org's data: what a test reads to see what the CRM holds, and changes behind the extension's back. Writes here are
 * those of an administrator's tool: defaults and derived fields are filled in, but nothing is validated (the REST side does
 * that before it comes here).
 */
import { createClock } from './clock.ts';
import type { SandboxClock } from './clock.ts';
import { derivedFields } from './derived.ts';
import { makeId } from './record-id.ts';
import type { ObjectType } from './schema/object-type.ts';
import { createSchema } from './schema/schema.ts';
import type { Schema, SchemaOptions } from './schema/schema.ts';
import { createTable } from './table.ts';
import type { Row, Table, Value } from './table.ts';

interface DeletedEntry {
  id: string;
  deletedDate: string;
}

export interface OrgOptions extends SchemaOptions {
  now: number;
  frozen: boolean;
}

/** Values of a record to write. Id and the audit fields may be given too: this is the back door. */
export type Values = Readonly<Record<string, Value>>;

export interface Org {
  readonly id: string;
  readonly clock: SandboxClock;
  readonly schema: Schema;
  /** The user who signs in, unless a test says otherwise. */
  readonly userId: string;
  table(object: string): Table;
  /** The records of an object that are not deleted. */
  rows(object: string): Row[];
  /** One record, deleted or not. */
  find(object: string, id: string): Row | undefined;
  insert(object: string, values: Values, by?: string): Row;
  update(object: string, id: string, values: Values, by?: string): Row;
  /** Puts a record and what hangs below it into the recycle bin. */
  remove(object: string, id: string): void;
  /** Takes a record and what was deleted with it out of the recycle bin. */
  undelete(object: string, id: string): void;
  /** Destroys what is in the recycle bin; the log of deletions goes with it. */
  emptyRecycleBin(): void;
  deletions(object: string): readonly DeletedEntry[];
  /** Since when the log of deletions is complete; undefined when it never lost anything. */
  deletionsKnownSince(): number | undefined;
}

/** An empty org with one administrator, whose id is `userId`. */
export function createOrg(options: OrgOptions): Org {
  const clock = createClock(options.now, options.frozen);
  const schema = createSchema(options);
  const tables = new Map(schema.objects.map((type) => [type.name, createTable(type)]));
  const defaults = new Map(schema.objects.map((type) => [type.name, defaultsOf(type)]));
  const deletions = new Map<string, DeletedEntry[]>(schema.objects.map((type) => [type.name, []]));
  const userId = makeId('005', 1);
  let knownSince: number | undefined;

  const table = (object: string): Table => {
    const found = tables.get(schema.object(object)?.name ?? object);
    if (!found) throw new Error(`The sandbox org has no object ${object}`);
    return found;
  };
  const find = (object: string, id: string) => table(object).get(id);
  const existing = (object: string, id: string): Row => {
    const row = find(object, id);
    if (!row) throw new Error(`The sandbox org has no ${object} ${id}`);
    return row;
  };
  /** @param row a fresh record of the caller's, still free to change */
  const save = (object: string, row: Row, previous: Row | undefined) => {
    const saved: Row = Object.assign(row, derivedFields(object, row, previous, { find, stamp: clock.stamp() }));
    table(object).put(saved);
    if (object === 'Task') touchParents(org, saved);
    return saved;
  };

  const org: Org = {
    id: makeId('00D', 4_242),
    clock,
    schema,
    userId,
    table,
    find,
    rows: (object) =>
      table(object)
        .all()
        .filter((row) => row.IsDeleted !== true),
    insert(object, values, by = userId) {
      const { type, nextNumber } = table(object);
      const created = String(values.CreatedDate ?? clock.stamp());
      const row: Row = {
        Id: makeId(type.keyPrefix, nextNumber()),
        ...defaults.get(type.name),
        ...(type.field('OwnerId') ? { OwnerId: by } : {}),
        CreatedDate: created,
        CreatedById: by,
        LastModifiedDate: created,
        LastModifiedById: by,
        SystemModstamp: created,
        ...values,
      };
      return save(type.name, row, undefined);
    },
    update(object, id, values, by = userId) {
      const previous = existing(object, id);
      const stamp = clock.stamp();
      const row = { ...previous, LastModifiedDate: stamp, LastModifiedById: by, SystemModstamp: stamp, ...values };
      return save(table(object).type.name, row, previous);
    },
    remove(object, id) {
      const row = existing(object, id);
      if (row.IsDeleted === true) return;
      const stamp = clock.stamp();
      const { type } = table(object);
      table(object).put({ ...row, IsDeleted: true, SystemModstamp: stamp, LastModifiedDate: stamp });
      deletions.get(type.name)?.push({ id, deletedDate: stamp });
      for (const child of childrenOf(org, type, id)) org.remove(child.object, child.row.Id);
    },
    undelete(object, id) {
      const row = existing(object, id);
      const { type } = table(object);
      const log = deletions.get(type.name) ?? [];
      const entry = log.findIndex((deleted) => deleted.id === id);
      const deletedDate = log[entry]?.deletedDate;
      if (entry < 0) return;
      log.splice(entry, 1);
      const stamp = clock.stamp();
      table(object).put({ ...row, IsDeleted: false, SystemModstamp: stamp, LastModifiedDate: stamp });
      for (const child of childrenOf(org, type, id, true)) {
        const together = deletions
          .get(child.object)
          ?.some((gone) => gone.id === child.row.Id && gone.deletedDate === deletedDate);
        if (together) org.undelete(child.object, child.row.Id);
      }
    },
    emptyRecycleBin() {
      for (const { type } of tables.values()) {
        for (const row of table(type.name).all()) if (row.IsDeleted === true) table(type.name).drop(row.Id);
        deletions.set(type.name, []);
      }
      knownSince = clock.now();
    },
    deletions: (object) => deletions.get(table(object).type.name) ?? [],
    deletionsKnownSince: () => knownSince,
  };
  return org;
}

function defaultsOf(type: ObjectType): Values {
  const values: Record<string, Value> = {};
  for (const field of type.fields) {
    const chosen = field.picklistValues.find((entry) => entry.defaultValue)?.value;
    if (field.type === 'boolean') values[field.name] = field.defaultValue === true;
    else if (chosen !== undefined) values[field.name] = chosen;
  }
  return values;
}

/** The records that go where their parent goes. */
function* childrenOf(org: Org, type: ObjectType, id: string, deleted = false) {
  for (const child of type.children) {
    if (!child.cascade) continue;
    for (const row of org.table(child.childObject).all()) {
      if (row[child.field] !== id || (row.IsDeleted === true) !== deleted) continue;
      // A task about a person stays while it still has an account or deal.
      if (child.field === 'WhoId' && row.WhatId) continue;
      yield { object: child.childObject, row };
    }
  }
}

/** A finished task is the last activity of its account, person and deal; that does not move their SystemModstamp. */
function touchParents(org: Org, task: Row): void {
  const date = task.ActivityDate;
  if (task.IsClosed !== true || typeof date !== 'string') return;
  for (const id of [task.AccountId, task.WhatId, task.WhoId]) {
    if (typeof id !== 'string') continue;
    const object = org.schema.byPrefix(id)?.name;
    const parent = object === undefined ? undefined : org.find(object, id);
    if (!object || !parent || String(parent.LastActivityDate ?? '') >= date) continue;
    org.table(object).put({ ...parent, LastActivityDate: date });
  }
}
