import type { Pace } from '@/lib/shared/pace';
import type { CellRow, ConnectionDatabase } from './database';
import { type Entry, identityOf } from './entry';
import { bitsFor, cellOf, type PlacedRun, type Run } from './manifest';
import { ROWS_A_TRANSACTION, writeInSlices } from './row-slices';
import type { SealedRuns } from './sealed-runs';
import { entriesPerCell, PACKING_SCHEMA, type TableName, tableNumber } from './tables';

/** The run `id` that the merge of `merged` will be, before anything is written: its cells are known, its entries not. */
export function runForMerge(table: TableName, id: number, merged: readonly Run[]): Run {
  const expected = merged.reduce((sum, run) => sum + run.entries, 0);
  return { id, bits: bitsFor(expected, entriesPerCell(table)), entries: 0, schema: PACKING_SCHEMA };
}

/** What lies behind the cells of a run and is made in passing, while they are written: search lines, or the list of its keys. */
export interface BesideCells {
  /** All entries of the next cell. */
  add(cell: number, entries: readonly Entry[]): Promise<void>;
  /** Writes what is left. Gives what the manifest has to say of it. */
  end(): Promise<Pick<Run, 'lines' | 'keys'>>;
}

/**
 * Writes the merge of `merged` (oldest first) as `target`, a slice of the hash space at a time, so that the memory
 * needed does not grow with the number of records. The rows mean nothing until the manifest names the run.
 * With `dropTombstones` (nothing older lies below) what was deleted is forgotten for good.
 */
export async function writeMergedRun(
  db: ConnectionDatabase,
  runs: SealedRuns,
  options: {
    table: TableName;
    target: Run;
    merged: readonly Run[];
    dropTombstones: boolean;
    pace: Pace;
    beside: BesideCells | null;
  },
): Promise<Run> {
  const { table, target, merged, dropTombstones, pace, beside } = options;
  let entriesWritten = 0;
  const newestFirst = [...merged].reverse();
  const held = new Map<Run, { cell: number; entries: Entry[] }>();
  await writeInSlices(db, mergedCells());
  return { ...target, entries: entriesWritten, ...(await beside?.end()) };

  async function* mergedCells(): AsyncGenerator<CellRow[]> {
    for (let cell = 0; cell < 2 ** target.bits; cell += 1) {
      await pace.breathe();
      const byIdentity = new Map<string, Entry>();
      for (const run of newestFirst) {
        for (const entry of await entriesIn(run, cell)) {
          const identity = identityOf(entry);
          if (!byIdentity.has(identity)) byIdentity.set(identity, entry);
        }
      }
      const entries = [...byIdentity.values()].filter((entry) => !dropTombstones || entry.values !== null);
      entriesWritten += entries.length;
      await beside?.add(cell, entries);
      yield [await runs.sealCell(table, target, cell, entries)];
    }
  }

  /** The run's entries whose hash falls into the target's `cell`. A coarser run's cell serves several and is kept. */
  async function entriesIn(run: Run, cell: number): Promise<Entry[]> {
    if (run.bits >= target.bits) {
      const width = 2 ** (run.bits - target.bits);
      const cells = Array.from({ length: width }, (_, index) => ({ run, cell: cell * width + index }));
      return (await Array.fromAsync(runs.readCells(table, cells))).flat();
    }
    const coarse = cell >>> (target.bits - run.bits);
    let kept = held.get(run);
    if (kept?.cell !== coarse) {
      kept = { cell: coarse, entries: await runs.readCell(table, run, coarse) };
      held.set(run, kept);
    }
    return kept.entries.filter((entry) => cellOf(entry.hash, target.bits) === cell);
  }
}

/** Deletes every row of a run, a slice at a time: who wants to read meanwhile does not wait for all of it. */
export async function deleteRun(db: ConnectionDatabase, { table, id, bits }: PlacedRun, pace: Pace): Promise<void> {
  const number = tableNumber(table);
  for (let from = 0; from < 2 ** bits; from += ROWS_A_TRANSACTION) {
    await pace.breathe();
    // Behind the last cell lie the lines for search, however many.
    const to = Math.min(from + ROWS_A_TRANSACTION, 2 ** bits);
    const end = to === 2 ** bits ? Number.POSITIVE_INFINITY : to;
    await db.cells.where('[t+r+c]').between([number, id, from], [number, id, end], true, false).delete();
  }
}
