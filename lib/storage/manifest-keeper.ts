import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import { deleteRun } from './compaction';
import type { AnchorStore } from './connection-list';
import type { CellRow, ConnectionDatabase } from './database';
import { emptyManifest, type Manifest, type PlacedRun, runsNewIn, unusedRun } from './manifest';
import { ROWS_A_TRANSACTION, writeInSlices } from './row-slices';
import type { SealedBoxes } from './sealed-boxes';
import type { PreparedRun } from './sealed-runs';
import { asStorageError } from './storage-error';

/** Holds the manifest that counts, in memory and on the disk, and is the only code that changes it. */
export interface ManifestKeeper {
  current(): Manifest;
  /**
   * Reads what is stored. Rows that no manifest came to name do not count and stay where they are: taking them away can take
   * seconds, for which nobody who opens a copy should wait.
   * @throws AppError `vault.tampered` when it is gone, older than the last one, or not what was written.
   */
  open(): Promise<void>;
  /**
   * Writes the runs that are only `prepared`, makes `next`, which names them, the manifest that counts, and removes the rows of
   * `replaced` runs, which it names no more. Killed anywhere, either the old manifest counts whole or the new one.
   * @throws AppError `storage.quota`, `storage.unreadable`; the old manifest counts then.
   */
  commit(next: Manifest, prepared?: readonly PreparedRun[], replaced?: readonly PlacedRun[]): Promise<void>;
  /** Removes the rows of runs that no manifest names, be it by a kill or by a full disk. */
  dropPending(): Promise<void>;
  /** An empty manifest takes the place of what there is, which may be unreadable. */
  startOver(): Promise<void>;
}

/** A keeper of the manifest in `boxes`. `anchor` holds the number of the last commit outside of the copy. */
export function createManifestKeeper(options: {
  db: ConnectionDatabase;
  boxes: SealedBoxes;
  anchor: AnchorStore | undefined;
  pace: Pace;
  /** The placement rules that an empty copy follows. */
  placementVersion: number;
}): ManifestKeeper {
  const { db, boxes, anchor, pace, placementVersion } = options;
  let manifest: Manifest = { ...emptyManifest(), placement: placementVersion };

  async function open(): Promise<void> {
    const expected = (await anchor?.load()) ?? 0;
    const stored = (await boxes.get('manifest')) as Manifest | null;
    // A manifest that is gone, or older than the last one, was not left so by us: a write and its mark are in this order.
    if ((stored?.commits ?? 0) < expected) throw new AppError('vault.tampered');
    // The first builds wrote null for none.
    if (stored) manifest = { ...stored, pending: stored.pending ?? [] };
  }

  async function commit(
    next: Manifest,
    prepared: readonly PreparedRun[] = [],
    replaced: readonly PlacedRun[] = [],
  ): Promise<void> {
    const after = { ...next, pending: [...next.pending, ...replaced] };
    const cells = prepared.reduce((sum, { run }) => sum + 2 ** run.bits, 0);
    if (cells <= ROWS_A_TRANSACTION) await put(after, await allRows(prepared));
    else {
      await put({ ...manifest, nextRun: next.nextRun, pending: [...manifest.pending, ...runsNewIn(next, manifest)] });
      await writeInSlices(db, rowsOf(prepared)).catch(async (cause) => {
        await dropPending().catch(() => undefined);
        throw asStorageError(cause);
      });
      await put(after);
    }
    if (replaced.length > 0) await dropPending();
  }

  /** One transaction: the manifest, and rows that are so few that they delay nobody. */
  async function put(next: Manifest, rows: readonly CellRow[] = []): Promise<void> {
    const commits = (manifest.commits ?? 0) + 1;
    const sealed = runsNewIn(next, manifest).reduce((sum, run) => sum + 2 ** run.bits, 1);
    const counted = { ...next, commits, seals: (manifest.seals ?? 0) + sealed };
    const box = await boxes.seal('manifest', counted);
    await db
      .transaction('rw', db.cells, db.boxes, async () => {
        if (rows.length > 0) await db.cells.bulkPut(rows);
        await db.boxes.put(box);
      })
      .catch((cause) => Promise.reject(asStorageError(cause)));
    manifest = counted;
    // What is written is written; a mark that lags behind only notices less.
    await anchor?.save(commits).catch(() => undefined);
  }

  async function dropPending(): Promise<void> {
    if (manifest.pending.length === 0) return;
    for (const run of manifest.pending) await deleteRun(db, run, pace);
    await put({ ...manifest, pending: [] });
  }

  async function startOver(): Promise<void> {
    const commits = Math.max(manifest.commits ?? 0, (await anchor?.load()) ?? 0) + 1;
    // A run's number is never used twice, or an old box could be put in the place of a new one.
    const nextRun = Math.max(manifest.nextRun, anchor ? unusedRun(commits) : 0);
    const next = { ...emptyManifest(), placement: placementVersion, nextRun, commits, seals: manifest.seals };
    const box = await boxes.seal('manifest', next);
    await db.transaction('rw', db.cells, db.boxes, async () => {
      await db.cells.clear();
      await db.boxes.put(box);
    });
    manifest = next;
    await anchor?.save(commits).catch(() => undefined);
  }

  return { current: () => manifest, open, commit, dropPending, startOver };
}

async function* rowsOf(prepared: readonly PreparedRun[]): AsyncGenerator<CellRow[]> {
  for (const { rows } of prepared) yield* rows();
}

async function allRows(prepared: readonly PreparedRun[]): Promise<CellRow[]> {
  const all: CellRow[] = [];
  for await (const rows of rowsOf(prepared)) all.push(...rows);
  return all;
}
