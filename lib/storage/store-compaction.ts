import type { Pace } from '@/lib/shared/pace';
import { type BesideCells, runForMerge, writeMergedRun } from './compaction';
import type { ConnectionDatabase } from './database';
import { type Run, runsToMerge } from './manifest';
import type { ManifestKeeper } from './manifest-keeper';
import type { RunKeys } from './run-keys';
import type { RunLines } from './run-lines';
import type { SealedRuns } from './sealed-runs';
import { asStorageError } from './storage-error';
import { isObject, type TableName, TABLES } from './tables';

/**
 * Merges runs of all tables where there are too many, and sees to it that large runs have their search lines and lists of keys.
 * The caller has the store to itself. Killed anywhere, the content is what it was.
 * @throws AppError `storage.quota`, `storage.unreadable`, `vault.tampered`
 */
export function createCompaction(parts: {
  db: ConnectionDatabase;
  runs: SealedRuns;
  keeper: ManifestKeeper;
  lines: RunLines;
  keys: RunKeys;
  pace: Pace;
}): () => Promise<void> {
  const { db, runs, keeper, lines, keys, pace } = parts;
  const { current: manifest, commit } = keeper;

  /** What is made of a large run's entries while they are at hand: else all its cells would be opened once more. */
  function besideOf(table: TableName, run: Run, entries: number): BesideCells | null {
    if (table === 'domain') return keys.beside(run, entries);
    return isObject(table) ? lines.beside(table, run, entries) : null;
  }

  async function compactTable(table: TableName, count = runsToMerge(manifest().tables[table].runs)): Promise<void> {
    const all = manifest().tables[table].runs;
    if (count === 0) return;
    const merged = all.slice(all.length - count);
    const older = all.slice(0, all.length - count);
    const target = runForMerge(table, manifest().nextRun, merged);
    const { id, bits } = target;
    await commit({ ...manifest(), nextRun: id + 1, pending: [{ table, id, bits }] });
    const dropTombstones = older.length === 0;
    const entries = merged.reduce((sum, one) => sum + one.entries, 0);
    const beside = besideOf(table, target, entries);
    const run = await writeMergedRun(db, runs, { table, target, merged, dropTombstones, pace, beside }).catch(async (cause) => {
      await keeper.dropPending().catch(() => undefined);
      throw asStorageError(cause);
    });
    const next = structuredClone(manifest());
    next.pending = [];
    next.tables[table].runs = [...older, run];
    const replaced = merged.map((old) => ({ table, id: old.id, bits: old.bits }));
    await commit(next, [], replaced);
  }

  return async () => {
    await keeper.dropPending();
    for (const table of TABLES) {
      // Its old runs are about to go as a whole.
      if (table === 'domain' && manifest().replacing) continue;
      const isMarked = manifest().thorough?.includes(table);
      await compactTable(table, isMarked ? manifest().tables[table].runs.length : undefined);
      if (isMarked) await commit({ ...manifest(), thorough: manifest().thorough?.filter((other) => other !== table) });
    }
    await lines.store().catch((cause) => Promise.reject(asStorageError(cause)));
    await keys.store().catch((cause) => Promise.reject(asStorageError(cause)));
  };
}
