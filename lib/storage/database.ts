import { Dexie, type Table } from 'dexie';

/**
 * What stands on disk for one connection, in a database that its bucket names. Nothing here has a meaning without the root
 * key: cells and named boxes are sealed envelopes, `t`, `r` and `c` are numbers (table, run, cell).
 *
 * Durability is strict: a rotated refresh token that is lost ends the login, and it was measured to cost nothing.
 */
export interface CellRow {
  t: number;
  r: number;
  c: number;
  b: Uint8Array;
}

interface BoxRow {
  name: string;
  b: Uint8Array;
}

interface KeyRow {
  name: string;
  key: CryptoKey;
}

const VERSION = 1;

export class ConnectionDatabase extends Dexie {
  declare readonly cells: Table<CellRow, [number, number, number]>;
  declare readonly boxes: Table<BoxRow, string>;
  declare readonly keys: Table<KeyRow, string>;

  constructor(indexedDB: IDBFactory, name = 'sidelight') {
    super(name, { indexedDB, IDBKeyRange: globalThis.IDBKeyRange, chromeTransactionDurability: 'strict' });
    this.version(VERSION).stores({ cells: '[t+r+c]', boxes: 'name', keys: 'name' });
  }

  /** Whether a later version has written here: Dexie opens what it does not know as it is. IndexedDB's number is ten times Dexie's. */
  isFromTheFuture(): boolean {
    return this.backendDB().version >= (VERSION + 1) * 10;
  }
}
