import { AppError } from '@/lib/shared/errors';
import type { Cipher } from '@/lib/vault/cipher';
import type { CellRow, ConnectionDatabase } from './database';
import type { Run } from './manifest';
import { type TableName, tableNumber } from './tables';

/** What lies behind the cells of a run: lines for search, or which keys of the index it has. No run has both. */
type Kind = 'lines' | 'keys';

/** The sealed boxes that lie behind the cells of a run, under its name, so that they are deleted with it. */
export interface RunBoxes {
  /** The contents of some boxes, in their order. @throws AppError `vault.tampered` when one is not what was written. */
  read(table: TableName, run: Run, boxes: readonly number[]): Promise<Uint8Array[]>;
  write(table: TableName, run: Run, version: number, box: number, content: Uint8Array): Promise<void>;
  /** How many of these boxes are missing or do not pass their check. */
  check(table: TableName, run: Run, boxes: readonly number[]): Promise<number>;
}

const SCHEMA = 1;

export function createRunBoxes(db: ConnectionDatabase, cipher: Cipher, connectionId: string, kind: Kind): RunBoxes {
  const keyOf = (table: TableName, run: Run, box: number): [number, number, number] => [
    tableNumber(table),
    run.id,
    2 ** run.bits + box,
  ];
  const placeOf = (table: TableName, run: Run, version: number, box: number) => ({
    connectionId,
    table,
    key: `${run.id}/${run.bits}/${kind}/${version}/${box}`,
    schema: SCHEMA,
  });

  async function open(table: TableName, run: Run, box: number, row: CellRow | undefined): Promise<Uint8Array> {
    const stored = run[kind];
    if (!row || !stored) throw new AppError('vault.tampered');
    return cipher.open(placeOf(table, run, stored.version, box), row.b);
  }

  const rowsOf = (table: TableName, run: Run, boxes: readonly number[]) => db.cellsAt(boxes.map((box) => keyOf(table, run, box)));

  return {
    async read(table, run, boxes) {
      const rows = await rowsOf(table, run, boxes);
      return Promise.all(boxes.map((box, index) => open(table, run, box, rows[index])));
    },
    async write(table, run, version, box, content) {
      const [t, r, c] = keyOf(table, run, box);
      await db.cells.put({ t, r, c, b: await cipher.seal(placeOf(table, run, version, box), content) });
    },
    async check(table, run, boxes) {
      const rows = await rowsOf(table, run, boxes);
      const passed = await Promise.all(boxes.map((box, index) => open(table, run, box, rows[index]).then(() => true, isRefusal)));
      return passed.filter((one) => !one).length;
    },
  };
}

/** False for a box that is not what was written; any other error goes on. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError && error.code === 'vault.tampered') return false;
  throw error;
}
