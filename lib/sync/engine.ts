import type { Connector, ObjectState, Pull, Want } from '@/lib/connectors/connector';
import { isLeftOut, leavesOut, leftOutAt } from '@/lib/crm/leave-out';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { Selection } from '@/lib/crm/selection';
import type { Clock } from '@/lib/shared/clock';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { RecordStore } from '@/lib/storage/record-store';
import { readStored, type StoredCheckpoint } from './checkpoint';
import { ACCOUNT_FOLLOWERS, compareIds, isNarrow, isOverdue, needOfComparing } from './compare';
import { isTooMuch } from './failsafe';
import { createProgress, type Progress } from './progress';
import { createObjectPull, type Write } from './object-pull';
import type { RunReport } from './run-report';
import { withoutFields } from './without-fields';

const HELD_IDS = 100;
const ABOUT_ONE_OBJECT = new Set<ErrorCode>(['crm.refused', 'crm.forbidden']);

export interface SyncRun {
  connector: Connector;
  store: RecordStore;
  clock: Clock;
  selection: Selection;
  /** As many pages as fit into so many records are written together: storing is cheap only in large batches. */
  batchRecords: number;
  /** Objects whose deletions the user has agreed to. */
  approved: ReadonlySet<ObjectKind>;
  /** How many deletions the user was told of; a tenth more is another question. Any number when it is left out. */
  agreed?: ReadonlyMap<ObjectKind, number>;
  /** True when somebody else (a live refresh, a creation) wrote a record at or after `since`, in our milliseconds. */
  overtaken: (object: ObjectKind, id: string, since: number) => boolean;
  onProgress: (progress: Progress) => void;
  /** Ends the run; what was written before stays and is right. */
  signal: AbortSignal;
  /** Filled as the run goes, so that it is there after a failure too. */
  report: RunReport;
}

/**
 * One run: brings the copy up to date object by object. Records, indexes and checkpoint of a batch are written together,
 * so it can be killed anywhere and the next run goes on after the last batch.
 * @throws AppError of the `crm.`, `auth.` and `storage.` groups; what was written before stays and is right.
 */
