import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { Cipher } from '@/lib/vault/cipher';
import { compress, decompress } from './compression';
import type { CellRow, ConnectionDatabase } from './database';
import { type Entry, packEntries, unpackEntries } from './entry';
import { bitsFor, cellOf, type Run } from './manifest';
import { entriesPerCell, PACKING_SCHEMA, type TableName, tableNumber } from './tables';

const CELLS_A_BREATH = 8;
/** What a view asks for reaches into fewer cells than this, and must not stand back behind itself. */
export const MOST_CELLS_OF_A_VIEW = 64;

/** One cell of one run. */
export interface CellOfRun {
  run: Run;
  cell: number;
}

/** What a page visit asks for. A person goes from page to page of one site, and each of them asks the same. */
const REMEMBERED: readonly TableName[] = ['domain', 'account'];
/** About 100 entries each: a few megabytes. */
const MOST_REMEMBERED = 64;

/** Writes and reads the cells of runs. Knows nothing of what entries mean. */
export interface SealedRuns {
  /** Seals `entries` as a run of its own, to be written in the transaction that puts it into the manifest. */
  prepare(table: TableName, id: number, entries: readonly Entry[], bits?: number): Promise<{ run: Run; rows: CellRow[] }>;
  /** Seals one cell of a run that is written piece by piece. */
  sealCell(table: TableName, run: Run, cell: number, entries: readonly Entry[]): Promise<CellRow>;
  /** @throws AppError `vault.tampered` when the cell is missing or is not what was written. */
  readCell(table: TableName, run: Run, cell: number): Promise<Entry[]>;
  /** The same for several cells, in one transaction. */
  readCells(table: TableName, run: Run, cells: readonly number[]): Promise<Entry[][]>;
  /**
   * The cells of several runs, in one transaction. Those that a page visit asks for are remembered, opened: a cell is written once
   * and never changed, so what is remembered is never old. The entries are the caller's to read only.
   */
  readOver(table: TableName, places: readonly CellOfRun[]): Promise<Entry[][]>;
  /** Drops every opened cell for good; from then on nothing is remembered. */
  forget(): void;
  /** How many cells of the run are missing or do not pass their check; none is unpacked. */
  check(table: TableName, run: Run, signal: AbortSignal): Promise<number>;
}

/** Runs of the connection `connectionId` in `db`. */
export function createSealedRuns(db: ConnectionDatabase, cipher: Cipher, connectionId: string, pace: Pace = UNPACED): SealedRuns {
  const place = (table: TableName, run: Run, cell: number) => ({
    connectionId,
    table,
    key: `${run.id}/${run.bits}/${cell}`,
    schema: run.schema,
  });

  async function sealCell(table: TableName, run: Run, cell: number, entries: readonly Entry[]): Promise<CellRow> {
    const content = await compress(packEntries(entries));
    return { t: tableNumber(table), r: run.id, c: cell, b: await cipher.seal(place(table, run, cell), content) };
  }

  async function unseal(table: TableName, run: Run, cell: number, row: CellRow | undefined): Promise<Uint8Array> {
    if (!row) throw new AppError('vault.tampered');
    return cipher.open(place(table, run, cell), row.b).catch((error) => {
      // A later Sidelight would have written the manifest too, and that one names this run and can be read.
      const isNewer = error instanceof AppError && error.code === 'storage.newer-version';
      throw isNewer ? new AppError('vault.tampered', { cause: error }) : error;
    });
  }

  async function openCell(table: TableName, run: Run, cell: number, row: CellRow | undefined): Promise<Entry[]> {
    return unpackEntries(await decompress(await unseal(table, run, cell, row)));
  }

  const remembered = new Map<string, Entry[]>();
  let forgets = false;
  const nameOf = (table: TableName, { run, cell }: CellOfRun) => `${table}/${run.id}/${cell}`;

  /** The oldest goes first; a cell that is read again counts as new. */
  function remember(name: string, entries: Entry[]): void {
    if (forgets) return;
    remembered.delete(name);
    remembered.set(name, entries);
    const [oldest] = remembered.keys();
    if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  }

  const keyOf = (table: TableName, run: Run, cell: number): [number, number, number] => [tableNumber(table), run.id, cell];

  return {
    sealCell,
    async prepare(table, id, entries, bits = bitsFor(entries.length, entriesPerCell(table))) {
      const run: Run = { id, bits, entries: entries.length, schema: PACKING_SCHEMA };
      const cells = Array.from({ length: 2 ** bits }, (): Entry[] => []);
      for (const entry of entries) cells[cellOf(entry.hash, bits)]?.push(entry);
      return { run, rows: await inGroups(cells, (content, cell) => sealCell(table, run, cell, content)) };
    },
    async readCell(table, run, cell) {
      return openCell(table, run, cell, await db.cells.get(keyOf(table, run, cell)));
    },
    async readCells(table, run, cells) {
      const rows = await db.cells.bulkGet(cells.map((cell) => keyOf(table, run, cell)));
      const open = (cell: number, index: number) => openCell(table, run, cell, rows[index]);
      return cells.length > MOST_CELLS_OF_A_VIEW ? inGroups(cells, open) : Promise.all(cells.map(open));
    },
    async readOver(table, places) {
      if (places.length > MOST_CELLS_OF_A_VIEW) throw new Error('too many cells at once');
      const missing = places.filter((place) => !remembered.has(nameOf(table, place)));
      const known = places.map((place) => remembered.get(nameOf(table, place)));
      const rows = missing.length > 0 ? await db.cells.bulkGet(missing.map(({ run, cell }) => keyOf(table, run, cell))) : [];
      const read = await Promise.all(missing.map(({ run, cell }, index) => openCell(table, run, cell, rows[index])));
      const opened = places.map((place, index) => known[index] ?? read[missing.indexOf(place)] ?? []);
      if (REMEMBERED.includes(table))
        for (const [index, place] of places.entries()) remember(nameOf(table, place), opened[index] ?? []);
      return opened;
    },
    forget() {
      forgets = true;
      remembered.clear();
    },
    async check(table, run, signal) {
      let refused = 0;
      for (let from = 0; from < 2 ** run.bits; from += MOST_CELLS_OF_A_VIEW) {
        signal.throwIfAborted();
        const cells = Array.from({ length: Math.min(MOST_CELLS_OF_A_VIEW, 2 ** run.bits - from) }, (_, index) => from + index);
        const rows = await db.cells.bulkGet(cells.map((cell) => keyOf(table, run, cell)));
        const results = await inGroups(cells, (cell, index) => unseal(table, run, cell, rows[index]).then(() => true, isRefusal));
        refused += results.filter((passed) => !passed).length;
        await pace.breathe();
      }
      return refused;
    },
  };

  /** A few at a time: what a person asks for meanwhile stands in line behind all of them. */
  async function inGroups<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
    const done: R[] = [];
    for (let at = 0; at < items.length; at += CELLS_A_BREATH) {
      if (at > 0) await pace.breathe();
      const group = items.slice(at, at + CELLS_A_BREATH);
      done.push(...(await Promise.all(group.map((item, index) => work(item, at + index)))));
    }
    return done;
  }
}

/** False for a cell that is not what was written; any other error goes on. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError && error.code === 'vault.tampered') return false;
  throw error;
}
