import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { Pace } from '@/lib/shared/pace';
import { type Directory, openDirectory, packDirectory } from './directory';
import { type Entry, recordOf } from './entry';
import type { Manifest, Run } from './manifest';
import type { RunBoxes } from './run-boxes';
import type { SealedRuns } from './sealed-runs';

/** What search looks through: a line of each record, made by rules that the composition root gives. */
export interface LineRules {
  /** Grows with every change of the rules; lines that were stored by others are made anew. */
  version: number;
  /** Null for a record that is not searched. A line holds no line end. */
  of(record: AnyRecord): string | null;
}

/**
 * The lines of a run in a few large boxes beside its cells, since opening many small ones is what takes time (measured), and a
 * directory of the ids in it. Both are made from the cells, so that nothing is lost with them. Those of a small run are made when
 * they are asked for.
 */
export interface RunLines {
  /** All lines of an object, in texts of many lines, each with its line end; also those of entries that newer ones replace. */
  read(object: ObjectKind): AsyncIterable<string>;
  /** The entries that are alive of these ids, each by opening a cell or two, however many runs there are. */
  lookUp(object: ObjectKind, ids: readonly string[]): Promise<Entry[]>;
  /** Stores lines and directories of runs that have none; the caller has the store to itself. */
  store(): Promise<void>;
  /** How many boxes are missing or do not pass their check. */
  check(signal: AbortSignal): Promise<number>;
  /** Drops what is kept in memory for good. */
  forget(): void;
}

const OBJECTS: readonly ObjectKind[] = ['account', 'contact', 'lead', 'opportunity'];
/** Of about half a megabyte: measured to be read fastest (decision 0020). */
const LINES_A_BOX = 8000;
/** Making the lines of a smaller run takes less time than anybody notices. */
const LEAST_STORED = 2000;
/** As many as are read without standing back behind those who wait, which would be ourselves. */
const CELLS_AT_ONCE = 64;
const BOXES_AT_ONCE = 16;
/** Characters that are kept in memory; what is beyond is read again each time. 100,000 Accounts have 8 million. */
const MOST_KEPT = 48_000_000;
/** The first box is the directory. */
const FIRST_OF_LINES = 1;

interface Part {
  texts: string[];
  /** Only with the first part of a run. */
  directory: Directory | null;
}

/** A part that is in memory, or on its way. */
interface Kept {
  part: Promise<Part>;
  size: number;
}

