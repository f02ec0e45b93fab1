import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { Pace } from '@/lib/shared/pace';
import type { BesideCells } from './compaction';
import { compress, decompress } from './compression';
import { createDirectoryMaker, type Directory, type DirectoryMaker, openDirectory } from './directory';
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
  /** What makes and stores them for a run of so many `entries` while its cells are written; null when it needs none. */
  beside(object: ObjectKind, run: Run, entries: number): BesideCells | null;
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
/** Some hundred lines, which take a few milliseconds. */
const CELLS_A_BREATH = 16;
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
    const contents = await Promise.all((await boxes.read(object, run, wanted)).map(decompress));
    const decoder = new TextDecoder();
    const texts = contents.slice(from === 0 ? FIRST_OF_LINES : 0).map((bytes) => decoder.decode(bytes));
    const [first] = contents;
    return { texts, directory: from === 0 && first ? openDirectory(first) : null };
  }

  /** The lines of entries, and in `directory` where they are. */
  function linesOf(object: ObjectKind, cell: number, entries: readonly Entry[], directory: DirectoryMaker): string[] {
    return entries.flatMap((entry) => {
      directory.add(entry.key, cell);
      return entry.values === null ? [] : (rules?.of(recordOf(object, connectionId, entry)) ?? []);
    });
  }

  async function entriesFrom(object: ObjectKind, run: Run, from: number, count: number) {
    const cells = numbers(from, Math.min(from + count, 2 ** run.bits));
    const read = await Array.fromAsync(
      runs.readCells(
        object,
        cells.map((cell) => ({ run, cell })),
      ),
    );
    return read.map((entries, index) => ({ cell: from + index, entries }));
  }

  /** For somebody who waits for it. */
  async function madeAtOnce(object: ObjectKind, run: Run): Promise<Part> {
    const lines: string[] = [];
    const directory = createDirectoryMaker();
    for (let from = 0; from < 2 ** run.bits; from += CELLS_AT_ONCE) {
      for (const { cell, entries } of await entriesFrom(object, run, from, CELLS_AT_ONCE)) {
        lines.push(...linesOf(object, cell, entries, directory));
      }
    }
    const texts = lines.length > 0 ? [`${lines.join('\n')}\n`] : [];
    return { texts, directory: openDirectory(directory.bytes()) };
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

  /** Nothing of it counts before the manifest says so; what a kill leaves is written over or goes with the run. */
  function besideOf(object: ObjectKind, run: Run, version: number): BesideCells {
    const directory = createDirectoryMaker();
    let lines: string[] = [];
    let count = FIRST_OF_LINES;

    async function write(): Promise<void> {
      const text = new TextEncoder().encode(`${lines.join('\n')}\n`);
      lines = [];
      await boxes.write(object, run, version, count, await compress(text));
      count += 1;
    }

    return {
      async add(cell, entries) {
        lines.push(...linesOf(object, cell, entries, directory));
        if (lines.length >= LINES_A_BOX) await write();
      },
      async end() {
        if (lines.length > 0) await write();
        await boxes.write(object, run, version, 0, await compress(directory.bytes()));
        return { lines: { version, boxes: count } };
      },
    };
  }

  async function storeRun(object: ObjectKind, run: Run, version: number): Promise<void> {
    const beside = besideOf(object, run, version);
    for (let from = 0; from < 2 ** run.bits; from += CELLS_A_BREATH) {
      await pace.breathe();
      for (const { cell, entries } of await entriesFrom(object, run, from, CELLS_A_BREATH)) await beside.add(cell, entries);
    }
    const said = await beside.end();
    const next = structuredClone(manifest());
    next.tables[object].runs = next.tables[object].runs.map((one) => (one.id === run.id ? { ...one, ...said } : one));
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
    beside(object, run, entries) {
      const isSearched = OBJECTS.includes(object) && entries >= LEAST_STORED;
      return rules && isSearched ? besideOf(object, run, rules.version) : null;
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
          // Lines by older rules are made anew, and may be half written over.
          const count = isStored(run) ? (run.lines?.boxes ?? 0) : 0;
          for (let from = 0; from < count; from += BOXES_AT_ONCE) {
            signal.throwIfAborted();
            const failed = await boxes.check(object, run, numbers(from, Math.min(from + BOXES_AT_ONCE, count)));
            if (isThere(object, run)) refused += failed;
            await pace.breathe();
          }
        }
      }
      return refused;
    },
  };
}
