import type { Pace } from '@/lib/shared/pace';
import type { BesideCells } from './compaction';
import type { Entry } from './entry';
import { createKeyListMaker, type KeyList, openKeyList } from './key-list';
import type { Manifest, Run } from './manifest';
import type { RunBoxes } from './run-boxes';
import type { SealedRuns } from './sealed-runs';

/** Which keys of the index are asked for so often that it is worth to know in memory which of them there are. */
export interface KeyRules {
  /** Grows with every change of `are`; lists that were stored by others are made anew. */
  version: number;
  are(key: string): boolean;
}

/**
 * Lists of the keys in each run of the index, stored sealed beside its cells and held in memory once a worker has been asked for
 * something: nearly every page visit is to nobody's site, and is answered then without the disk. They are made from the cells,
 * so that nothing is lost with them; whatever they cannot say is read as before.
 */
export interface RunKeys {
  /** False when the run certainly has nothing under `key`. */
  mayHold(run: Run, key: string, hash: number): boolean;
  /** True when something certainly lives under `key`; false says nothing. */
  surely(key: string, hash: number): boolean;
  /** Brings the lists into memory, standing back behind everybody. Two calls at once are one. */
  load(): Promise<void>;
  /** What has just been written is known at once: during a first sync there are dozens of runs that have no list yet. */
  note(run: Run, entries: readonly Entry[]): void;
  /** What makes and stores the list of a run of so many `entries` while its cells are written; null when it needs none. */
  beside(run: Run, entries: number): BesideCells | null;
  /** Stores lists of runs that have none; the caller has the store to itself. */
  store(): Promise<void>;
  /** How many boxes are missing or do not pass their check. */
  check(signal: AbortSignal): Promise<number>;
  /** Drops what is in memory for good. */
  forget(): void;
}

const TABLE = 'domain';
/** The list of a smaller run is made from its few cells. */
const LEAST_STORED = 2000;
const CELLS_AT_ONCE = 64;
const BOX_BYTES = 512 * 1024;
/** Keys, 32 MB of them. A copy with more reads from the disk what does not fit. */
const MOST_KEPT = 4_000_000;

