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

  /**
   * The rows of cells, in the order of `keys`, read at one moment. Not by Dexie, which hands out what was read only when the
   * transaction is over, a whole round trip to the browser's process later: each page visit waits for this.
   */
  async cellsAt(keys: readonly [table: number, run: number, cell: number][]): Promise<(CellRow | undefined)[]> {
    if (!this.isOpen()) return this.cells.bulkGet([...keys]);
    const store = this.backendDB().transaction('cells', 'readonly').objectStore('cells');
    return Promise.all(keys.map((key) => answerTo<CellRow | undefined>(store.get(key))));
  }

  /** The named box, read likewise. */
  async boxAt(name: string): Promise<BoxRow | undefined> {
    if (!this.isOpen()) return this.boxes.get(name);
    return answerTo<BoxRow | undefined>(this.backendDB().transaction('boxes', 'readonly').objectStore('boxes').get(name));
  }

  /** The key object, read likewise. */
  async keyAt(name: string): Promise<KeyRow | undefined> {
    if (!this.isOpen()) return this.keys.get(name);
    return answerTo<KeyRow | undefined>(this.backendDB().transaction('keys', 'readonly').objectStore('keys').get(name));
  }

  /** Whether a later version has written here: Dexie opens what it does not know as it is. IndexedDB's number is ten times Dexie's. */
  isFromTheFuture(): boolean {
    return this.backendDB().version >= (VERSION + 1) * 10;
  }
}

function answerTo<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser gave no reason'));
  });
}
