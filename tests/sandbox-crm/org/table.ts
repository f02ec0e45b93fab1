/** The rows of one object, in memory. Rows are never changed in place, so a result set that holds them stays as it was. */
import type { ObjectType } from './schema/object-type.ts';
import { createSortedRows, firstNot } from './sorted-rows.ts';

export type Value = string | number | boolean | null;
/** One record. A field that is absent is null. */
export type Row = Readonly<Record<string, Value>> & { readonly Id: string };

/** The rows as they were at one moment, whatever happens to them later. */
interface TableSnapshot {
  get(id18: string): Row | undefined;
  /** Puts every row back as it was then, and ends it. */
  restore(): void;
  /** Ends it: from then on changes are no longer kept for it. */
  release(): void;
}

export interface Table {
  /** The object with all of its fields, those the user may not see too. */
  readonly type: ObjectType;
  readonly size: number;
  get(id18: string): Row | undefined;
  put(row: Row): void;
  drop(id18: string): void;
  /** All rows, deleted ones too, in the order of their ids. The list stays as it is when rows change. */
  all(): readonly Row[];
  /** All rows, deleted ones too, by SystemModstamp and then Id: the order incremental pulls ask for. */
  byModstamp(): readonly Row[];
  snapshot(): TableSnapshot;
  /** A number for a new id, larger than every one given out before. */
  nextNumber(): number;
}

export function createTable(type: ObjectType): Table {
  const rows = new Map<string, Row>();
  const byId = createSortedRows(
    (a, b) => (a.Id < b.Id ? -1 : a.Id > b.Id ? 1 : 0),
    () => rows.values(),
  );
  const byModstamp = createSortedRows(compareModstamp, () => rows.values());
  /** For each snapshot the rows that have changed since, as they were. */
  const kept = new Set<Map<string, Row | undefined>>();
  let counter = 3_000_000;
  const change = (id: string, after: Row | undefined) => {
    const before = rows.get(id);
    for (const old of kept) if (!old.has(id)) old.set(id, before);
    if (after) rows.set(id, after);
    else rows.delete(id);
    byId.change(before, after);
    byModstamp.change(before, after);
  };
  return {
    type,
    get size() {
      return rows.size;
    },
    get: (id) => rows.get(id),
    put: (row) => change(row.Id, row),
    drop: (id) => change(id, undefined),
    all: () => byId.list(),
    byModstamp: () => byModstamp.list(),
    snapshot() {
      const old = new Map<string, Row | undefined>();
      kept.add(old);
      return {
        get: (id) => (old.has(id) ? old.get(id) : rows.get(id)),
        restore() {
          kept.delete(old);
          for (const [id, before] of old) change(id, before);
        },
        release: () => kept.delete(old),
      };
    },
    nextNumber: () => counter++,
  };
}

/** The first position whose stamp is not before `stamp`, in rows sorted by it. */
export const firstAtOrAfter = (rows: readonly Row[], stamp: string): number => firstNot(rows, (row) => stampOf(row) < stamp);

const stampOf = (row: Row) => String(row.SystemModstamp);

function compareModstamp(a: Row, b: Row): number {
  const [left, right] = [stampOf(a), stampOf(b)];
  if (left !== right) return left < right ? -1 : 1;
  return a.Id < b.Id ? -1 : a.Id > b.Id ? 1 : 0;
}
