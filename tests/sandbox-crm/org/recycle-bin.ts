/** The recycle bin and the log of deletions. */
import type { Records, Values } from './records.ts';
import type { ObjectType } from './schema/object-type.ts';

interface DeletedEntry {
  id: string;
  deletedDate: string;
}

export interface RecycleBin {
  /** Puts a record and what hangs below it into the recycle bin. @param values what else changes about it */
  remove(object: string, id: string, values?: Values): void;
  /** Takes a record and what was deleted with it out of the recycle bin. */
  undelete(object: string, id: string): void;
  /** Destroys what is in the recycle bin; the log of deletions goes with it. */
  emptyRecycleBin(): void;
  deletions(object: string): readonly DeletedEntry[];
  /** Since when the log of deletions is complete; undefined when it never lost anything. */
  deletionsKnownSince(): number | undefined;
}

export function createRecycleBin(records: Records): RecycleBin {
  const { clock, schema, table, existing } = records;
  const log = new Map<string, DeletedEntry[]>(schema.everything.map((type) => [type.name, []]));
  let knownSince: number | undefined;

  const bin: RecycleBin = {
    remove(object, id, values = {}) {
      const row = existing(object, id);
      if (row.IsDeleted === true) return;
      const stamp = clock.stamp();
      const { type } = table(object);
      table(object).put({ ...row, ...values, IsDeleted: true, SystemModstamp: stamp, LastModifiedDate: stamp });
      log.get(type.name)?.push({ id, deletedDate: stamp });
      for (const child of childrenOf(records, type, id, false)) bin.remove(child.object, child.row.Id);
    },
    undelete(object, id) {
      const row = existing(object, id);
      const { type } = table(object);
      const deleted = log.get(type.name) ?? [];
      const entry = deleted.findIndex((other) => other.id === id);
      const deletedDate = deleted[entry]?.deletedDate;
      if (entry < 0) return;
      deleted.splice(entry, 1);
      const stamp = clock.stamp();
      table(object).put({ ...row, IsDeleted: false, SystemModstamp: stamp, LastModifiedDate: stamp });
      for (const child of childrenOf(records, type, id, true)) {
        const together = log.get(child.object)?.some((gone) => gone.id === child.row.Id && gone.deletedDate === deletedDate);
        if (together) bin.undelete(child.object, child.row.Id);
      }
    },
    emptyRecycleBin() {
      for (const { name } of schema.everything) {
        for (const row of table(name).all()) if (row.IsDeleted === true) table(name).drop(row.Id);
        log.set(name, []);
      }
      knownSince = clock.now();
    },
    deletions: (object) => log.get(table(object).type.name) ?? [],
    deletionsKnownSince: () => knownSince,
  };
  return bin;
}

/** The records that go where their parent goes. */
function* childrenOf(records: Records, type: ObjectType, id: string, deleted: boolean) {
  for (const child of type.children) {
    if (!child.cascade) continue;
    for (const row of records.table(child.childObject).all()) {
      if (row[child.field] !== id || (row.IsDeleted === true) !== deleted) continue;
      // A task about a person stays while it still has an account or deal.
      if (child.field === 'WhoId' && row.WhatId) continue;
      yield { object: child.childObject, row };
    }
  }
}
