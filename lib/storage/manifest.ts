import type { ObjectKind } from '@/lib/crm/records';
import { type TableName, TABLES } from './tables';

/**
 * The manifest is the one sealed box that says which runs exist; a box that no run of it covers does not count.
 * A run is written once and never changed: 2^bits cells, each of them present, partitioned by the top bits of the
 * home's hash. Reading looks through the runs from the newest to the oldest.
 */
export interface Run {
  id: number;
  /** The run has 2^bits cells, numbered by the top `bits` bits of the hash. */
  bits: number;
  entries: number;
  schema: number;
  /** The boxes of lines for search that lie behind the cells, and by which rules they were made. */
  lines?: { version: number; boxes: number } | undefined;
  /** The same of the list of its keys, for a run of the index, and how many there are. */
  keys?: { version: number; boxes: number; count: number } | undefined;
}

/** A run and the table it is in: as much as is needed to find its rows. */
export interface PlacedRun {
  table: TableName;
  id: number;
  bits: number;
}

interface TableState {
  /** Oldest first. */
  runs: Run[];
  /** Records that are alive; only kept for the objects, not the indexes. */
  live: number;
}

/** How far the records are placed by new rules. Killed anywhere, it goes on from here. */
export interface Replacing {
  version: number;
  /** Runs of the index that were there before: they go when all is done. */
  old: number[];
  object: ObjectKind;
  /** The records whose hash is lower are done. */
  from: number;
}

export interface Manifest {
  nextRun: number;
  tables: Record<TableName, TableState>;
  /** Each object's checkpoint, as its owner (the sync engine) wrote it with the batch. */
  checkpoints: Record<string, unknown>;
  /** Runs that have rows and do not count: not yet, or not any more. Left over after a kill, and then removed. */
  pending: PlacedRun[];
  /** The version of the placement rules that the index and the homes follow; absent in the copies of the first builds. */
  placement?: number;
  /** A placing anew that is under way. */
  replacing?: Replacing | undefined;
  /** How often this copy was written to. The number also stands outside of it, so that an older state is not taken for this one. */
  commits?: number | undefined;
  /** How many boxes were sealed with this copy's keys: AES-GCM with random nonces has a limit (NIST SP 800-38D, 8.3). */
  seals?: number | undefined;
  /** Tables in which something was deleted or replaced that may not stay, sealed, below what replaced it. */
  thorough?: TableName[] | undefined;
}

/** The manifest of an empty connection. */
export function emptyManifest(): Manifest {
  const empty = (): TableState => ({ runs: [], live: 0 });
  const objects = { user: empty(), account: empty(), contact: empty(), lead: empty(), opportunity: empty(), task: empty() };
  return { nextRun: 1, tables: { ...objects, domain: empty(), home: empty() }, checkpoints: {}, pending: [] };
}

/** The runs that `next` names and `before` does not. */
export function runsNewIn(next: Manifest, before: Manifest): PlacedRun[] {
  return TABLES.flatMap((table) => {
    const known = new Set(before.tables[table].runs.map((run) => run.id));
    return next.tables[table].runs.filter((run) => !known.has(run.id)).map(({ id, bits }) => ({ table, id, bits }));
  });
}

/** A commit writes at most one run for each table, so this number was given to no run before `commits` + 1 commits. */
export function unusedRun(commits: number): number {
  return (commits + 1) * TABLES.length + 1;
}

/** How many bits of the hash a run of `entries` uses, so that a cell holds about `perCell` entries. At most 2^16 cells. */
export function bitsFor(entries: number, perCell: number): number {
  return Math.min(16, Math.max(0, Math.ceil(Math.log2(entries / perCell))));
}

/** The cell that `hash` (32 bits) falls into in a run with `bits`. */
export function cellOf(hash: number, bits: number): number {
  return bits === 0 ? 0 : hash >>> (32 - bits);
}

const MOST_RUNS = 6;

/**
 * How many of the newest runs to merge into one, 0 for none (oldest run first in `runs`). Small runs are merged among
 * themselves first, and a run is drawn in when what came after it has grown to half its size, so that a record is
 * rewritten about log(n) times over its life. Never more than six are left, so that reading looks through few.
 */
export function runsToMerge(runs: readonly Run[]): number {
  if (runs.length <= MOST_RUNS) return 0;
  let merged = 0;
  let entries = 0;
  for (const run of [...runs].reverse()) {
    if (merged >= 2 && entries * 2 < run.entries) break;
    merged += 1;
    entries += run.entries;
  }
  return Math.max(merged, runs.length - MOST_RUNS + 1);
}