export async function runSync(run: SyncRun): Promise<void> {
  const { connector, store, clock, selection, report, signal } = run;
  let openedAt = clock.now();
  const leftOut = leftOutAt(selection.leaveOut, openedAt);
  const progress = createProgress(openedAt);
  const stored = new Map<ObjectKind, StoredCheckpoint | null>();

  const pullObject = createObjectPull({ run, progress, openedAt: () => openedAt, believed, isHeld, write, count });

  await readCheckpoints();
  let refusal: AppError | null = null;
  let ended = false;
  try {
    for (const object of OBJECTS) if (!selection.objects[object].wanted) await removeAll(object);
    const wanted = OBJECTS.filter((object) => selection.objects[object].wanted);
    const goneOn = wanted.filter((object) => stored.get(object)?.checkpoint.pull);
    await syncObjects(wanted, wanted);
    // A pull that an earlier run began shows the CRM as it was then: what has changed since comes now, not tomorrow.
    if (goneOn.length > 0) {
      await readCheckpoints();
      await syncObjects(wanted, goneOn);
    }
    ended = true;
  } finally {
    // Also after a failure: each run that ended half-way leaves runs that every reading has to look through. Only the failure
    // that was first is told.
    if (!signal.aborted) await store.compact().catch((error) => (ended ? Promise.reject(error) : undefined));
  }
  if (refusal) throw refusal;

  async function readCheckpoints(): Promise<void> {
    for (const object of OBJECTS) stored.set(object, readStored(await store.checkpoint(object)));
  }

  /** Opens all that is wanted, as objects depend on each other in a scope, and brings `objects` of them up to date. */
  async function syncObjects(wanted: readonly ObjectKind[], objects: readonly ObjectKind[]): Promise<void> {
    openedAt = clock.now();
    const pull = await connector.open(wanted.map(wantOf), { signal, reserve: selection.reserve });
    for (const object of objects) await unlessRefused(async () => progress.expect(object, pull.state(object)?.total ?? 0));
    for (const object of objects) {
      await unlessRefused(async () => {
        const state = pull.state(object);
        if (state) await syncObject(pull, object, state);
        else await loseObject(object);
      });
    }
  }

  /** What the CRM refuses of one object is no reason to leave the others as they are; the run fails at its end. */
  async function unlessRefused(work: () => Promise<void>): Promise<void> {
    await work().catch((error) => {
      if (!(error instanceof AppError) || !ABOUT_ONE_OBJECT.has(error.code)) throw error;
      refusal ??= error;
    });
  }

  function wantOf(object: ObjectKind): Want {
    const since = stored.get(object)?.checkpoint ?? null;
    return { object, selection: selection.objects[object], scope: selection.scope, leftOut, since };
  }

  async function syncObject(pull: Pull, object: ObjectKind, state: ObjectState): Promise<void> {
    const before = stored.get(object) ?? null;
    // What a live refresh has written since the run was opened stays: its older version on the coming pages will be left out.
    if (!before) await removeAll(object, (id) => run.overtaken(object, id, openedAt));
    if (state.dropped.length > 0) await dropFields(object, state.dropped);
    const pulled = await pullObject(pull, object, state, before);
    if (!pulled) return;
    const after = await withoutOld(object, pulled);
    const live = (await store.counts())[object] ?? 0;
    const isFirstFill = !before?.checkpoint.coveredUntil;
    // What is new is whole by itself; what was created meanwhile comes with the next run. By how much the counts differ now
    // says nothing about later, as the CRM's is from the beginning of the run. What an earlier run brought is as old as that.
    const asOf = Math.min(clock.now(), Date.parse(before?.checkpoint.pull?.startedAt ?? '') || clock.now());
    if (isFirstFill && !after.owed) await note(object, { ...after, compared: { at: asOf, gap: 0 } });
    else if (run.approved.has(object) || needOfComparing(after, state, live, clock.now())) await compare(pull, object, after);
    else if (after.held && !isHeld(object)) report.held.push({ object, ...after.held });
  }

  /**
   * What has grown too old since leaves the copy on the day on which the CRM is not asked for it any more: once a day. Who has opted out
   * leaves it when that is chosen, as the CRM may know nothing of it and its ids would keep them; who does so later is kept out by the gate.
   */
  async function withoutOld(object: ObjectKind, after: StoredCheckpoint): Promise<StoredCheckpoint> {
    const { closedBefore } = leftOut;
    const isAged = object === 'task' && after.aged !== closedBefore;
    const isChosen = object !== 'task' && after.owed === 'scope';
    if (!leavesOut(object, leftOut) || !(isAged || isChosen)) return after;
    const out: string[] = [];
    for await (const group of store.all(object))
      out.push(...group.filter((record) => isLeftOut(record as AnyRecord, leftOut)).map(({ id }) => id));
    await remove(object, out, isChosen);
    if (!isAged) return after;
    const next = { ...after, aged: closedBefore };
    await note(object, next);
    return next;
  }

  /** Compares all ids and mends both sides' differences. */
  async function compare(pull: Pull, object: ObjectKind, after: StoredCheckpoint): Promise<void> {
    const startedAt = clock.now();
    const isOvertaken = (id: string) => run.overtaken(object, id, startedAt);
    let fetched = 0;
    const { gone, missing } = await compareIds(pull, store, object, isOvertaken);
    signal.throwIfAborted();
    const chosen = after.owed === 'scope';
    const deletions = chosen ? gone : await believed(object, gone);
    if (object === 'account' && deletions.length > 0 && isNarrow(selection.scope)) await oweFollowers();
    await remove(object, deletions, chosen);
    for await (const upserts of pull.byIds(object, missing)) {
      signal.throwIfAborted();
      const wanted = upserts.filter(({ id }) => !isOvertaken(id));
      const written = await write(object, { upserts: wanted, deletions: [] }, { newBefore: null });
      count(object, upserts.length, 0);
      // What the store keeps out stays a difference: else every run would compare anew because of it.
      fetched += written + upserts.length - wanted.length;
    }
    const gap = missing.length - fetched - (gone.length - deletions.length);
    const held = report.held.find((one) => one.object === object) ?? null;
    // With the weekly comparison, what was deleted since the last one is destroyed too, not only hidden below its deletion.
    const thorough = isOverdue(after, clock.now());
    const next = { ...after, owed: null, compared: { at: clock.now(), gap }, held };
    await write(object, { upserts: [], deletions: [] }, { newBefore: null, next, thorough });
  }

  /**
   * What hangs on an Account that has left the scope leaves it too, without a change of its own: no list of the CRM tells, and
   * the counts do not when as much has come in its place.
   */
  async function oweFollowers(): Promise<void> {
    for (const object of ACCOUNT_FOLLOWERS) {
      const known = stored.get(object);
      if (!known || known.owed) continue;
      const next: StoredCheckpoint = { ...known, owed: 'sweep' };
      await note(object, next);
      stored.set(object, next);
    }
  }

  /** Those of `ids` that may go: all, or none when they are so many that the user has to be asked. */
  async function believed(object: ObjectKind, ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return ids;
    const held = await store.known(object, ids);
    const live = (await store.counts())[object] ?? 0;
    const agreed = run.approved.has(object) && held.length <= (run.agreed?.get(object) ?? held.length) * 1.1;
    if (!isTooMuch(held.length, live) || agreed) return held;
    const entry = { object, count: held.length, of: live, ids: held.slice(0, HELD_IDS) };
    report.held = [...report.held.filter((one) => one.object !== object), entry];
    return [];
  }

  function isHeld(object: ObjectKind): boolean {
    return report.held.some((one) => one.object === object);
  }

  /** The user has lost the object as a whole: that is a deletion like others, and asked about like others. */
  async function loseObject(object: ObjectKind): Promise<void> {
    if (!report.unavailable.includes(object)) report.unavailable.push(object);
    const ids = await heldIds(object);
    const deletions = await believed(object, ids);
    if (ids.length > 0 && deletions.length === 0) return;
    await remove(object, deletions, true);
    if (stored.get(object)) await write(object, { upserts: [], deletions: [] }, { newBefore: null, next: null });
  }

  /** What is not wanted, or what nobody knows the age of, goes without a question. */
  async function removeAll(object: ObjectKind, stays: (id: string) => boolean = () => false): Promise<void> {
    const ids = (await heldIds(object)).filter((id) => !stays(id));
    if (stored.get(object)) await write(object, { upserts: [], deletions: [] }, { newBefore: null, next: null });
    await remove(object, ids, true);
  }

  /** Takes the values of fields out of the copy, also out of what lies below newer versions. */
  async function dropFields(object: ObjectKind, names: readonly string[]): Promise<void> {
    // The store gives records of the object that it is asked for, which TypeScript cannot follow through the union.
    const groups = store.all(object) as unknown as AsyncIterable<AnyRecord[]>;
    const startedAt = clock.now();
    let rewritten: AnyRecord[] = [];
    const flush = async () => {
      signal.throwIfAborted();
      const upserts = rewritten.filter(({ id }) => !run.overtaken(object, id, startedAt));
      if (upserts.length > 0) await write(object, { upserts, deletions: [] }, { newBefore: null, thorough: true });
      rewritten = [];
    };
    for await (const group of groups) {
      rewritten.push(...group.map((record) => withoutFields(record, names)));
      if (rewritten.length >= run.batchRecords) await flush();
    }
    await flush();
  }

  async function heldIds(object: ObjectKind): Promise<string[]> {
    const ids: string[] = [];
    for await (const records of store.all(object)) for (const { id } of records) ids.push(id);
    return ids;
  }

  async function remove(object: ObjectKind, ids: readonly string[], thorough: boolean): Promise<void> {
    for (let at = 0; at < ids.length; at += run.batchRecords) {
      signal.throwIfAborted();
      await write(object, { upserts: [], deletions: ids.slice(at, at + run.batchRecords) }, { newBefore: null, thorough });
    }
  }

  async function note(object: ObjectKind, next: StoredCheckpoint): Promise<void> {
    await write(object, { upserts: [], deletions: [] }, { newBefore: null, next });
  }

  /** Gives how many records are in the copy by it. */
  async function write(...[object, content, { newBefore, next, thorough = false }]: Parameters<Write>): Promise<number> {
    const applied = await store.apply({ object, ...content, newBefore, thorough }, next);
    count(object, 0, applied.deleted);
    return applied.upserted;
  }

  function count(object: ObjectKind, received: number, deleted: number): void {
    const known = report.objects[object] ?? { received: 0, deleted: 0 };
    report.objects[object] = { received: known.received + received, deleted: known.deleted + deleted };
  }
}
