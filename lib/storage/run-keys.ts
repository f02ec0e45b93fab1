import type { Pace } from '@/lib/shared/pace';
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
  const sizeOf = (run: Run) => run.keys?.count ?? run.entries;
  const isSmall = (run: Run) => run.entries < LEAST_STORED;
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  async function madeOf(run: Run) {
    const maker = createKeyListMaker();
    for (let from = 0; from < 2 ** run.bits; from += CELLS_AT_ONCE) {
      const cells = numbers(from, Math.min(from + CELLS_AT_ONCE, 2 ** run.bits)).map((cell) => ({ run, cell }));
      for await (const entries of runs.readCells(TABLE, cells)) maker.add(entries.filter(({ home }) => rules?.are(home)));
      await pace.breathe();
    }
    return maker;
  }

  async function listOf(run: Run): Promise<KeyList> {
    if (!isStored(run) || !run.keys) {
      const maker = await madeOf(run);
      return openKeyList([maker.bytes()], maker.count());
    }
    const contents: Uint8Array[] = [];
    for (const box of numbers(0, run.keys.boxes)) {
      contents.push(...(await boxes.read(TABLE, run, [box])));
      await pace.breathe();
    }
    return openKeyList(contents, run.keys.count);
  }

  /** Null when it cannot be had. A run that was merged away meanwhile, or a copy that was closed, is no damage. */
  async function listOrNull(run: Run): Promise<KeyList | null> {
    return listOf(run).catch((error) => {
      if (!forgets && current().some(({ id }) => id === run.id)) onFailure(error);
      return null;
    });
  }

  /** Forgets the lists of runs that are not there any more. */
  function tidy(): void {
    const named = new Set(current().map(({ id }) => id));
    for (const id of lists.keys()) if (!named.has(id)) lists.delete(id);
  }

  async function loadAll(): Promise<void> {
    tidy();
    let kept = current().reduce((sum, run) => sum + (lists.has(run.id) ? sizeOf(run) : 0), 0);
    for (const run of current()) {
      if (lists.has(run.id) || !(isStored(run) || isSmall(run))) continue;
      kept += sizeOf(run);
      if (kept > MOST_KEPT) return;
      await pace.breathe();
      if (forgets) return;
      const list = await listOrNull(run);
      if (!forgets) lists.set(run.id, list);
    }
  }

  async function storeRun(run: Run, version: number): Promise<void> {
    const maker = await madeOf(run);
    const bytes = maker.bytes();
    const count = Math.ceil(bytes.length / BOX_BYTES);
    // Nothing counts before the manifest says so; what a kill leaves is written over or goes with the run.
    for (const box of numbers(0, count)) {
      await pace.breathe();
      await boxes.write(TABLE, run, version, box, bytes.subarray(box * BOX_BYTES, (box + 1) * BOX_BYTES));
    }
    const next = structuredClone(manifest());
    const keys = { version, boxes: count, count: maker.count() };
    next.tables[TABLE].runs = next.tables[TABLE].runs.map((one) => (one.id === run.id ? { ...one, keys } : one));
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
    async store() {
      if (!rules) return;
      for (const run of current()) if (!isSmall(run) && !isStored(run)) await storeRun(run, rules.version);
    },
    async check(signal) {
      let refused = 0;
      for (const run of current()) {
        for (const box of numbers(0, run.keys?.boxes ?? 0)) {
          signal.throwIfAborted();
          refused += await boxes.check(TABLE, run, [box]);
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
