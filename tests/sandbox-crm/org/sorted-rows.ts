/**
 * Rows kept in an order while they change. The list it gives out is never changed again, so whoever holds one holds a
 * snapshot; after a few changes the next list is put together from stretches of the last one instead of sorted anew.
 */
import type { Row } from './table.ts';

type Order = (a: Row, b: Row) => number;

export interface SortedRows {
  /** The rows in order, as they are now. */
  list(): readonly Row[];
  /** Notes a change: `before` is the row as it was, `after` as it is; undefined where there is none. */
  change(before: Row | undefined, after: Row | undefined): void;
}

/** Beyond this part of the rows, sorting all of them is quicker. */
const MANY = 0.1;

/** @param all every row there is, in any order, for the times when all are sorted */
export function createSortedRows(order: Order, all: () => Iterable<Row>): SortedRows {
  let sorted: readonly Row[] | undefined;
  let gone: Row[] = [];
  const added = new Map<string, Row>();
  const settle = (list: readonly Row[]) => {
    sorted = list;
    gone = [];
    added.clear();
    return list;
  };
  return {
    list() {
      if (!sorted) return settle([...all()].sort(order));
      if (gone.length === 0 && added.size === 0) return sorted;
      return settle(replaced(sorted, gone, [...added.values()].sort(order), order));
    },
    change(before, after) {
      if (!sorted) return;
      // A row that came after the list was made is not in it, so there is nothing to take out.
      if (before && !added.delete(before.Id)) gone.push(before);
      if (after) added.set(after.Id, after);
      if (gone.length + added.size > sorted.length * MANY) sorted = undefined;
      if (!sorted) {
        gone = [];
        added.clear();
      }
    },
  };
}

/** The first position at which `isBefore` no longer holds, in rows it holds for up to some point. */
export function firstNot(rows: readonly Row[], isBefore: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && isBefore(row)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param fresh in order */
function replaced(rows: readonly Row[], gone: readonly Row[], fresh: readonly Row[], order: Order): Row[] {
  const place = (row: Row) => firstNot(rows, (other) => order(other, row) < 0);
  const steps = [
    ...fresh.map((row) => ({ at: place(row), row })),
    ...gone.map((row) => ({ at: place(row), row: undefined })),
  ].sort((a, b) => a.at - b.at);
  const result: Row[] = [];
  let next = 0;
  const copyUpTo = (end: number) => {
    for (; next < end; next++) {
      const row = rows[next];
      if (row) result.push(row);
    }
  };
  for (const { at, row } of steps) {
    copyUpTo(at);
    if (row) result.push(row);
    else next = at + 1;
  }
  copyUpTo(rows.length);
  return result;
}
