import type { CrmRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { CellHash } from '@/lib/vault/cell-hash';
import type { Cipher } from '@/lib/vault/cipher';
import { type Batch, type BatchPlan, knownRecords, livesAtItsOwnId, type Placement, planBatch } from './batch-plan';
import { createCompaction } from './store-compaction';
import type { ConnectionDatabase } from './database';
import { type Entry, recordOf } from './entry';
import type { AnchorStore } from './connection-list';
import { createIndexRenewal } from './index-renewal';
import { createManifestKeeper } from './manifest-keeper';
import { createRunBoxes } from './run-boxes';
import { createRunKeys } from './run-keys';
import { createRunLines } from './run-lines';
import { createRunReader } from './run-reader';
import { createSealedBoxes } from './sealed-boxes';
import { createSealedRuns, type PreparedRun } from './sealed-runs';
import { createTransfer, type Transfer } from './store-transfer';
import { isObject, TABLES } from './tables';

type AppliedBatch = Omit<BatchPlan, 'entries'>;

/** The local copy of one connection. Writes are put in line, so that two callers never plan on the same state. */
export interface RecordStore {
  /**
   * Writes records, indexes and `checkpoint`, and lets them count all at once; without one the stored checkpoint stays. The
   * same batch twice changes nothing.
   */
  apply(batch: Batch, checkpoint?: unknown): Promise<AppliedBatch>;
  checkpoint(object: ObjectKind): Promise<unknown>;
  counts(): Promise<Partial<Record<ObjectKind, number>>>;
  get<K extends ObjectKind>(object: K, id: string): Promise<CrmRecord<K> | null>;
  getMany<K extends ObjectKind>(object: K, ids: readonly string[]): Promise<Map<string, CrmRecord<K>>>;
  /** All records of an object that live at `home`, e.g. an Account's contacts. */
  at<K extends ObjectKind>(object: K, home: string): Promise<CrmRecord<K>[]>;
  /** Ids of the Accounts that own a registrable domain. */
  accountsAt(domain: string): Promise<string[]>;
  /** The records under each of `keys`, and where they live when that is with another one. */
  indexed(keys: readonly string[]): Promise<Map<string, { id: string; home: string | null }[]>>;
  /** True when something certainly is under one of `keys`, as far as that is known in memory; false says nothing. */
  holdsSurely(keys: readonly string[]): Promise<boolean>;
  /** Done when the index follows the placement rules of this build; until then it follows older ones. */
  placed(): Promise<void>;
  /** Whether it does so now: then the index names a record under a key exactly when the record's fields give that key. */
  isInStep(): Promise<boolean>;
  /** The lines that search looks through, also those of what was replaced or deleted since the last compaction. */
  lines(object: ObjectKind): AsyncIterable<string>;
  /** The records of these ids, in no order, by the directories beside the lines: faster than `getMany` when there are many runs. */
  lookUp<K extends ObjectKind>(object: K, ids: readonly string[]): Promise<CrmRecord<K>[]>;
  /** Every live record of an object, in groups that fit in memory. */
  all<K extends ObjectKind>(object: K): AsyncIterable<CrmRecord<K>[]>;
  /** Forgets all records and checkpoints, so that the next sync brings everything anew. Heals cells that are damaged. */
  startOver(): Promise<void>;
  /** Looks whether all that the manifest names is there and as it was written. @throws AppError `vault.tampered` */
  check(signal: AbortSignal): Promise<void>;
  /** How many cells the last look has refused. */
  refused(): number;
  /** True when something that was read did not pass its check, and nothing has healed it since. */
  isDamaged(): boolean;
  /** Those of `ids` that the copy has. */
  known(object: ObjectKind, ids: readonly string[]): Promise<string[]>;
  /** Merges runs where there are too many, and where something has to be destroyed for good. A reader sees no change. */
  compact(): Promise<void>;
  /** A number that grows with every committed write: the mark of progress. */
  writes(): Promise<number>;
  /** How many boxes were sealed under this copy's keys. */
  seals(): Promise<number>;
  /** What another copy needs to become this one; see transfer.ts. */
  transfer: Transfer;
  /** Drops what is held of it in memory, opened; for when the copy is closed. */
  forget(): void;
}

export interface RecordStoreOptions {
  db: ConnectionDatabase;
  cipher: Cipher;
  hash: CellHash;
  connectionId: string;
  placement: Placement;
  /** None in tests that are not about it. */
  anchor?: AnchorStore;
  /** How long work shares the thread with readers; none by default. */
  pace?: Pace;
}

/** Opens the copy in `db`; nothing is read before the first call. @throws AppError `storage.quota` from writing calls. */
export function createRecordStore(options: RecordStoreOptions): RecordStore {
  const { db, cipher, hash, connectionId, placement, anchor, pace = UNPACED } = options;
  const runs = createSealedRuns(db, cipher, connectionId, pace);
  const boxes = createSealedBoxes(db, cipher, connectionId);
  const keeper = createManifestKeeper({ db, boxes, anchor, pace, placementVersion: placement.version });
  const { current: manifest, commit } = keeper;
  let damaged = false;
  let refused = 0;
  const noteDamage = (error: unknown) => {
    if (error instanceof AppError && error.code === 'vault.tampered') damaged = true;
  };
  const parts = { runs, pace, manifest, commit };
  const keys = createRunKeys({
    ...parts,
    boxes: createRunBoxes(db, cipher, connectionId, 'keys'),
    rules: placement.asked,
    onFailure: noteDamage,
  });
  const reader = createRunReader(runs, hash, manifest, noteDamage, (table, run, home, value) =>
    table === 'domain' ? keys.mayHold(run, home, value) : true,
  );
  const lines = createRunLines({
    ...parts,
    boxes: createRunBoxes(db, cipher, connectionId, 'lines'),
    connectionId,
    rules: placement.lines,
    onFailure: noteDamage,
  });
  const compact = createCompaction({ db, runs, keeper, lines, keys, pace });
  let opened = keeper.open();
  let queue: Promise<unknown> = opened;
  // A failed opening is reported by the first call that needs it, not as an unhandled rejection.
  opened.catch(noteDamage);
  const renewal = createIndexRenewal({ ...parts, reader, hash, placement, apply });
  // Each part waits its turn, so that a sync or a creation is not kept waiting for the whole of it.
  let placed = opened.then(() => renewal.all((part) => inLine(part)));
  placed.catch(() => undefined);

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const result = queue.then(work, () => opened.then(work));
    queue = result.catch(() => undefined);
    return result;
  }

  async function apply(batch: Batch, checkpoint?: unknown): Promise<AppliedBatch> {
    const plan = await planBatch(batch, { reader, hash, placement, pace });
    const next = structuredClone(manifest());
    if (checkpoint !== undefined) next.checkpoints[batch.object] = checkpoint;
    next.tables[batch.object].live += plan.liveDelta;
    if (batch.thorough)
      next.thorough = [...new Set([...(next.thorough ?? []), batch.object, 'domain' as const, 'home' as const])];
    const prepared: PreparedRun[] = [];
    for (const [table, entries] of plan.entries) {
      const one = runs.prepare(table, next.nextRun, entries);
      next.nextRun += 1;
      next.tables[table].runs.push(one.run);
      prepared.push(one);
    }
    await commit(next, prepared);
    const written = next.tables.domain.runs.at(-1);
    const index = plan.entries.get('domain');
    if (written && index) keys.note(written, index);
    const { entries: _, ...applied } = plan;
    return applied;
  }

  async function startOver(): Promise<void> {
    await keeper.startOver();
    damaged = false;
    opened = Promise.resolve();
    placed = opened;
  }

  const toRecord = <K extends ObjectKind>(object: K, entry: Entry) =>
    recordOf(object, connectionId, entry) as unknown as CrmRecord<K>;

  async function getMany<K extends ObjectKind>(object: K, ids: readonly string[]): Promise<Map<string, CrmRecord<K>>> {
    await opened;
    const wanted = new Set(ids);
    const known = livesAtItsOwnId(object) ? null : await knownRecords(reader, object, ids, placement, 'person');
    const homes = known ? [...known.values()].map((record) => record.home) : ids;
    const found = new Map<string, CrmRecord<K>>();
    for (const entries of (await reader.atMany(object, homes)).values()) {
      for (const entry of entries) if (wanted.has(entry.key)) found.set(entry.key, toRecord(object, entry));
    }
    return found;
  }

  return {
    getMany,
    apply: (batch, checkpoint) => inLine(() => apply(batch, checkpoint)),
    compact: () => inLine(compact),
    async known(object, ids) {
      await opened;
      return [...(await knownRecords(reader, object, ids, placement, 'batch')).keys()];
    },
    async check(signal) {
      await opened;
      refused = (await reader.check(signal)) + (await lines.check(signal)) + (await keys.check(signal));
      if (refused === 0) return;
      damaged = true;
      throw new AppError('vault.tampered');
    },
    refused: () => refused,
    isDamaged: () => damaged,
    async seals() {
      await opened;
      return manifest().seals ?? 0;
    },
    transfer: createTransfer({ opened: () => opened, manifest, reader, runs, hash, commit, inLine }),
    async writes() {
      await opened;
      return manifest().nextRun;
    },
    startOver() {
      // Also when the store could not be opened: that is what it is for.
      const result = queue.then(startOver, startOver);
      queue = result.catch(() => undefined);
      return result;
    },
    async checkpoint(object) {
      await opened;
      return manifest().checkpoints[object] ?? null;
    },
    async counts() {
      await opened;
      return Object.fromEntries(TABLES.flatMap((table) => (isObject(table) ? [[table, manifest().tables[table].live]] : [])));
    },
    async get(object, id) {
      return (await getMany(object, [id])).get(id) ?? null;
    },
    async at(object, home) {
      await opened;
      return (await reader.at(object, home)).map((entry) => toRecord(object, entry));
    },
    async accountsAt(domain) {
      await opened;
      return (await reader.at('domain', domain)).map((entry) => entry.key);
    },
    async indexed(wanted) {
      await opened;
      const found = await reader.atMany('domain', wanted);
      // For the next question; this one has waited for nothing of it.
      void keys.load();
      const places = (entries: Entry[]) =>
        entries.map(({ key, values }) => ({ id: key, home: typeof values?.[0] === 'string' ? values[0] : null }));
      return new Map([...found].map(([key, entries]) => [key, places(entries)]));
    },
    async holdsSurely(wanted) {
      await opened;
      const hashes = await hash.many(wanted);
      return wanted.some((key, index) => keys.surely(key, hashes[index] ?? 0));
    },
    placed: () => placed,
    async isInStep() {
      await opened;
      const { placement: followed, replacing } = manifest();
      return followed === placement.version && !replacing;
    },
    forget() {
      runs.forget();
      lines.forget();
      keys.forget();
    },
    async *lines(object) {
      await opened;
      yield* lines.read(object);
    },
    async lookUp(object, ids) {
      await opened;
      return (await lines.lookUp(object, ids)).map((entry) => toRecord(object, entry));
    },
    async *all(object) {
      await opened;
      for await (const entries of reader.all(object)) yield entries.map((entry) => toRecord(object, entry));
    },
  };
}
