/**
 * A page that only these tests add to the unpacked extension: a hand on what lies on the disk. It uses nothing of the product,
 * since it plays somebody who has write access to the browser profile, and it never wakes the worker.
 */

/** One sealed box: a named one, or the `nth` cell of a table (by number) in the order of the disk; the last counts as -1. */
export type BoxRef = { box: string } | { table: number; nth: number };

/** A class of bytes of the envelope; `future` sets the version byte to 200. */
export type EnvelopePart = 'version' | 'future' | 'generation' | 'nonce' | 'ciphertext' | 'tag';

export type Tampering =
  | { kind: 'flip'; at: BoxRef; part: EnvelopePart }
  /** Leaves the first `keep` bytes; negative: all but so many. */
  | { kind: 'cut'; at: BoxRef; keep: number }
  /** What is no bytes at all stands in the box's place. */
  | { kind: 'replace'; at: BoxRef; by: 'nothing' | 'text' | 'number' }
  | { kind: 'swap'; at: BoxRef; with: BoxRef }
  /** The box `from` is put, as it is, where `at` stands. */
  | { kind: 'copy'; from: BoxRef; at: BoxRef }
  /** A cell's row gets another run or cell number. */
  | { kind: 'move'; at: BoxRef; run?: number; cell?: number }
  /** The row of an earlier snapshot takes the place of this one. */
  | { kind: 'replay'; at: BoxRef; of: string }
  | { kind: 'delete'; at: BoxRef }
  /** All cells and the manifest of an earlier snapshot; the anchor too when it is said. */
  | { kind: 'roll-back'; to: string; anchor: boolean }
  | { kind: 'key'; how: 'delete' | 'exchange' }
  | { kind: 'database-version'; version: number }
  /** Puts `value` into the extension's own storage; undefined takes the key away. `$name` in a key is the copy's name. */
  | { kind: 'local'; key: string; value: unknown };

export interface DiskPage {
  /** Remembers bucket and extension storage as they are now. */
  snapshot(name: string): Promise<void>;
  restore(name: string): Promise<void>;
  tamper(how: Tampering): Promise<void>;
  local(): Promise<Record<string, unknown>>;
}

interface Row {
  b: unknown;
  [key: string]: unknown;
}
interface Snapshot {
  cells: Row[];
  boxes: Row[];
  keys: { name: string; key: unknown }[];
  local: Record<string, unknown>;
}
type Stores = Record<'cells' | 'boxes' | 'keys', IDBObjectStore>;
interface StorageBuckets {
  keys(): Promise<string[]>;
  open(name: string): Promise<{ indexedDB: IDBFactory }>;
}

const HEADER = 15;
const TAG = 16;
const OFFSETS: Record<EnvelopePart, (length: number) => number> = {
  version: () => 0,
  future: () => 0,
  generation: () => 2,
  nonce: () => 7,
  ciphertext: (length) => HEADER + Math.floor((length - HEADER - TAG) / 2),
  tag: (length) => length - 1,
};
const snapshots = new Map<string, Snapshot>();

const done = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function bucketName(): Promise<string> {
  const { storageBuckets } = navigator as unknown as { storageBuckets: StorageBuckets };
  const [name] = await storageBuckets.keys();
  if (name === undefined) throw new Error('there is no bucket');
  return name;
}

/** Kept for as long as the page lives. One request in hundreds was never answered; that nobody held its bucket is the likely cause. */
const held: { indexedDB: IDBFactory }[] = [];

async function openDatabase(version?: number): Promise<IDBDatabase> {
  const { storageBuckets } = navigator as unknown as { storageBuckets: StorageBuckets };
  const bucket = await storageBuckets.open(await bucketName());
  held.push(bucket);
  return done(bucket.indexedDB.open('sidelight', version));
}

/** One transaction over everything, so that a worker that starts meanwhile sees all of a change or nothing. */
async function withStores<T>(mode: 'readonly' | 'readwrite', work: (stores: Stores) => Promise<T>): Promise<T> {
  const db = await openDatabase();
  try {
    const transaction = db.transaction(['cells', 'boxes', 'keys'], mode);
    const finished = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    const [cells, boxes, keys] = [
      transaction.objectStore('cells'),
      transaction.objectStore('boxes'),
      transaction.objectStore('keys'),
    ];
    const result = await work({ cells, boxes, keys });
    await finished;
    return result;
  } finally {
    db.close();
  }
}

const isNamed = (at: BoxRef): at is { box: string } => 'box' in at;
const storeOf = (stores: Stores, at: BoxRef) => (isNamed(at) ? stores.boxes : stores.cells);

async function rowAt(stores: Stores, at: BoxRef): Promise<Row> {
  const rows: Row[] = isNamed(at)
    ? [await done(stores.boxes.get(at.box))]
    : await done(stores.cells.getAll(IDBKeyRange.bound([at.table], [at.table, []])));
  const row = rows.at(isNamed(at) ? 0 : at.nth);
  if (!row) throw new Error(`there is no box ${JSON.stringify(at)}`);
  return row;
}

