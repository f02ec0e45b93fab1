/** The rows of one object, in memory. Rows are never changed in place, so a result set that holds them stays as it was. */
import type { ObjectType } from './schema/object-type.ts';

export type Value = string | number | boolean | null;
/** One record. A field that is absent is null. */
export type Row = Readonly<Record<string, Value>> & { readonly Id: string };

export interface Table {
  readonly type: ObjectType;
  readonly size: number;
  get(id18: string): Row | undefined;
  put(row: Row): void;
  drop(id18: string): void;
  /** All rows, deleted ones too, in the order of their ids. */
  all(): readonly Row[];
  /** All rows, deleted ones too, by SystemModstamp and then Id: the order incremental pulls ask for. */
  byModstamp(): readonly Row[];
  /** A number for a new id, larger than every one given out before. */
  nextNumber(): number;
}

export function createTable(type: ObjectType): Table {
  const rows = new Map<string, Row>();
  let counter = 3_000_000;
  let all: Row[] | undefined;
  let byModstamp: Row[] | undefined;
  const changed = () => {
    all = undefined;
    byModstamp = undefined;
  };
  return {
    type,
    get size() {
      return rows.size;
    },
    get: (id) => rows.get(id),
    put(row) {
      rows.set(row.Id, row);
      changed();
    },
    drop(id) {
      if (rows.delete(id)) changed();
    },
    all() {
      all ??= [...rows.values()];
      return all;
    },
    byModstamp() {
      byModstamp ??= [...rows.values()].sort(compareModstamp);
      return byModstamp;
    },
    nextNumber: () => counter++,
  };
}

/** The first position whose stamp is not before `stamp`, in rows sorted by it. */
export function firstAtOrAfter(rows: readonly Row[], stamp: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && stampOf(row) < stamp) low = middle + 1;
    else high = middle;
  }
  return low;
}

const stampOf = (row: Row) => String(row.SystemModstamp);

function compareModstamp(a: Row, b: Row): number {
  const [left, right] = [stampOf(a), stampOf(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a.Id < b.Id ? -1 : 1;
}
