/** Merging duplicates: one record stays, the other goes to the recycle bin, and what pointed at it follows. */
import type { Records, Values } from './records.ts';
import type { RecycleBin } from './recycle-bin.ts';
import type { Row } from './table.ts';

/** @param values what the merge takes over into the winner @throws when one of the two is not there or deleted */
export function merge(
  records: Records,
  bin: RecycleBin,
  object: string,
  winnerId: string,
  loserId: string,
  values: Values = {},
): Row {
  const { type } = records.table(object);
  for (const id of [winnerId, loserId]) {
    if (winnerId === loserId || records.existing(object, id).IsDeleted === true) throw new Error(`${id} can not be merged`);
  }
  repoint(records, type.name, loserId, winnerId);
  const winner = records.update(object, winnerId, values);
  bin.remove(object, loserId, type.field('MasterRecordId') ? { MasterRecordId: winnerId } : {});
  return winner;
}

/** Lets everything that refers to one record refer to another. */
function repoint({ schema, table, update }: Records, object: string, from: string, to: string): void {
  for (const type of schema.everything) {
    const keys = type.fields.filter((field) => field.referenceTo.includes(object) && field.name !== 'MasterRecordId');
    if (keys.length === 0) continue;
    for (const row of table(type.name).all()) {
      const moved = keys.filter((key) => row[key.name] === from);
      if (moved.length === 0 || row.IsDeleted === true || row.Id === from) continue;
      // The winner can not be its own parent.
      update(type.name, row.Id, Object.fromEntries(moved.map((key) => [key.name, row.Id === to ? null : to])));
    }
  }
}
