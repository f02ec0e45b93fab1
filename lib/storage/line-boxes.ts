import type { ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Cipher } from '@/lib/vault/cipher';
import type { CellRow, ConnectionDatabase } from './database';
import type { Run } from './manifest';
import { tableNumber } from './tables';

/** The sealed boxes that lie behind the cells of a run, under its name, so that they are deleted with it. */
export interface LineBoxes {
  /** The contents of some boxes, in their order. @throws AppError `vault.tampered` when one is not what was written. */
  read(object: ObjectKind, run: Run, boxes: readonly number[]): Promise<Uint8Array[]>;
  write(object: ObjectKind, run: Run, version: number, box: number, content: Uint8Array<ArrayBuffer>): Promise<void>;
  /** How many of these boxes are missing or do not pass their check. */
  check(object: ObjectKind, run: Run, boxes: readonly number[]): Promise<number>;
}

const SCHEMA = 1;

export function createLineBoxes(db: ConnectionDatabase, cipher: Cipher, connectionId: string): LineBoxes {
  const keyOf = (object: ObjectKind, run: Run, box: number): [number, number, number] => [
    tableNumber(object),
    run.id,
    2 ** run.bits + box,
  ];
  const placeOf = (object: ObjectKind, run: Run, version: number, box: number) => ({
    connectionId,
    table: object,
    key: `${run.id}/${run.bits}/lines/${version}/${box}`,
    schema: SCHEMA,
  });

  async function open(object: ObjectKind, run: Run, box: number, row: CellRow | undefined): Promise<Uint8Array> {
    if (!row || !run.lines) throw new AppError('vault.tampered');
    return cipher.open(placeOf(object, run, run.lines.version, box), row.b);
  }

  const rowsOf = (object: ObjectKind, run: Run, boxes: readonly number[]) =>
    db.cellsAt(boxes.map((box) => keyOf(object, run, box)));

  return {
    async read(object, run, boxes) {
      const rows = await rowsOf(object, run, boxes);
      return Promise.all(boxes.map((box, index) => open(object, run, box, rows[index])));
    },
    async write(object, run, version, box, content) {
      const [t, r, c] = keyOf(object, run, box);
      await db.cells.put({ t, r, c, b: await cipher.seal(placeOf(object, run, version, box), content) });
    },
    async check(object, run, boxes) {
      const rows = await rowsOf(object, run, boxes);
      const passed = await Promise.all(
        boxes.map((box, index) => open(object, run, box, rows[index]).then(() => true, isRefusal)),
      );
      return passed.filter((one) => !one).length;
    },
  };
}

/** False for a box that is not what was written; any other error goes on. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError && error.code === 'vault.tampered') return false;
  throw error;
}
