import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { Cipher } from '@/lib/vault/cipher';
import { compress, decompress } from './compression';
import type { CellRow, ConnectionDatabase } from './database';
import { type Entry, packEntries, unpackEntries } from './entry';
import { bitsFor, cellOf, type Run } from './manifest';
import { entriesPerCell, PACKING_SCHEMA, type TableName, tableNumber } from './tables';

const CELLS_A_BREATH = 8;
/** What a view asks for reaches into no more cells than this, and must not stand back behind itself. */
export const MOST_CELLS_OF_A_VIEW = 512;
const CELLS_A_LOOK = 64;

/** One cell of one run. */
export interface RunCell {
  run: Run;
  cell: number;
}

/** A run whose cells are known and not sealed yet. */
export interface PreparedRun {
  run: Run;
  /** Its rows, a few at a time, each sealed when it is asked for: what is written already needs no memory. */
  rows(): AsyncIterable<CellRow[]>;
}

/** What a page visit asks for. A person goes from page to page of one site, and each of them asks the same. */
const REMEMBERED: readonly TableName[] = ['domain', 'account'];
/** About 100 entries each: a few megabytes. */
const MOST_REMEMBERED = 64;

/** Writes and reads the cells of runs. Knows nothing of what entries mean. */
export interface SealedRuns {
  /** `entries` as a run of its own, to be written before the manifest names it. */
  prepare(table: TableName, id: number, entries: readonly Entry[], bits?: number): PreparedRun;
  /** Seals one cell of a run that is written piece by piece. */
  sealCell(table: TableName, run: Run, cell: number, entries: readonly Entry[]): Promise<CellRow>;
  /** @throws AppError `vault.tampered` when the cell is missing or is not what was written. */
  readCell(table: TableName, run: Run, cell: number): Promise<Entry[]>;
  /** The same for many cells, of one run or several, some of them in one transaction. */
  readCells(table: TableName, cells: readonly RunCell[]): AsyncIterable<Entry[]>;
  /**
   * The cells of several runs, in one transaction. Those that a page visit asks for are remembered, opened: a cell is written once
   * and never changed, so what is remembered is never old. The entries are the caller's to read only.
   */
  readOver(table: TableName, places: readonly RunCell[]): Promise<Entry[][]>;
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
  const nameOf = (table: TableName, { run, cell }: RunCell) => `${table}/${run.id}/${cell}`;

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
    prepare(table, id, entries, bits = bitsFor(entries.length, entriesPerCell(table))) {
      const run: Run = { id, bits, entries: entries.length, schema: PACKING_SCHEMA };
      const cells = Array.from({ length: 2 ** bits }, (): Entry[] => []);
      for (const entry of entries) cells[cellOf(entry.hash, bits)]?.push(entry);
      return { run, rows: () => groupsOf(cells, (content, cell) => sealCell(table, run, cell, content)) };
    },
    async readCell(table, run, cell) {
      return openCell(table, run, cell, (await db.cellsAt([keyOf(table, run, cell)]))[0]);
    },
    async *readCells(table, cells) {
      for (let from = 0; from < cells.length; from += MOST_CELLS_OF_A_VIEW) {
        const some = cells.slice(from, from + MOST_CELLS_OF_A_VIEW);
        const rows = await db.cellsAt(some.map(({ run, cell }) => keyOf(table, run, cell)));
        const open = ({ run, cell }: RunCell, index: number) => openCell(table, run, cell, rows[index]);
        if (cells.length <= MOST_CELLS_OF_A_VIEW) yield* await Promise.all(some.map(open));
        else for await (const group of groupsOf(some, open)) yield* group;
      }
    },
    async readOver(table, places) {
      if (places.length > MOST_CELLS_OF_A_VIEW) throw new Error('too many cells at once');
      const missing = places.filter((place) => !remembered.has(nameOf(table, place)));
      const known = places.map((place) => remembered.get(nameOf(table, place)));
      const rows = missing.length > 0 ? await db.cellsAt(missing.map(({ run, cell }) => keyOf(table, run, cell))) : [];
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
      for (let from = 0; from < 2 ** run.bits; from += CELLS_A_LOOK) {
        signal.throwIfAborted();
        const cells = Array.from({ length: Math.min(CELLS_A_LOOK, 2 ** run.bits - from) }, (_, index) => from + index);
        const rows = await db.cellsAt(cells.map((cell) => keyOf(table, run, cell)));
        const results = await inGroups(cells, (cell, index) => unseal(table, run, cell, rows[index]).then(() => true, isRefusal));
        refused += results.filter((passed) => !passed).length;
        await pace.breathe();
      }
      return refused;
    },
  };

  /**
   * A few at a time: what a person asks for meanwhile stands in line behind all of them. While a group is compressed and encrypted
   * outside of JavaScript, the next one is packed.
   */
  async function* groupsOf<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): AsyncGenerator<R[]> {
    const begin = (at: number) => {
      const group = Promise.all(items.slice(at, at + CELLS_A_BREATH).map((item, index) => work(item, at + index)));
      // Whoever leaves before its turn does not hear of its failure.
      group.catch(() => undefined);
      return group;
    };
    let next = begin(0);
    for (let at = 0; at < items.length; at += CELLS_A_BREATH) {
      const group = next;
      await pace.breathe();
      if (at + CELLS_A_BREATH < items.length) next = begin(at + CELLS_A_BREATH);
      yield await group;
    }
  }

  async function inGroups<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
    const done: R[] = [];
    for await (const group of groupsOf(items, work)) done.push(...group);
    return done;
  }
}

/** False for a cell that is not what was written; any other error goes on. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError && error.code === 'vault.tampered') return false;
  throw error;
}