export function createRunKeys(parts: {
  boxes: RunBoxes;
  runs: SealedRuns;
  rules: KeyRules | undefined;
  pace: Pace;
  manifest: () => Manifest;
  commit: (next: Manifest) => Promise<void>;
  /** What cannot be read for good is told here. */
  onFailure: (error: unknown) => void;
}): RunKeys {
  const { boxes, runs, rules, pace, manifest, commit, onFailure } = parts;
  /** By the run's number; null for one whose list could not be had. */
  const lists = new Map<number, KeyList | null>();
  let loading: Promise<void> | null = null;
  let forgets = false;

  const current = () => manifest().tables[TABLE].runs;
  const isStored = (run: Run) => rules !== undefined && run.keys?.version === rules.version;
  const isThere = (run: Run) => current().some(({ id }) => id === run.id);
  const sizeOf = (run: Run) => run.keys?.count ?? run.entries;
  const isSmall = (run: Run) => run.entries < LEAST_STORED;
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  const asked = (entries: readonly Entry[]) => entries.filter(({ home }) => rules?.are(home));

  /** Gives the run's entries, cell by cell, to `taker`. */
  async function walk(run: Run, taker: (cell: number, entries: readonly Entry[]) => unknown): Promise<void> {
    for (let from = 0; from < 2 ** run.bits; from += CELLS_AT_ONCE) {
      const cells = numbers(from, Math.min(from + CELLS_AT_ONCE, 2 ** run.bits)).map((cell) => ({ run, cell }));
      let cell = from;
      for await (const entries of runs.readCells(TABLE, cells)) {
        await taker(cell, entries);
        cell += 1;
      }
      await pace.breathe();
    }
  }

  async function listOf(run: Run): Promise<KeyList> {
    if (!isStored(run) || !run.keys) {
      const maker = createKeyListMaker();
      await walk(run, (_, entries) => maker.add(asked(entries)));
      return openKeyList([maker.bytes()], maker.count());
    }
    const contents: Uint8Array[] = [];
    for (const box of numbers(0, run.keys.boxes)) {
      contents.push(...(await boxes.read(TABLE, run, [box])));
      await pace.breathe();
    }
    return openKeyList(contents, run.keys.count);
  }

  /** Drops lists of runs that are gone. Gives how many keys are in memory. */
  function kept(): number {
    const named = new Set(current().map(({ id }) => id));
    for (const id of lists.keys()) if (!named.has(id)) lists.delete(id);
    return current().reduce((sum, run) => sum + (lists.has(run.id) ? sizeOf(run) : 0), 0);
  }

  async function loadAll(): Promise<void> {
    let inMemory = kept();
    for (const run of current()) {
      if (lists.has(run.id) || !(isStored(run) || isSmall(run))) continue;
      inMemory += sizeOf(run);
      if (inMemory > MOST_KEPT) return;
      await pace.breathe();
      if (forgets) return;
      const list = await listOf(run).catch((error) => {
        // A run that was merged away meanwhile, or a copy that was closed, is no damage.
        if (!forgets && isThere(run)) onFailure(error);
        return null;
      });
      if (!forgets) lists.set(run.id, list);
    }
  }

  /** Nothing of it counts before the manifest says so; what a kill leaves is written over or goes with the run. */
  function besideOf(run: Run, version: number): BesideCells {
    const maker = createKeyListMaker();
    return {
      add: async (_, entries) => maker.add(asked(entries)),
      async end() {
        const bytes = maker.bytes();
        const count = Math.ceil(bytes.length / BOX_BYTES);
        for (const box of numbers(0, count)) {
          await pace.breathe();
          await boxes.write(TABLE, run, version, box, bytes.subarray(box * BOX_BYTES, (box + 1) * BOX_BYTES));
        }
        return { keys: { version, boxes: count, count: maker.count() } };
      },
    };
  }

  async function storeRun(run: Run, version: number): Promise<void> {
    const beside = besideOf(run, version);
    await walk(run, beside.add);
    const said = await beside.end();
    const next = structuredClone(manifest());
    next.tables[TABLE].runs = next.tables[TABLE].runs.map((one) => (one.id === run.id ? { ...one, ...said } : one));
    await commit(next);
  }

  return {
    mayHold: (run, key, hash) => !rules?.are(key) || (lists.get(run.id)?.mayHold(hash) ?? true),
    surely(key, hash) {
      if (!rules?.are(key)) return false;
      const said = current().map((run) => lists.get(run.id)?.says(hash, key) ?? 'unsure');
      return said.includes('alive') && !said.includes('unsure');
    },
    load() {
      if (!rules || forgets) return Promise.resolve();
      loading ??= loadAll().finally(() => {
        loading = null;
      });
      return loading;
    },
    note(run, entries) {
      if (!rules || forgets || kept() + entries.length > MOST_KEPT) return;
      const maker = createKeyListMaker();
      maker.add(asked(entries));
      lists.set(run.id, openKeyList([maker.bytes()], maker.count()));
    },
    beside: (run, entries) => (rules && entries >= LEAST_STORED ? besideOf(run, rules.version) : null),
    async store() {
      if (!rules) return;
      for (const run of current()) if (!isSmall(run) && !isStored(run)) await storeRun(run, rules.version);
    },
    async check(signal) {
      let refused = 0;
      for (const run of current()) {
        // A list by older rules is made anew, and may be half written over.
        for (const box of numbers(0, isStored(run) ? (run.keys?.boxes ?? 0) : 0)) {
          signal.throwIfAborted();
          const failed = await boxes.check(TABLE, run, [box]);
          if (isThere(run)) refused += failed;
          await pace.breathe();
        }
      }
      return refused;
    },
    forget() {
      forgets = true;
      lists.clear();
    },
  };
}
