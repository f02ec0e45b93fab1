import { Dexie } from 'dexie';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { toRecord } from '@/lib/connectors/salesforce/mappers';
import { RECORDS_HOST, type RecordQuery } from '../crm-messages';

/** Runs inside the browser: the records of the CRM, parsed as the extension parses them, written by plain Dexie. */
export interface PlainWriting {
  /** In `bulkPut` alone. */
  ms: number;
  records: number;
  bytes: number;
}

interface QueryAnswer {
  records: unknown[];
  nextRecordsUrl?: string;
}

type Manager = {
  open(name: string): Promise<{ indexedDB: IDBFactory; estimate(): Promise<StorageEstimate> }>;
  delete(name: string): Promise<void>;
};

/** One index beside the id, by which each object is looked up. */
const STORES: Record<ObjectKind, string> = {
  user: 'id',
  account: 'id, fields.website',
  contact: 'id, fields.accountId',
  lead: 'id, fields.email',
  opportunity: 'id, fields.accountId',
  task: 'id, fields.accountId',
};

async function* pagesOf(object: ObjectKind, soql: string): AsyncGenerator<AnyRecord[]> {
  let path: string | undefined = `/services/data/v62.0/query?q=${encodeURIComponent(soql)}`;
  while (path) {
    const response = await fetch(`https://${RECORDS_HOST}${path}`);
    const answer = (await response.json()) as QueryAnswer;
    yield answer.records.flatMap((row) => toRecord(object, 'bench', row) ?? []);
    path = answer.nextRecordsUrl;
  }
}

async function writePlain(queries: RecordQuery[]): Promise<PlainWriting> {
  const manager = (navigator as unknown as { storageBuckets: Manager }).storageBuckets;
  const bucket = await manager.open('plain');
  const db = new Dexie('plain', { indexedDB: bucket.indexedDB, IDBKeyRange });
  db.version(1).stores(STORES);
  await db.open();
  let ms = 0;
  let records = 0;
  for (const query of queries) {
    const object = query.object.toLowerCase() as ObjectKind;
    for await (const page of pagesOf(object, query.soql)) {
      const start = performance.now();
      await db.table(object).bulkPut(page);
      ms += performance.now() - start;
      records += page.length;
    }
  }
  const bytes = (await bucket.estimate()).usage ?? 0;
  db.close();
  await manager.delete('plain');
  return { ms, records, bytes };
}

Object.assign(globalThis, { writePlain });