export function createRunLines(parts: {
  boxes: RunBoxes;
  connectionId: string;
  runs: SealedRuns;
  rules: LineRules | undefined;
  pace: Pace;
  manifest: () => Manifest;
  commit: (next: Manifest) => Promise<void>;
  /** What cannot be read for good is told here. */
  onFailure: (error: unknown) => void;
}): RunLines {
  const { boxes, connectionId, runs, rules, pace, manifest, commit, onFailure } = parts;
  const kept = new Map<string, Kept>();
  let forgets = false;

  const nameOf = (object: ObjectKind, run: Run) => `${object}/${run.id}`;
  const isStored = (run: Run) => rules !== undefined && run.lines?.version === rules.version;
  const isThere = (object: ObjectKind, run: Run) => manifest().tables[object].runs.some(({ id }) => id === run.id);
  const numbers = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

  async function stored(object: ObjectKind, run: Run, from: number): Promise<Part> {
    const wanted = numbers(from, Math.min(from + BOXES_AT_ONCE, run.lines?.boxes ?? 0));
    const contents = await boxes.read(object, run, wanted);
    const decoder = new TextDecoder();
    const texts = contents.slice(from === 0 ? FIRST_OF_LINES : 0).map((bytes) => decoder.decode(bytes));
    const [first] = contents;
    return { texts, directory: from === 0 && first ? openDirectory(first) : null };
  }

  const lineOf = (object: ObjectKind, entry: Entry) =>
    entry.values === null ? null : (rules?.of(recordOf(object, connectionId, entry)) ?? null);

  /** Lines made from the cells, in texts of about as many lines as a box holds. Tells of every entry where it is. */
  async function* made(object: ObjectKind, run: Run, onEntry: (id: string, cell: number) => void): AsyncGenerator<string> {
    let lines: string[] = [];
    for (let from = 0; from < 2 ** run.bits; from += CELLS_AT_ONCE) {
      const cells = numbers(from, Math.min(from + CELLS_AT_ONCE, 2 ** run.bits));
      const read = await Array.fromAsync(
        runs.readCells(
          object,
          cells.map((cell) => ({ run, cell })),
        ),
      );
      const entries = read.flatMap((all, index) => all.map((entry) => ({ entry, cell: from + index })));
      for (const { entry, cell } of entries) onEntry(entry.key, cell);
      lines.push(...entries.flatMap(({ entry }) => lineOf(object, entry) ?? []));
      if (lines.length < LINES_A_BOX) continue;
      yield `${lines.join('\n')}\n`;
      lines = [];
    }
    if (lines.length > 0) yield `${lines.join('\n')}\n`;
  }

  async function madeAtOnce(object: ObjectKind, run: Run): Promise<Part> {
    const texts: string[] = [];
    const places: { id: string; cell: number }[] = [];
    for await (const text of made(object, run, (id, cell) => places.push({ id, cell }))) texts.push(text);
    return { texts, directory: openDirectory(packDirectory(places)) };
  }

  /** Forgets what belongs to runs that are not there any more. */
  function tidy(): void {
    const names = new Set(OBJECTS.flatMap((object) => manifest().tables[object].runs.map((run) => nameOf(object, run))));
    for (const name of kept.keys()) if (!names.has(name.slice(0, name.lastIndexOf('/')))) kept.delete(name);
  }

  /** A part of a run, from memory if it is there; two that search at once wait for the same reading. Null for a run that is gone. */
  function partOf(object: ObjectKind, run: Run, from: number): Promise<Part | null> {
    const name = `${nameOf(object, run)}/${from}`;
    const known = kept.get(name)?.part ?? load(name, isStored(run) ? stored(object, run, from) : madeAtOnce(object, run));
    return known.catch((error) => {
      if (!isThere(object, run)) return null;
      onFailure(error);
      throw error;
    });
  }

  function load(name: string, part: Promise<Part>): Promise<Part> {
    const one: Kept = { part, size: 0 };
    if (!forgets) kept.set(name, one);
    part.then(
      ({ texts }) => {
        one.size = texts.reduce((sum, text) => sum + text.length, 0);
        const inMemory = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
        if (inMemory > MOST_KEPT) kept.delete(name);
      },
      () => kept.delete(name),
    );
    return part;
  }

  async function* read(object: ObjectKind): AsyncGenerator<string> {
    if (!rules) return;
    tidy();
    // All first parts are on their way before the first is needed.
    for (const run of manifest().tables[object].runs) partOf(object, run, 0).catch(() => undefined);
    const given = new Set<number>();
    for (;;) {
      // Compaction may take runs away meanwhile; then their lines are in the one that took their place.
      const run = manifest().tables[object].runs.findLast(({ id }) => !given.has(id));
      if (!run) return;
      given.add(run.id);
      const count = isStored(run) ? (run.lines?.boxes ?? 0) : 1;
      for (let from = 0; from < count; from += BOXES_AT_ONCE) yield* (await partOf(object, run, from))?.texts ?? [];
    }
  }

  async function lookUp(object: ObjectKind, ids: readonly string[]): Promise<Entry[]> {
    const current = manifest();
    const alive: Entry[] = [];
    let missing = new Set(ids);
    for (const run of [...current.tables[object].runs].reverse()) {
      if (missing.size === 0) break;
      const directory = (await partOf(object, run, 0))?.directory;
      const cells = [...new Set([...missing].flatMap((id) => directory?.cellsOf(id) ?? []))];
      const read = await runs
        .readOver(
          object,
          cells.map((cell) => ({ run, cell })),
        )
        .catch((error) => {
          if (isThere(object, run)) onFailure(error);
          return isThere(object, run) ? Promise.reject(error) : null;
        });
      if (directory === undefined || read === null) return lookUp(object, ids);
      const found = read.flat().filter(({ key }) => missing.has(key));
      alive.push(...found.filter(({ values }) => values !== null));
      // Whatever this run says of a record, older ones are not asked about it.
      missing = missing.difference(new Set(found.map(({ key }) => key)));
    }
    return alive;
  }

  async function storeRun(object: ObjectKind, run: Run, version: number): Promise<void> {
    const places: { id: string; cell: number }[] = [];
    let count = FIRST_OF_LINES;
    // Nothing counts before the manifest says so; what a kill leaves is written over or goes with the run.
    for await (const text of made(object, run, (id, cell) => places.push({ id, cell }))) {
      await pace.breathe();
      await boxes.write(object, run, version, count, new TextEncoder().encode(text));
      count += 1;
    }
    await boxes.write(object, run, version, 0, packDirectory(places));
    const next = structuredClone(manifest());
    const lines = { version, boxes: count };
    next.tables[object].runs = next.tables[object].runs.map((one) => (one.id === run.id ? { ...one, lines } : one));
    await commit(next);
    kept.delete(`${nameOf(object, run)}/0`);
  }

  return {
    read,
    lookUp,
    forget() {
      forgets = true;
      kept.clear();
    },
    async store() {
      if (!rules) return;
      for (const object of OBJECTS) {
        for (const run of manifest().tables[object].runs) {
          if (run.entries >= LEAST_STORED && !isStored(run)) await storeRun(object, run, rules.version);
        }
      }
    },
    async check(signal) {
      let refused = 0;
      for (const object of OBJECTS) {
        for (const run of manifest().tables[object].runs) {
          for (let from = 0; from < (run.lines?.boxes ?? 0); from += BOXES_AT_ONCE) {
            signal.throwIfAborted();
            refused += await boxes.check(object, run, numbers(from, Math.min(from + BOXES_AT_ONCE, run.lines?.boxes ?? 0)));
            await pace.breathe();
          }
        }
      }
      return refused;
    },
  };
}
