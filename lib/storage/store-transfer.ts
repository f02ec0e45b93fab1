import type { CellHash } from '@/lib/vault/cell-hash';
import type { Entry } from './entry';
import type { Manifest } from './manifest';
import type { RunReader } from './run-reader';
import type { PreparedRun, SealedRuns } from './sealed-runs';
import { type TableName, TABLES } from './tables';

/** A store as one end of a transfer to a new copy. */
export interface Transfer {
  /** Every live entry of every table, in groups that fit in memory. */
  entries(): AsyncIterable<{ table: TableName; entries: Entry[] }>;
  state(): Promise<TransferState>;
  /** Writes entries of another copy as one more run. The hashes that they come with are not looked at. */
  add(table: TableName, entries: readonly Entry[]): Promise<void>;
  /** Takes over checkpoints and counts, behind the last entries. */
  settle(state: TransferState): Promise<void>;
}

interface TransferState {
  checkpoints: Record<string, unknown>;
  live: Partial<Record<TableName, number>>;
  /** The rules that the index follows: a copy that was not through with newer ones goes through with them under its new keys. */
  placement: number | undefined;
}

/** What a transfer needs of the inside of a store. */
interface StoreParts {
  opened: () => Promise<void>;
  manifest: () => Manifest;
  reader: RunReader;
  runs: SealedRuns;
  hash: CellHash;
  commit: (next: Manifest, prepared?: readonly PreparedRun[]) => Promise<void>;
  inLine: <T>(work: () => Promise<T>) => Promise<T>;
}

export function createTransfer({ opened, manifest, reader, runs, hash, commit, inLine }: StoreParts): Transfer {
  async function addRun(table: TableName, entries: readonly Entry[]): Promise<void> {
    const hashes = await hash.many(entries.map((entry) => entry.home));
    const rehashed = entries.map((entry, index) => ({ ...entry, hash: hashes[index] ?? 0 }));
    const next = structuredClone(manifest());
    const prepared = runs.prepare(table, next.nextRun, rehashed);
    next.nextRun += 1;
    next.tables[table].runs.push(prepared.run);
    await commit(next, [prepared]);
  }

  async function settle({ checkpoints, live, placement }: TransferState): Promise<void> {
    const next = structuredClone(manifest());
    next.checkpoints = checkpoints;
    if (placement === undefined) delete next.placement;
    else next.placement = placement;
    for (const table of TABLES) next.tables[table].live = live[table] ?? 0;
    await commit(next);
  }

  return {
    async *entries() {
      await opened();
      for (const table of TABLES) for await (const entries of reader.all(table)) yield { table, entries };
    },
    async state() {
      await opened();
      const live = Object.fromEntries(TABLES.map((table) => [table, manifest().tables[table].live]));
      const { checkpoints, placement } = manifest();
      return { checkpoints: structuredClone(checkpoints), live, placement };
    },
    add: (table, entries) => inLine(() => addRun(table, entries)),
    settle: (state) => inLine(() => settle(state)),
  };
}
