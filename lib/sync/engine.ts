import type { Checkpoint, Connector, Page } from '@/lib/connectors/connector';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { readCheckpoint } from './checkpoint';
import { createProgress, type Progress } from './progress';

/** As many pages as fit go into one transaction: storing is cheap only in large batches. */
const BATCH_RECORDS = 20_000;
const BATCH_MS = 10_000;

export interface SyncRun {
  connector: Connector;
  store: RecordStore;
  clock: Clock;
  onProgress: (progress: Progress) => void;
  /** Ends the run between two pages, e.g. because the connection is being removed. */
  signal: AbortSignal;
}

export interface RunReport {
  received: number;
  upserted: number;
  deleted: number;
  /** Malformed records that were left out; what the copy had of them stays. */
  skipped: number;
  calls: number;
  /** Objects that this user may not see at all. */
  unavailable: ObjectKind[];
}

/**
 * One run: brings the copy up to date object by object. Records, indexes and checkpoint of a batch are written together,
 * so it can be killed anywhere and the next run goes on after the last batch.
 * @throws AppError of the `crm.`, `auth.` and `storage.` groups; what was written before stays and is right.
 */
export async function runSync(run: SyncRun): Promise<RunReport> {
  const { connector, store, clock } = run;
  const callsBefore = connector.calls();
  const progress = createProgress(clock.now());
  const report: RunReport = { received: 0, upserted: 0, deleted: 0, skipped: 0, calls: 0, unavailable: [] };

  for (const object of OBJECTS) {
    const since = readCheckpoint(await store.checkpoint(object));
    if (!since?.coveredUntil) await unlessUnavailable(object, async () => progress.expect(object, await connector.count(object)));
  }
  try {
    for (const object of OBJECTS) {
      if (!report.unavailable.includes(object)) await unlessUnavailable(object, () => syncObject(object));
    }
  } finally {
    // Also after a failure: each run that ended half-way leaves runs that every reading has to look through.
    if (!run.signal.aborted) await store.compact();
  }
  return { ...report, calls: connector.calls() - callsBefore };

  async function unlessUnavailable(object: ObjectKind, work: () => Promise<void>): Promise<void> {
    await work().catch((error) => {
      if (!(error instanceof AppError) || error.code !== 'crm.object-missing') throw error;
      report.unavailable.push(object);
    });
  }

  async function syncObject(object: ObjectKind): Promise<void> {
    const since = readCheckpoint(await store.checkpoint(object));
    if (!since) await forget(object);
    let batch: Page[] = [];
    let batchStartedAt = clock.now();
    const flush = async () => {
      const checkpoint = batch.at(-1)?.checkpoint;
      if (!checkpoint) return;
      await applyPages(object, batch, checkpoint);
      batch = [];
      batchStartedAt = clock.now();
      run.onProgress(progress.at(object, clock.now()));
    };
    for await (const page of connector.pages(object, since)) {
      run.signal.throwIfAborted();
      progress.expect(object, page.total);
      // The page's checkpoint says that all deletions are known, so what a sweep finds has to be written with it.
      batch.push(page.sweep ? { ...page, deletions: [...page.deletions, ...(await missingInCrm(object))] } : page);
      progress.add(object, page.records.length + page.skipped);
      run.onProgress(progress.at(object, clock.now()));
      const held = batch.reduce((sum, one) => sum + one.records.length, 0);
      if (held >= BATCH_RECORDS || clock.now() - batchStartedAt >= BATCH_MS) await flush();
    }
    await flush();
  }

  async function applyPages(object: ObjectKind, pages: readonly Page[], checkpoint: Checkpoint): Promise<void> {
    const upserts: AnyRecord[] = pages.flatMap((page) => page.records);
    const deletions = pages.flatMap((page) => page.deletions);
    const newBefore = pages[0]?.newBefore ?? null;
    const applied = await store.apply({ object, upserts, deletions, newBefore }, checkpoint);
    report.received += upserts.length;
    report.upserted += applied.upserted;
    report.deleted += applied.deleted;
    report.skipped += pages.reduce((sum, page) => sum + page.skipped, 0);
  }

  /** What the CRM no longer lists. Only for the rare case that its list of deletions does not reach back far enough. */
  async function missingInCrm(object: ObjectKind): Promise<string[]> {
    // Held first: a record that is created while the CRM lists its ids must not look as if it were missing.
    const held = await heldIds(object);
    const present = new Set<string>();
    for await (const ids of connector.ids(object)) for (const id of ids) present.add(id);
    return held.filter((id) => !present.has(id));
  }

  async function heldIds(object: ObjectKind): Promise<string[]> {
    const ids: string[] = [];
    for await (const records of store.all(object)) ids.push(...records.map((record) => record.id));
    return ids;
  }

  /** Records whose checkpoint is lost or unreadable: nobody knows how old they are, so the pull starts from nothing. */
  async function forget(object: ObjectKind): Promise<void> {
    const deletions = await heldIds(object);
    if (deletions.length > 0) await store.apply({ object, upserts: [], deletions, newBefore: null });
  }
}
