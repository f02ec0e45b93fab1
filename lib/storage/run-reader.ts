import type { CellHash } from '@/lib/vault/cell-hash';
import { type Entry, identityOf } from './entry';
import { cellOf, type Manifest, type Run } from './manifest';
import { type RunCell, MOST_CELLS_OF_A_VIEW, type SealedRuns } from './sealed-runs';
import { type TableName, TABLES } from './tables';

/** Reads what is alive through the runs of a table, newest first. */
export interface RunReader {
  /** All live entries at one home. */
  at(table: TableName, home: string): Promise<Entry[]>;
  /**
   * The live entries at several homes, by home; each cell is read once however many homes fall into it. With `forWhom` a person
   * nothing stands back: it would be behind itself. A batch does, whatever it reads.
   */
  atMany(table: TableName, homes: readonly string[], forWhom?: ForWhom): Promise<Map<string, Entry[]>>;
  /** All live entries of a table, in groups that each fit in memory. */
  all(table: TableName): AsyncIterable<Entry[]>;
  /** How many of the cells that the manifest names are missing or do not pass their check. */
  check(signal: AbortSignal): Promise<number>;
  /** A part of them: those from this hash on, as many as fit in memory, and the hash at which to go on (2^32 at the end). */
  slice(table: TableName, from: number): Promise<{ entries: Entry[]; next: number }>;
}

/** Who waits for what is read. */
export type ForWhom = 'person' | 'batch';

/** Merges versions: given entries from the newest run to the oldest, what is alive. */
export function newestAlive(newestFirst: Iterable<readonly Entry[]>): Entry[] {
  const seen = new Set<string>();
  const alive: Entry[] = [];
  for (const entries of newestFirst) {
    for (const entry of entries) {
      const identity = identityOf(entry);
      if (seen.has(identity)) continue;
      seen.add(identity);
      if (entry.values !== null) alive.push(entry);
    }
  }
  return alive;
}

interface Asked {
  unique: string[];
  /** Of each of them. */
  hashes: number[];
  forWhom: ForWhom;
}

/** A reader on the runs that `manifest()` names at the moment of the call. What cannot be read for good is told to `onFailure`. */
export function createRunReader(
  runs: SealedRuns,
  hash: CellHash,
  manifest: () => Manifest,
  onFailure: (error: unknown) => void = () => undefined,
  /** False for a run of which it is known that it has nothing at this home: it is not read then. */
  mayHold: (table: TableName, run: Run, home: string, hash: number) => boolean = () => true,
): RunReader {
  /** Compaction may delete a run while it is being read; then the same question is asked of the new manifest. */
  async function settled<T>(read: (current: Manifest) => Promise<T>): Promise<T> {
    const current = manifest();
    try {
      return await read(current);
    } catch (error) {
      if (manifest() !== current) return settled(read);
      onFailure(error);
      throw error;
    }
  }

  async function readMany(current: Manifest, table: TableName, asked: Asked) {
    const { unique, hashes, forWhom } = asked;
    const versions = new Map<string, Entry[][]>(unique.map((home) => [home, []]));
    const sort = (entries: readonly Entry[]) => {
      const wanted = entries.filter((entry) => versions.has(entry.home));
      for (const [home, found] of Map.groupBy(wanted, (entry) => entry.home)) versions.get(home)?.push(found);
    };
    const cells = [...current.tables[table].runs].reverse().flatMap((run) => {
      const there = hashes.filter((value, index) => mayHold(table, run, unique[index] ?? '', value));
      return [...new Set(there.map((value) => cellOf(value, run.bits)))].map((cell): RunCell => ({ run, cell }));
    });
    if (forWhom === 'batch') for await (const entries of runs.readCells(table, cells)) sort(entries);
    else
      for (let from = 0; from < cells.length; from += MOST_CELLS_OF_A_VIEW)
        for (const entries of await runs.readOver(table, cells.slice(from, from + MOST_CELLS_OF_A_VIEW))) sort(entries);
    return new Map([...versions].map(([home, found]) => [home, newestAlive(found)]));
  }

  /** Live entries whose hash is at least `from`, up to the end of the cell that `from` falls into. */
  async function readSlice(current: Manifest, table: TableName, from: number): Promise<{ entries: Entry[]; next: number }> {
    const newestFirst = [...current.tables[table].runs].reverse();
    const bits = Math.max(0, ...newestFirst.map((run) => run.bits));
    const cell = cellOf(from, bits);
    const versions: Entry[][] = [];
    const cells = newestFirst.map((run) => ({ run, cell: cellOf(from, run.bits) }));
    for await (const entries of runs.readCells(table, cells)) {
      versions.push(entries.filter((entry) => entry.hash >= from && cellOf(entry.hash, bits) === cell));
    }
    return { entries: newestAlive(versions), next: (cell + 1) * 2 ** (32 - bits) };
  }

  async function atMany(table: TableName, homes: readonly string[], forWhom: ForWhom = 'person'): Promise<Map<string, Entry[]>> {
    const unique = [...new Set(homes)];
    const hashes = await hash.many(unique);
    return settled((current) => readMany(current, table, { unique, hashes, forWhom }));
  }

  const slice = (table: TableName, from: number) => settled((current) => readSlice(current, table, from));

  return {
    atMany,
    slice,
    async at(table, home) {
      return (await atMany(table, [home])).get(home) ?? [];
    },
    async *all(table) {
      for (let from = 0; from < 2 ** 32; ) {
        const { entries, next } = await slice(table, from);
        from = next;
        if (entries.length > 0) yield entries;
      }
    },
    async check(signal) {
      for (;;) {
        const current = manifest();
        let refused = 0;
        for (const table of TABLES) for (const run of current.tables[table].runs) refused += await runs.check(table, run, signal);
        // A run that was merged away meanwhile is no damage.
        if (refused === 0 || manifest() === current) return refused;
      }
    },
  };
}
