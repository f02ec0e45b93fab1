import type { CellRow, ConnectionDatabase } from './database';

/** Rows that one transaction takes: who wants to read waits for a transaction that writes, and for the flush behind it. */
export const ROWS_A_TRANSACTION = 32;

/** Writes rows in slices; while one is written the next one is made. @throws what IndexedDB fails with */
export async function writeInSlices(db: ConnectionDatabase, groups: AsyncIterable<CellRow[]>): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve();
  let rows: CellRow[] = [];
  const write = async () => {
    await writing;
    writing = db.cells.bulkPut(rows);
    // Its failure is that of the next slice, or of the end.
    writing.catch(() => undefined);
    rows = [];
  };
  for await (const group of groups) {
    rows.push(...group);
    if (rows.length >= ROWS_A_TRANSACTION) await write();
  }
  await write();
  await writing;
}
