import type { Pace } from '@/lib/shared/pace';
import type { CellRow, ConnectionDatabase } from './database';
import { type Entry, identityOf } from './entry';
import { bitsFor, cellOf, type Run } from './manifest';
import type { SealedRuns } from './sealed-runs';
import { entriesPerCell, PACKING_SCHEMA, type TableName, tableNumber } from './tables';

const ROWS_A_TRANSACTION = 128;

/**
 * Writes the merge of `merged` (oldest first) as run `id`, a slice of the hash space at a time, so that the memory
 * needed does not grow with the number of records. The rows mean nothing until the manifest names the run.
 * With `dropTombstones` (nothing older lies below) what was deleted is forgotten for good.
 */
export async function writeMergedRun(
  db: ConnectionDatabase,
  runs: SealedRuns,
  options: { table: TableName; id: number; merged: readonly Run[]; dropTombstones: boolean; pace: Pace },
): Promise<Run> {
  const { table, id, merged, dropTombstones, pace } = options;
  const expected = merged.reduce((sum, run) => sum + run.entries, 0);
  const target: Run = { id, bits: bitsFor(expected, entriesPerCell(table)), entries: 0, schema: PACKING_SCHEMA };
  const newestFirst = [...merged].reverse();
  const held = new Map<Run, { cell: number; entries: Entry[] }>();
  let rows: CellRow[] = [];

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
    target.entries += entries.length;
    rows.push(await runs.sealCell(table, target, cell, entries));
    if (rows.length >= ROWS_A_TRANSACTION) {
      await db.cells.bulkPut(rows);
      rows = [];
    }
  }
  await db.cells.bulkPut(rows);
  return target;

  /** The run's entries whose hash falls into the target's `cell`. A coarser run's cell serves several and is kept. */
  async function entriesIn(run: Run, cell: number): Promise<Entry[]> {
    if (run.bits >= target.bits) {
      const width = 2 ** (run.bits - target.bits);
      const cells = Array.from({ length: width }, (_, index) => cell * width + index);
      return (await runs.readCells(table, run, cells)).flat();
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

/** Deletes every row of a run. */
export async function deleteRun(db: ConnectionDatabase, table: TableName, id: number): Promise<void> {
  const number = tableNumber(table);
  await db.cells.where('[t+r+c]').between([number, id, 0], [number, id, Number.POSITIVE_INFINITY], true, true).delete();
}
