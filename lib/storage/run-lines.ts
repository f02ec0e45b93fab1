import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { Cipher } from '@/lib/vault/cipher';
import type { CellRow, ConnectionDatabase } from './database';
import { recordOf } from './entry';
import type { Manifest, Run } from './manifest';
import type { SealedRuns } from './sealed-runs';
import { tableNumber } from './tables';

/** What search looks through: a line of each record, made by rules that the composition root gives. */
export interface LineRules {
  /** Grows with every change of the rules; lines that were stored by others are made anew. */
  version: number;
  /** Null for a record that is not searched. A line holds no line end. */
  of(record: AnyRecord): string | null;
}

/**
 * The lines of a run, beside its cells and under the same name: a few large boxes, since opening many small ones is what takes time
 * (measured). They are made from the cells, so that nothing is lost with them. Lines of a small run are made when they are asked for.
 */
export interface RunLines {
  /** All lines of an object, in texts of many lines, each with its line end; also those of entries that newer ones replace. */
  read(object: ObjectKind): AsyncIterable<string>;
  /** Stores the lines of runs that have none; the caller has the store to itself. */
  store(): Promise<void>;
  /** How many boxes of lines are missing or do not pass their check. */
  check(signal: AbortSignal): Promise<number>;
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
const SCHEMA = 1;

/** Texts that are in memory, or on their way. */
interface Kept {
  texts: Promise<string[]>;
  size: number;
}

export function createRunLines(parts: {
  db: ConnectionDatabase;
  cipher: Cipher;
  connectionId: string;
  runs: SealedRuns;
  rules: LineRules | undefined;
  pace: Pace;
  manifest: () => Manifest;
  commit: (next: Manifest) => Promise<void>;
  /** What cannot be read for good is told here. */
  onFailure: (error: unknown) => void;
}): RunLines {
  const { db, cipher, connectionId, runs, rules, pace, manifest, commit, onFailure } = parts;
  const kept = new Map<string, Kept>();

  const nameOf = (object: ObjectKind, run: Run) => `${object}/${run.id}`;
  /** Behind the cells of the run, so that they are deleted with it. */
  const keyOf = (object: ObjectKind, run: Run, box: number): [number, number, number] => [
    tableNumber(object),
    run.id,
    2 ** run.bits + box,
  ];
  const placeOf = (object: ObjectKind, run: Run, box: number) => ({
    connectionId,
    table: object,
    key: `${run.id}/${run.bits}/lines/${run.lines?.version ?? rules?.version ?? 0}/${box}`,
    schema: SCHEMA,
  });
  const isStored = (run: Run) => rules !== undefined && run.lines?.version === rules.version;

  async function open(object: ObjectKind, run: Run, box: number, row: CellRow | undefined): Promise<string> {
    if (!row) throw new AppError('vault.tampered');
    return new TextDecoder().decode(await cipher.open(placeOf(object, run, box), row.b));
  }

  async function stored(object: ObjectKind, run: Run, from: number): Promise<string[]> {
    const count = Math.min(BOXES_AT_ONCE, (run.lines?.boxes ?? 0) - from);
    const boxes = Array.from({ length: count }, (_, index) => from + index);
    const rows = await db.cells.bulkGet(boxes.map((box) => keyOf(object, run, box)));
    return Promise.all(boxes.map((box, index) => open(object, run, box, rows[index])));
  }

  /** Lines made from the cells, in texts of about as many lines as a box holds. */
  async function* made(object: ObjectKind, run: Run): AsyncGenerator<string> {
    let lines: string[] = [];
    for (let from = 0; from < 2 ** run.bits; from += CELLS_AT_ONCE) {
      const cells = Array.from({ length: Math.min(CELLS_AT_ONCE, 2 ** run.bits - from) }, (_, index) => from + index);
      for (const entry of (await runs.readCells(object, run, cells)).flat()) {
        const line = entry.values === null ? null : (rules?.of(recordOf(object, connectionId, entry)) ?? null);
        if (line !== null) lines.push(`${line}\n`);
      }
      if (lines.length < LINES_A_BOX) continue;
      yield lines.join('');
      lines = [];
    }
    if (lines.length > 0) yield lines.join('');
  }

  async function gathered(object: ObjectKind, run: Run): Promise<string[]> {
    const texts: string[] = [];
    for await (const text of made(object, run)) texts.push(text);
    return texts;
  }

  /** Forgets what belongs to runs that are not there any more. */
  function tidy(): void {
    const names = new Set(OBJECTS.flatMap((object) => manifest().tables[object].runs.map((run) => nameOf(object, run))));
    for (const name of kept.keys()) if (!names.has(name.slice(0, name.lastIndexOf('/')))) kept.delete(name);
  }

  /** A part of a run's lines, from memory if they are there; two that search at once wait for the same reading. */
  function part(object: ObjectKind, run: Run, from: number): Promise<string[]> {
    const name = `${nameOf(object, run)}/${from}`;
    const known = kept.get(name);
    if (known) return known.texts;
    const texts = isStored(run) ? stored(object, run, from) : gathered(object, run);
    const one: Kept = { texts, size: 0 };
    kept.set(name, one);
    texts.then(
      (all) => {
        one.size = all.reduce((sum, text) => sum + text.length, 0);
        const inMemory = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
        if (inMemory > MOST_KEPT) kept.delete(name);
      },
      () => kept.delete(name),
    );
    return texts;
  }

  /** The lines of a run, until it is taken away: what took its place has them too. */
  async function* ofRun(object: ObjectKind, run: Run): AsyncGenerator<string> {
    const parts = isStored(run) ? Math.max(1, run.lines?.boxes ?? 0) : 1;
    for (let from = 0; from < parts; from += BOXES_AT_ONCE) {
      const texts = await part(object, run, from).catch((error) => {
        if (!manifest().tables[object].runs.some(({ id }) => id === run.id)) return null;
        onFailure(error);
        throw error;
      });
      if (texts === null) return;
      yield* texts;
    }
  }

  async function* read(object: ObjectKind): AsyncGenerator<string> {
    if (!rules) return;
    tidy();
    const given = new Set<number>();
    for (;;) {
      const run = manifest().tables[object].runs.findLast(({ id }) => !given.has(id));
      if (!run) return;
      given.add(run.id);
      yield* ofRun(object, run);
    }
  }

  async function storeRun(object: ObjectKind, run: Run, version: number): Promise<void> {
    const marked: Run = { ...run, lines: { version, boxes: 0 } };
    let boxes = 0;
    for await (const text of made(object, run)) {
      await pace.breathe();
      const [t, r, c] = keyOf(object, run, boxes);
      const b = await cipher.seal(placeOf(object, marked, boxes), new TextEncoder().encode(text));
      // Nothing counts before the manifest says so; what a kill leaves is written over or goes with the run.
      await db.cells.put({ t, r, c, b });
      boxes += 1;
    }
    const next = structuredClone(manifest());
    next.tables[object].runs = next.tables[object].runs.map((one) =>
      one.id === run.id ? { ...one, lines: { version, boxes } } : one,
    );
    await commit(next);
    kept.delete(`${nameOf(object, run)}/0`);
  }

  return {
    read,
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
            refused += await refusedOf(object, run, from);
            await pace.breathe();
          }
        }
      }
      return refused;
    },
  };

  async function refusedOf(object: ObjectKind, run: Run, from: number): Promise<number> {
    const count = Math.min(BOXES_AT_ONCE, (run.lines?.boxes ?? 0) - from);
    const boxes = Array.from({ length: count }, (_, index) => from + index);
    const rows = await db.cells.bulkGet(boxes.map((box) => keyOf(object, run, box)));
    const passed = await Promise.all(boxes.map((box, index) => open(object, run, box, rows[index]).then(() => true, isRefusal)));
    return passed.filter((one) => !one).length;
  }
}

/** False for a box that is not what was written; any other error goes on. */
function isRefusal(error: unknown): false {
  if (error instanceof AppError && error.code === 'vault.tampered') return false;
  throw error;
}
