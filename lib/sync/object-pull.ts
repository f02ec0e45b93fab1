import type { Checkpoint, ObjectState, Page, Pull } from '@/lib/connectors/connector';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { isNote, PageBatch } from './batch';
import type { StoredCheckpoint } from './checkpoint';
import type { SyncRun } from './engine';
import type { createProgress } from './progress';
import { createWriteBehind } from './write-behind';

/** Writes what has come of an object, and where its pull goes on. */
export type Write = (
  object: ObjectKind,
  content: { upserts: readonly AnyRecord[]; deletions: readonly string[] },
  options: { newBefore: string | null; next?: StoredCheckpoint | null; thorough?: boolean },
) => Promise<number>;

/** What is known while the pages of an object come. */
interface Pulled {
  object: ObjectKind;
  /** What was stored of it before. */
  before: StoredCheckpoint | null;
  /** What is stored of it now. */
  after: StoredCheckpoint | null;
  owed: StoredCheckpoint['owed'];
  /** Up to when deletions are known as long as some of them wait for an answer. */
  frozen: string | null;
}

/** Gives what is stored of the object then. @throws AppError; what was written before stays and is right */
export type ObjectPull = (
  pull: Pull,
  object: ObjectKind,
  state: ObjectState,
  before: StoredCheckpoint | null,
) => Promise<StoredCheckpoint | null>;

/** Writes the pages of an object, batch by batch; while one is written the next one comes. */
export function createObjectPull(parts: {
  run: SyncRun;
  progress: ReturnType<typeof createProgress>;
  /** When the run was opened, in our milliseconds. */
  openedAt: () => number;
  /** Those of the deletions that may be followed. */
  believed: (object: ObjectKind, ids: readonly string[]) => Promise<readonly string[]>;
  isHeld: (object: ObjectKind) => boolean;
  write: Write;
  count: (object: ObjectKind, received: number, deleted: number) => void;
}): ObjectPull {
  const { run, progress, openedAt, believed, isHeld, write, count } = parts;
  return pullObject;

  async function pullObject(
    pull: Pull,
    object: ObjectKind,
    state: ObjectState,
    before: StoredCheckpoint | null,
  ): Promise<StoredCheckpoint | null> {
    const pulled: Pulled = {
      object,
      before,
      after: null,
      frozen: null,
      owed: state.scopeChanged ? 'scope' : (before?.owed ?? null),
    };
    const writes = createWriteBehind();
    let batch = new PageBatch(run.clock.now());
    const flush = async () => {
      const full = batch;
      batch = new PageBatch(run.clock.now());
      await writes.begin(() => writeBatch(pulled, full));
    };
    try {
      for await (const page of pull.pages(object)) {
        run.signal.throwIfAborted();
        // Which of its deletions the copy has is known when all that came before is in it.
        if (page.deletions.length > 0) await writes.settled();
        await addPage(pulled, batch, page);
        if (isNote(page) || batch.isFull(run.batchRecords, run.clock.now())) await flush();
        if (isNote(page)) await writes.settled();
      }
      await flush();
    } finally {
      // What is being written when the CRM fails is whole, and the run does not end before it.
      await writes.settled();
    }
    return pulled.after;
  }

  async function addPage(pulled: Pulled, batch: PageBatch, page: Page): Promise<void> {
    const { object, before } = pulled;
    if (page.sweep) pulled.owed ??= 'sweep';
    const deletions = await believed(object, page.deletions);
    const areHeld = deletions.length === 0 && page.deletions.length > 0 && isHeld(object);
    if (areHeld) pulled.frozen = before?.checkpoint.deletedUntil ?? null;
    batch.add(page, deletions);
    progress.add(object, page.records.length + page.skipped);
    run.onProgress(progress.at(object, run.clock.now()));
  }

  async function writeBatch(pulled: Pulled, batch: PageBatch): Promise<void> {
    if (!batch.checkpoint) return;
    const { object, before, frozen, owed } = pulled;
    const checkpoint = withDeletedUntil(batch.checkpoint, frozen);
    pulled.after = { checkpoint, compared: before?.compared ?? null, held: before?.held ?? null, owed, aged: before?.aged };
    const content = batch.content((id) => run.overtaken(object, id, openedAt()));
    await write(object, content, { newBefore: batch.newBefore, next: pulled.after });
    count(object, batch.received, 0);
    run.report.skipped += batch.skipped;
    run.onProgress(progress.at(object, run.clock.now()));
  }
}

/** While deletions wait for the user's answer, the time up to which they are known does not move on. */
function withDeletedUntil(checkpoint: Checkpoint, frozen: string | null): Checkpoint {
  return frozen === null ? checkpoint : { ...checkpoint, deletedUntil: frozen };
}
