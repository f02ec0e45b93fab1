import { Dexie, type Table } from 'dexie';
import { applyEncryptionMiddleware, clearAllTables, cryptoOptions } from 'dexie-encrypted';
import type { AnyRecord } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionCopy } from '@/lib/storage/connection-copy';
import { record } from '../../builders/records';

/** Runs inside the browser: the same records, written by plain Dexie and by the sealed store. */
interface Measured {
  ms: number;
  bytes: number;
  /** Every record read again. */
  readMs: number;
}

const PAGE = 2000;
const BATCH = 20_000;

/** Made-up contacts with values that differ as real ones do; `seed` makes them repeatable. */
function contacts(count: number): AnyRecord[] {
  const word = (n: number) => ((n * 2654435761) >>> 0).toString(36);
  return Array.from({ length: count }, (_, n) =>
    record(
      'contact',
      `003${String(n).padStart(15, '0')}`,
      {
        accountId: `001${String(Math.floor(n / 4)).padStart(15, '0')}`,
        name: `${word(n)} ${word(n + 7)}`,
        title: `${word(n + 3)} Manager`,
        department: word(n % 40),
        email: `${word(n)}.${word(n + 7)}@${word(Math.floor(n / 4))}.example`,
        phone: `+1 555 ${String((n * 7919) % 10_000_000).padStart(7, '0')}`,
        mobile: n % 2 ? `+1 556 ${String((n * 104729) % 10_000_000).padStart(7, '0')}` : null,
        ownerId: `005${String(n % 50).padStart(15, '0')}`,
        lastActivityOn: `2026-0${(n % 9) + 1}-1${n % 9}`,
      },
      new Date(1_767_225_600_000 + n * 1000).toISOString(),
    ),
  );
}

const slices = <T>(list: T[], size: number) =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, n * size + size));

type Manager = {
  open(name: string): Promise<{ indexedDB: IDBFactory; estimate(): Promise<StorageEstimate> }>;
  delete(name: string): Promise<void>;
};

/** Rows a record in a bucket of their own, in the clear or as `protect` makes them. */
async function rowByRow(name: string, records: AnyRecord[], index: string, protect: (db: Dexie) => void): Promise<Measured> {
  const manager = (navigator as unknown as { storageBuckets: Manager }).storageBuckets;
  await manager.delete(name);
  const bucket = await manager.open(name);
  const db = new Dexie(name, { indexedDB: bucket.indexedDB, IDBKeyRange });
  protect(db);
  db.version(1).stores({ contacts: index });
  await db.open();
  const start = performance.now();
  for (const page of slices(records, PAGE)) await db.table('contacts').bulkPut(page);
  const ms = performance.now() - start;
  const bytes = (await bucket.estimate()).usage ?? 0;
  const from = performance.now();
  let read = 0;
  for (const page of slices(records, PAGE)) {
    const rows = await db.table('contacts').bulkGet(page.map(({ id }) => id));
    read += rows.filter((row) => row?.fields?.name).length;
  }
  const readMs = performance.now() - from;
  if (read !== records.length) throw new Error(`${name}: ${read} of ${records.length} records read`);
  db.close();
  await manager.delete(name);
  return { ms, bytes, readMs };
}

const plain = (records: AnyRecord[]) => rowByRow('plain', records, 'id, fields.accountId', () => undefined);

/** dexie-encrypted cannot seal what is indexed, so it is given the id alone, which spares it an index. */
const encrypted = (records: AnyRecord[]) =>
  rowByRow('encrypted', records, 'id', (db) => {
    const key = crypto.getRandomValues(new Uint8Array(32));
    const tables = { contacts: cryptoOptions.NON_INDEXED_FIELDS };
    applyEncryptionMiddleware(db as Dexie & { contacts: Table }, key, tables, clearAllTables);
  });

async function sealed(records: AnyRecord[], read: boolean): Promise<Measured & { readP50: number; readP95: number }> {
  const buckets = browserBuckets();
  await buckets.delete('bench');
  let share: string | null = null;
  const shares = {
    load: async () => share,
    save: async (value: string) => {
      share = value;
    },
  };
  const anchor = { load: async () => 0, save: async () => undefined };
  const marks = { load: async () => new Map<string, number>(), save: async () => undefined };
  const secret = { mode: 'device' } as const;
  const copy = await createConnectionCopy({
    buckets,
    name: 'bench',
    connectionId: 'bench',
    shares,
    anchor,
    marks,
    secret,
    placement,
  });
  const start = performance.now();
  for (const upserts of slices(records, BATCH)) {
    await copy.store.apply({ object: 'contact', upserts, deletions: [], newBefore: '9999' }, null);
  }
  await copy.store.compact();
  const ms = performance.now() - start;
  const bytes = await copy.bytesUsed();
  const times: number[] = [];
  for (let n = 0; read && n < 200; n += 1) {
    const home = `001${String((n * 7919) % Math.ceil(records.length / 4)).padStart(15, '0')}`;
    const from = performance.now();
    const found = await copy.store.at('contact', home);
    times.push(performance.now() - from);
    if (found.length === 0) throw new Error(`no contacts at ${home}`);
  }
  times.sort((a, b) => a - b);
  const from = performance.now();
  let all = 0;
  for await (const group of copy.store.all('contact')) all += group.filter(({ fields }) => fields.name).length;
  const readMs = performance.now() - from;
  if (all !== records.length) throw new Error(`${all} of ${records.length} records read`);
  copy.close();
  return { ms, bytes, readMs, readP50: times[100] ?? 0, readP95: times[190] ?? 0 };
}

Object.assign(globalThis, {
  async bench(count: number) {
    const records = contacts(count);
    await sealed(records.slice(0, 2000), false);
    const sealedResult = await sealed(records, true);
    return { sealed: sealedResult, plain: await plain(records), encrypted: await encrypted(records) };
  },
});
