import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { Pace } from '@/lib/shared/pace';
import type { CellHash } from '@/lib/vault/cell-hash';
import { type Entry, entryOf, recordOf } from './entry';
import type { KeyRules } from './run-keys';
import type { LineRules } from './run-lines';
import type { ForWhom, RunReader } from './run-reader';
import type { TableName } from './tables';

/** Where a record lives and under which keys it is found; both pure, given by the composition root. */
export interface Placement {
  /** Grows with every change of the rules; what was placed by older ones is placed anew. */
  version: number;
  /** Records with the same home are read together: a contact has its Account's id. */
  home(record: AnyRecord): string;
  /** Under which keys of the index the record is found. An entry of a record that lives elsewhere says where. */
  keys(record: AnyRecord): string[];
  /** What is searched of a record; without it nothing is. */
  lines?: LineRules;
  /** Which keys page visits ask for; without it none is known in memory. */
  asked?: KeyRules;
}

export interface Batch {
  object: ObjectKind;
  upserts: readonly AnyRecord[];
  /** Ids that the CRM says are deleted. */
  deletions: readonly string[];
  /**
   * Records changed before this time (ISO) cannot be in the copy yet, so nothing is looked up for them.
   * Only a first fill knows such a time; null means every record may be known.
   */
  newBefore: string | null;
  /** What this deletes or replaces is destroyed for good at the next compaction, not only when its turn comes. */
  thorough?: boolean;
}

/** What a batch writes: new entries by table, and by how much the number of live records changes. */
export interface BatchPlan {
  entries: Map<TableName, Entry[]>;
  liveDelta: number;
  upserted: number;
  deleted: number;
}

interface Known {
  home: string;
  stamp: string;
  keys: string[];
}

const homeKey = (object: ObjectKind, id: string) => `${object}:${id}`;
/** Records whose home never changes have no pointer. */
export const livesAtItsOwnId = (object: ObjectKind) => object === 'account' || object === 'user';

/** What is known of records by id. One read of each cell, however many ids fall into it. */
export async function knownRecords(
  reader: RunReader,
  object: ObjectKind,
  ids: readonly string[],
  placement: Placement,
  forWhom: ForWhom,
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  if (ids.length === 0) return known;
  if (livesAtItsOwnId(object)) {
    for (const [id, entries] of await reader.atMany(object, ids, forWhom)) {
      const entry = entries.find((candidate) => candidate.key === id);
      if (entry) known.set(id, { home: id, stamp: entry.stamp, keys: placement.keys(recordOf(object, '', entry)) });
    }
    return known;
  }
  const found = await reader.atMany(
    'home',
    ids.map((id) => homeKey(object, id)),
    forWhom,
  );
  for (const id of ids) {
    const entry = found.get(homeKey(object, id))?.[0];
    const [home, ...keys] = (entry?.values ?? []).map(String);
    if (entry) known.set(id, { home: home ?? id, stamp: entry.stamp, keys });
  }
  return known;
}

export type Unhashed = Omit<Entry, 'hash'>;

/** Collects what a batch writes, table by table. */
class Draft {
  readonly tables = new Map<TableName, Unhashed[]>();

  add(table: TableName, entry: Unhashed): void {
    const list = this.tables.get(table);
    if (list) list.push(entry);
    else this.tables.set(table, [entry]);
  }

  /** A record that is new or has changed; also what it leaves behind where it was before. */
  upsert(record: AnyRecord, home: string, keys: readonly string[], before: Known | undefined): void {
    const { object, id } = record;
    if (before && before.home !== home) this.add(object, tombstone(id, before.home));
    if (!livesAtItsOwnId(object)) this.add('home', pointerTo(record, home, keys));
    const isIndexed = (key: string) => before?.home === home && before.keys.includes(key);
    for (const key of keys) if (!isIndexed(key)) this.add('domain', indexEntry(record, home, key));
    for (const key of before?.keys ?? []) if (!keys.includes(key)) this.add('domain', tombstone(id, key));
  }

  delete(object: ObjectKind, id: string, before: Known): void {
    this.add(object, tombstone(id, before.home));
    if (!livesAtItsOwnId(object)) this.add('home', tombstone(homeKey(object, id), homeKey(object, id)));
    for (const key of before.keys) this.add('domain', tombstone(id, key));
  }
}

const RECORDS_A_BREATH = 256;

/** Plans a batch: what to write so that the copy equals the CRM, also for records that moved or changed their domain. */
export async function planBatch(
  batch: Batch,
  place: { reader: RunReader; hash: CellHash; placement: Placement; pace: Pace },
): Promise<BatchPlan> {
  const { reader, hash, placement, pace } = place;
  const { object, newBefore } = batch;
  const latest = new Map(batch.upserts.map((record) => [record.id, record]));
  for (const id of batch.deletions) latest.delete(id);
  const upserts = [...latest.values()];
  const mayBeKnown = newBefore === null ? upserts : upserts.filter((record) => record.modifiedAt >= newBefore);
  const deletions = [...new Set(batch.deletions)];
  const known = await knownRecords(reader, object, [...mayBeKnown.map((record) => record.id), ...deletions], placement, 'batch');

  const homes: string[] = [];
  for (const [index, record] of upserts.entries()) {
    if (index % RECORDS_A_BREATH === 0) await pace.breathe();
    homes.push(placement.home(record));
  }
  const hashes = await hash.many(homes);
  const draft = new Draft();
  const records: Entry[] = [];
  let added = 0;
  for (const [index, record] of upserts.entries()) {
    if (index % RECORDS_A_BREATH === 0) await pace.breathe();
    const before = known.get(record.id);
    const home = homes[index] ?? record.id;
    if (!before) added += 1;
    records.push(entryOf(record, home, hashes[index] ?? 0));
    draft.upsert(record, home, placement.keys(record), before);
  }
  const gone = deletions.flatMap((id) => {
    const before = known.get(id);
    return before ? [{ id, before }] : [];
  });
  for (const { id, before } of gone) draft.delete(object, id, before);

  const entries = new Map<TableName, Entry[]>(records.length > 0 ? [[object, records]] : []);
  for (const [table, unhashed] of draft.tables) {
    entries.set(table, [...(entries.get(table) ?? []), ...(await hashed(unhashed, hash))]);
  }
  return {
    entries,
    liveDelta: added - gone.length,
    upserted: records.length,
    deleted: gone.length,
  };
}

/** The entries with the keyed hash of their homes. */
export async function hashed(entries: readonly Unhashed[], hash: CellHash): Promise<Entry[]> {
  const hashes = await hash.many(entries.map((entry) => entry.home));
  return entries.map((entry, index) => ({ ...entry, hash: hashes[index] ?? 0 }));
}

function tombstone(key: string, home: string): Unhashed {
  return { key, home, stamp: '', values: null };
}

/** Where a record lives, and its keys, so that they can be taken out when the record changes. */
export function pointerTo({ object, id, modifiedAt }: AnyRecord, home: string, keys: readonly string[]): Unhashed {
  const key = homeKey(object, id);
  return { key, home: key, stamp: modifiedAt, values: [home, ...keys] };
}

/** The record under one of its keys; its home stands with it when that is another one's id. */
export function indexEntry({ id, modifiedAt }: AnyRecord, home: string, key: string): Unhashed {
  return { key: id, home: key, stamp: modifiedAt, values: home === id ? [] : [home] };
}
