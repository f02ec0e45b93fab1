import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { browserBuckets } from '@/lib/storage/bucket';
import { type ConnectionEntry, copyName, createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { type Entry, recordOf } from '@/lib/storage/entry';
import { emptyManifest, type Manifest } from '@/lib/storage/manifest';
import { createRunReader, type RunReader } from '@/lib/storage/run-reader';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createSealedRuns } from '@/lib/storage/sealed-runs';
import { type TableName, tableNumber } from '@/lib/storage/tables';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { openRootKey } from '@/lib/vault/root-key';
import { createVault, type VaultArea } from '@/lib/vault/vault';

/**
 * A page that only these tests add to the unpacked extension: it opens what is on the disk with the product's own storage
 * code and reads it. It never writes (the product's store tidies up when it is opened) and never wakes the worker.
 */
export interface ReaderPage {
  box(name: 'sync-status' | 'sync-history'): Promise<unknown>;
  /** A `DiskContent` as JSON. */
  content(): Promise<string>;
}

/** What is on the disk, without the manifest's word for it where there is another way to know. */
export interface DiskContent {
  /** Each entry of an object's table that is alive: id, stamp, values in FIELD_ORDER. */
  records: Record<ObjectKind, [id: string, stamp: string, values: unknown[]][]>;
  counts: Record<ObjectKind, number>;
  /** What contradicts itself: records elsewhere than they belong, indexes that lead to nothing, rows of no run. */
  contradictions: string[];
}

const readOnly = () => Promise.reject(new Error('this page only reads'));

function areaOf(area: chrome.storage.StorageArea): VaultArea & { setAll(): Promise<void> } {
  const get = async (key: string) => (await area.get<Record<string, unknown>>(key))[key];
  return { get, set: readOnly, setAll: readOnly, remove: readOnly, rewrite: readOnly };
}

async function withCopy<T>(work: (copy: Copy) => Promise<T>): Promise<T> {
  const [entry] = await createConnectionList(areaOf(chrome.storage.local)).list();
  if (!entry) throw new Error('there is no connection');
  const name = copyName(entry);
  if (!(await browserBuckets().list()).includes(name)) throw new Error('the copy has no bucket');
  const bucket = await browserBuckets().open(name);
  const db = new ConnectionDatabase(bucket.indexedDB);
  try {
    return await work(await opened(db, entry));
  } finally {
    db.close();
  }
}

type Copy = Awaited<ReturnType<typeof opened>>;

async function opened(db: ConnectionDatabase, entry: ConnectionEntry) {
  const connectionId = entry.id;
  const local = areaOf(chrome.storage.local);
  const vault = createVault({ local, session: areaOf(chrome.storage.session), clock: { now: Date.now } });
  const root = await openRootKey(
    { load: async (name) => (await db.keys.get(name))?.key ?? null, save: readOnly },
    { load: createConnectionList(local).share(copyName(entry)).load, save: readOnly },
    await vault.secret(),
  );
  const cipher = createCipher(root);
  const boxes = createSealedBoxes(db, cipher, connectionId);
  const manifest = ((await boxes.get('manifest')) as Manifest | null) ?? emptyManifest();
  const runs = createSealedRuns(db, cipher, connectionId);
  return { db, boxes, manifest, connectionId, reader: createRunReader(runs, createCellHash(root), () => manifest) };
}

async function entriesOf(reader: RunReader, table: TableName): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const group of reader.all(table)) found.push(...group);
  return found;
}

/** What only one of the two has, and what one has twice. */
function differences(what: string, found: readonly string[], expected: readonly string[]): string[] {
  const [there, wanted] = [new Set(found), new Set(expected)];
  return [
    ...(there.size < found.length ? [`${what}: ${found.length - there.size} twice`] : []),
    ...[...there].filter((one) => !wanted.has(one)).map((one) => `${what}: ${one} is too much`),
    ...[...wanted].filter((one) => !there.has(one)).map((one) => `${what}: ${one} is missing`),
  ];
}

async function content(): Promise<string> {
  return withCopy(async ({ db, reader, manifest, connectionId }) => {
    const records = {} as DiskContent['records'];
    const counts = {} as DiskContent['counts'];
    const contradictions: string[] = [];
    const domains: string[] = [];
    const homes: string[] = [];
    for (const object of OBJECTS) {
      const entries = await entriesOf(reader, object);
      records[object] = entries.map(({ key, stamp, values }) => [key, stamp, values ?? []]);
      counts[object] = manifest.tables[object].live;
      for (const entry of entries) {
        const record = recordOf(object, connectionId, entry);
        const home = placement.home(record);
        if (entry.home !== home) contradictions.push(`${object} ${entry.key} does not live at its home`);
        for (const key of placement.keys(record)) domains.push(`${key} → ${entry.key}`);
        if (object !== 'account' && object !== 'user') homes.push(`${object}:${entry.key} → ${home}`);
      }
    }
    const pointers = (await entriesOf(reader, 'home')).map(({ key, values }) => `${key} → ${String(values?.[0])}`);
    const owners = (await entriesOf(reader, 'domain')).map(({ key, home }) => `${home} → ${key}`);
    contradictions.push(...differences('home index', pointers, homes), ...differences('domain index', owners, domains));
    contradictions.push(...differences('rows', await rowsOf(db), expectedRows(manifest)));
    if (manifest.pending.length > 0) contradictions.push('a merge is still under way');
    return JSON.stringify({ records, counts, contradictions } satisfies DiskContent);
  });
}

async function rowsOf(db: ConnectionDatabase): Promise<string[]> {
  const keys = await db.cells.toCollection().primaryKeys();
  return keys.map(([table, run, cell]) => `${table}/${run}/${cell}`);
}

/** Cells, and behind them the lines for search, or the list of keys. */
function expectedRows({ tables }: Manifest): string[] {
  return Object.entries(tables).flatMap(([table, { runs }]) =>
    runs.flatMap(({ id, bits, lines, keys }) =>
      Array.from(
        { length: 2 ** bits + ((lines ?? keys)?.boxes ?? 0) },
        (_, cell) => `${tableNumber(table as TableName)}/${id}/${cell}`,
      ),
    ),
  );
}

const reader: ReaderPage = { box: (name) => withCopy(({ boxes }) => boxes.get(name)), content };
Object.assign(globalThis, { reader });