const bytesOf = (row: Row): Uint8Array => row.b as Uint8Array;

async function put(stores: Stores, at: BoxRef, row: Row, b: unknown): Promise<void> {
  await done(storeOf(stores, at).put({ ...row, b }));
}

async function inBucket(stores: Stores, how: Tampering): Promise<void> {
  switch (how.kind) {
    case 'flip': {
      const row = await rowAt(stores, how.at);
      const bytes = new Uint8Array(bytesOf(row));
      const offset = OFFSETS[how.part](bytes.length);
      bytes[offset] = how.part === 'future' ? 200 : (bytes[offset] ?? 0) ^ 1;
      return put(stores, how.at, row, bytes);
    }
    case 'cut': {
      const row = await rowAt(stores, how.at);
      return put(stores, how.at, row, bytesOf(row).slice(0, how.keep));
    }
    case 'replace': {
      const value = { nothing: undefined, text: 'no bytes', number: 7 }[how.by];
      return put(stores, how.at, await rowAt(stores, how.at), value);
    }
    case 'swap': {
      const [one, other] = [await rowAt(stores, how.at), await rowAt(stores, how.with)];
      await put(stores, how.at, one, other.b);
      return put(stores, how.with, other, one.b);
    }
    case 'copy':
      return put(stores, how.at, await rowAt(stores, how.at), (await rowAt(stores, how.from)).b);
    case 'move': {
      const row = await rowAt(stores, how.at);
      const { run = row.r, cell = row.c } = how;
      await done(stores.cells.delete([row.t, row.r, row.c] as number[]));
      return void (await done(stores.cells.put({ ...row, r: run, c: cell })));
    }
    case 'replay': {
      const row = await rowAt(stores, how.at);
      return put(stores, how.at, row, olderOf(how.of, row).b);
    }
    case 'delete': {
      const row = await rowAt(stores, how.at);
      const key = isNamed(how.at) ? how.at.box : ([row.t, row.r, row.c] as number[]);
      return void (await done(storeOf(stores, how.at).delete(key)));
    }
    case 'roll-back': {
      const { cells, boxes } = snapshotOf(how.to);
      await done(stores.cells.clear());
      for (const row of cells) await done(stores.cells.put(row));
      return void (await done(stores.boxes.put(boxes.find((row) => row.name === 'manifest'))));
    }
    case 'key': {
      if (how.how === 'delete') return void (await done(stores.keys.clear()));
      return void (await done(stores.keys.put({ name: 'device', key: foreignKey })));
    }
    default:
      throw new Error(`${how.kind} is not done in the bucket`);
  }
}

/** Of the older rows of the same box one that is another: a cell's table and place, or the same name. */
function olderOf(name: string, row: Row): Row {
  const { cells, boxes } = snapshotOf(name);
  const older = 'name' in row ? boxes.find((one) => one.name === row.name) : cells.find((one) => one.t === row.t);
  if (!older) throw new Error(`${name} has no such box`);
  return older;
}

function snapshotOf(name: string): Snapshot {
  const known = snapshots.get(name);
  if (!known) throw new Error(`there is no snapshot ${name}`);
  return known;
}

let foreignKey: CryptoKey | null = null;

const disk: DiskPage = {
  async snapshot(name) {
    const rows = await withStores('readonly', async ({ cells, boxes, keys }) => ({
      cells: await done(cells.getAll()),
      boxes: await done(boxes.getAll()),
      keys: await done(keys.getAll()),
    }));
    snapshots.set(name, { ...rows, local: await chrome.storage.local.get(null) });
  },
  async restore(name) {
    const { cells, boxes, keys, local } = snapshotOf(name);
    await withStores('readwrite', async (stores) => {
      for (const store of Object.values(stores)) await done(store.clear());
      for (const row of cells) await done(stores.cells.put(row));
      for (const row of boxes) await done(stores.boxes.put(row));
      for (const row of keys) await done(stores.keys.put(row));
    });
    await chrome.storage.local.clear();
    await chrome.storage.local.set(local);
  },
  async tamper(how) {
    if (how.kind === 'local') {
      const key = how.key.replace('$name', (await bucketName()).replace(/^connection-/, ''));
      if (how.value === undefined) await chrome.storage.local.remove(key);
      else await chrome.storage.local.set({ [key]: how.value });
    } else if (how.kind === 'database-version') {
      (await openDatabase(how.version)).close();
    } else {
      if (how.kind === 'key' && how.how === 'exchange') {
        const bytes = crypto.getRandomValues(new Uint8Array(32));
        foreignKey = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveBits']);
      }
      await withStores('readwrite', (stores) => inBucket(stores, how));
      if (how.kind === 'roll-back' && how.anchor) {
        const anchors = Object.entries(snapshotOf(how.to).local).filter(([key]) => key.startsWith('anchor:'));
        await chrome.storage.local.set(Object.fromEntries(anchors));
      }
    }
  },
  local: () => chrome.storage.local.get(null),
};
Object.assign(globalThis, { disk });
