import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import { createRecordStore, type RecordStore } from '@/lib/storage/record-store';
import type { Placement } from '@/lib/storage/batch-plan';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { importRootKey, type RootKey } from '@/lib/vault/keys';

globalThis.IDBKeyRange ??= IDBKeyRange;

/** Accounts live at their own id, people at their Account; `website` and the domain of `email` are taken as they stand. */
export const plainPlacement: Placement = {
  home: (record) => ('accountId' in record.fields && record.fields.accountId) || record.id,
  version: 1,
  keys(record) {
    if (record.object === 'account') return record.fields.website?.split(' ') ?? [];
    return record.object === 'contact' && record.fields.email ? [`@${record.fields.email}`] : [];
  },
};

export interface TestStore {
  store: RecordStore;
  db: ConnectionDatabase;
  root: RootKey;
  /** A second opening of the same disk, as after a worker's death. */
  reopen(placement?: Placement, pace?: Pace): RecordStore;
}

/** A store on an in-memory IndexedDB with a random root key. */
export async function testStore(placement: Placement = plainPlacement): Promise<TestStore> {
  const factory = new IDBFactory();
  const root = await importRootKey(crypto.getRandomValues(new Uint8Array(32)));
  const db = new ConnectionDatabase(factory);
  const open = (rules = placement, pace = UNPACED) =>
    createRecordStore({ db, cipher: createCipher(root), hash: createCellHash(root), connectionId: 'c1', placement: rules, pace });
  return { store: open(), db, root, reopen: open };
}
