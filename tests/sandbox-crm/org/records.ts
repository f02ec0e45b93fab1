/** The org's records, without the recycle bin: made, changed and read by id. */
import { createClock } from './clock.ts';
import type { SandboxClock } from './clock.ts';
import { derivedFields } from './derived.ts';
import { makeId } from './record-id.ts';
import type { ObjectType } from './schema/object-type.ts';
import { createSchema } from './schema/schema.ts';
import type { Schema, SchemaOptions } from './schema/schema.ts';
import { createTable } from './table.ts';
import type { Row, Table, Value } from './table.ts';

export interface OrgOptions extends SchemaOptions {
  /** The org's id is made of it; 4,242 by default. */
  orgNumber?: number;
  now: number;
  frozen: boolean;
}

/** Values of a record to write. Id and the audit fields may be given too: this is the back door. */
export type Values = Readonly<Record<string, Value>>;

export interface Records {
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
  /** As `find`. @throws when there is none */
  existing(object: string, id: string): Row;
  insert(object: string, values: Values, by?: string): Row;
  /** What is made and changed from now on can be taken back at once. */
  transaction(): { rollBack(): void; commit(): void };
  /** @throws when there is no such record */
  update(object: string, id: string, values: Values, by?: string): Row;
}

export function createRecords(options: OrgOptions): Records {
  const clock = createClock(options.now, options.frozen);
  const schema = createSchema(options, () => clock.now());
  const tables = new Map(schema.everything.map((type) => [type.name.toLowerCase(), createTable(type)]));
  const prefixes = new Map(schema.everything.map(({ keyPrefix, name }) => [keyPrefix, name]));
  const defaults = new Map(schema.everything.map((type) => [type.name, defaultsOf(type)]));
  const userId = makeId('005', 1);

  const table = (object: string): Table => {
    const found = tables.get(object.toLowerCase());
    if (!found) throw new Error(`The sandbox org has no object ${object}`);
    return found;
  };
  const find = (object: string, id: string) => table(object).get(id);
  const existing = (object: string, id: string): Row => {
    const row = find(object, id);
    if (!row) throw new Error(`The sandbox org has no ${object} ${id}`);
    return row;
  };
  /** A finished task is the last activity of its account, person and deal; that does not move their SystemModstamp. */
  const touchParents = (task: Row) => {
    const date = task.ActivityDate;
    if (task.IsClosed !== true || typeof date !== 'string') return;
    for (const id of [task.AccountId, task.WhatId, task.WhoId]) {
      const object = prefixes.get(String(id ?? '').slice(0, 3));
      const parent = object === undefined ? undefined : find(object, String(id));
      if (!object || !parent || String(parent.LastActivityDate ?? '') >= date) continue;
      table(object).put({ ...parent, LastActivityDate: date });
    }
  };
  /** @param row a fresh record of the caller's, still free to change */
  const save = (object: string, row: Row, previous: Row | undefined) => {
    const derived = derivedFields(object, row, previous, { find, stamp: () => clock.stamp() });
    const saved: Row = Object.assign(row, derived);
    table(object).put(saved);
    if (object === 'Task') touchParents(saved);
    return saved;
  };

  return {
    id: makeId('00D', options.orgNumber ?? 4_242),
    clock,
    schema,
    userId,
    table,
    find,
    existing,
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
    transaction() {
      const all = [...tables.values()].map((one) => one.snapshot());
      return {
        rollBack() {
          for (const one of all) one.restore();
        },
        commit() {
          for (const one of all) one.release();
        },
      };
    },
    update(object, id, values, by = userId) {
      const previous = existing(object, id);
      const stamp = clock.stamp();
      const row = { ...previous, LastModifiedDate: stamp, LastModifiedById: by, SystemModstamp: stamp, ...values };
      return save(table(object).type.name, row, previous);
    },
  };
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
