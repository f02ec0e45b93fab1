import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { readCheckpoint } from './checkpoint';
import type { StatusBox } from './status-box';
import { iso, type StoredStatus } from './sync-status';

/** Ids that are deleted together. */
const IDS_AT_ONCE = 5000;

/** How many records of which object went. */
export type Expired = Partial<Record<ObjectKind, number>>;

/** What tells when the records of an object were last brought up to date. Times are ISO. */
interface Age {
  /** When the connection was made. */
  madeAt: string;
  status: Pick<StoredStatus, 'lastSuccessAt' | 'emptiedAt'>;
  /** The object's checkpoint, or null when it has none that can be read. */
  checkpoint: ReturnType<typeof readCheckpoint>;
}

/**
 * When the records of an object were last brought up to date (ms): the newest of the last run that ended well, the moment at which
 * the copy was emptied, the making of the connection, and what the object's own checkpoint says: up to when it is whole, or when the
 * pull under way began. The last is the CRM's time, which is near enough for an age of days. Pure.
 */
function freshAt({ madeAt, status, checkpoint }: Age): number {
  const times = [madeAt, status.lastSuccessAt, status.emptiedAt, checkpoint?.coveredUntil, checkpoint?.pull?.startedAt];
  return Math.max(...times.map((time) => Date.parse(time ?? '') || Number.NEGATIVE_INFINITY));
}

/** Where a copy lies that may be too old. */
interface ExpiryPlace {
  store: RecordStore;
  status: StatusBox;
  /** Now, in ms. */
  now: () => number;
}

/**
 * Deletes the records of each object that nothing has brought up to date since `before` (ms). When that is all there is, the copy starts over:
 * its status is that of one that was never synced. Whoever calls holds the connection's lease.
 * @returns what went, and the status when it has changed; null when nothing was too old
 * @throws AppError of the `storage.` group
 */
export async function expireRecords(
  { store, status, now }: ExpiryPlace,
  before: number,
  madeAt: string,
): Promise<{ gone: Expired; emptied: StoredStatus | null } | null> {
  const stands = await status.get();
  const counts = await store.counts().catch(tamperedOr);
  if (!counts) {
    // Neither counts nor checkpoints can be read. A sync heals that; but who could not open the copy could not sync it either.
    const isOld = freshAt({ madeAt, status: stands, checkpoint: null }) < before;
    return isOld ? { gone: {}, emptied: await startOver({ store, status, now }, stands) } : null;
  }
  const held = OBJECTS.filter((object) => (counts[object] ?? 0) > 0);
  const old: ObjectKind[] = [];
  for (const object of held) {
    const checkpoint = readCheckpoint(await store.checkpoint(object));
    if (freshAt({ madeAt, status: stands, checkpoint }) < before) old.push(object);
  }
  if (old.length === 0) return null;
  const some = old.length < held.length && (await isRemoved(store, old));
  const emptied = some ? null : await startOver({ store, status, now }, stands);
  const went = some ? old : held;
  return { gone: Object.fromEntries(went.map((object) => [object, counts[object]])), emptied };
}

async function startOver({ store, status, now }: ExpiryPlace, stands: StoredStatus): Promise<StoredStatus> {
  const emptied = { ...stands, lastSuccessAt: null, emptiedAt: iso(now()) };
  await store.startOver();
  await status.put(emptied);
  await store.compact();
  return emptied;
}

/** Null when what is stored was tampered with. */
function tamperedOr(error: unknown): null {
  if (error instanceof AppError && error.code === 'vault.tampered') return null;
  throw error;
}

/** Removes single objects. False when a damaged cell keeps them from being read: then the copy has to start over, or it could not be opened. */
async function isRemoved(store: RecordStore, old: readonly ObjectKind[]): Promise<boolean> {
  try {
    for (const object of old) await removeAll(store, object);
    // What was deleted is sealed still; merging takes it off the disk.
    await store.compact();
    return true;
  } catch (error) {
    return tamperedOr(error) !== null;
  }
}

/** The checkpoint goes first: after a kill in between, the next look or the next pull removes what is left. */
async function removeAll(store: RecordStore, object: ObjectKind): Promise<void> {
  const ids: string[] = [];
  for await (const records of store.all(object)) for (const { id } of records) ids.push(id);
  await store.apply({ object, upserts: [], deletions: [], newBefore: null }, null);
  for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
    const deletions = ids.slice(at, at + IDS_AT_ONCE);
    await store.apply({ object, upserts: [], deletions, newBefore: null, thorough: true });
  }
}
