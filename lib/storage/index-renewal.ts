import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import type { Pace } from '@/lib/shared/pace';
import type { CellHash } from '@/lib/vault/cell-hash';
import { type Batch, hashed, indexEntry, livesAtItsOwnId, type Placement, pointerTo, type Unhashed } from './batch-plan';
import { recordOf } from './entry';
import type { Manifest, PlacedRun, Replacing, Run } from './manifest';
import type { RunReader } from './run-reader';
import type { PreparedRun, SealedRuns } from './sealed-runs';

/** Objects that the rules may place elsewhere or find under other keys, in the order in which they are gone through. */
const PLACED: readonly ObjectKind[] = ['account', 'contact', 'lead'];
/** Entries that are written at once: enough for few runs, few enough for the memory. */
const ENTRIES_A_PART = 100_000;
const END = 2 ** 32;

export interface IndexRenewal {
  /** Places every stored record by the current rules when it was placed by others; `inLine` runs one part of it. */
  all(inLine: (part: () => Promise<boolean>) => Promise<boolean>): Promise<void>;
}

/**
 * Brings index and homes in line with changed placement rules. Reading goes on by the old index meanwhile: what it names is
 * looked at again anyway, so that an old entry can miss an Account and never show a wrong one. New runs are laid over the old
 * ones part by part, each with the manifest that says how far it is; at the end the old runs go.
 */
export function createIndexRenewal(parts: {
  runs: SealedRuns;
  reader: RunReader;
  hash: CellHash;
  placement: Placement;
  pace: Pace;
  manifest: () => Manifest;
  commit: (next: Manifest, prepared?: readonly PreparedRun[], replaced?: readonly PlacedRun[]) => Promise<void>;
  apply: (batch: Batch) => Promise<unknown>;
}): IndexRenewal {
  const { runs, reader, hash, placement, pace, manifest, commit, apply } = parts;

  async function begin(): Promise<Replacing> {
    const old = manifest().tables.domain.runs.map((run) => run.id);
    const begun: Replacing = { version: placement.version, old, object: 'account', from: 0 };
    await commit({ ...manifest(), replacing: begun });
    return begun;
  }

  function placeAnew(record: AnyRecord, out: Record<'domain' | 'home', Unhashed[]>): void {
    const home = placement.home(record);
    const keys = placement.keys(record);
    if (!livesAtItsOwnId(record.object)) out.home.push(pointerTo(record, home, keys));
    for (const key of keys) out.domain.push(indexEntry(record, home, key));
  }

  /** One part: records of one object from where the last part ended. */
  async function writePart(state: Replacing): Promise<Replacing> {
    const out: Record<'domain' | 'home', Unhashed[]> = { domain: [], home: [] };
    const moved: AnyRecord[] = [];
    let { from } = state;
    while (from < END && out.domain.length + out.home.length + moved.length < ENTRIES_A_PART) {
      await pace.breathe();
      const { entries, next } = await reader.slice(state.object, from);
      from = next;
      for (const entry of entries) {
        const record = recordOf(state.object, '', entry);
        if (placement.home(record) === entry.home) placeAnew(record, out);
        else moved.push(record);
      }
    }
    // A record with another home is moved as a changed one is; it stands at both until its tombstone is written with it.
    if (moved.length > 0) await apply({ object: state.object, upserts: moved, deletions: [], newBefore: null });
    const following = PLACED[PLACED.indexOf(state.object) + 1];
    const after = from < END ? { ...state, from } : { ...state, object: following ?? state.object, from: following ? 0 : END };
    const next = structuredClone(manifest());
    const prepared: PreparedRun[] = [];
    for (const table of ['domain', 'home'] as const) {
      if (out[table].length === 0) continue;
      const one = runs.prepare(table, next.nextRun, await hashed(out[table], hash));
      next.nextRun += 1;
      next.tables[table].runs.push(one.run);
      prepared.push(one);
    }
    await commit({ ...next, replacing: after }, prepared);
    return after;
  }

  async function end(state: Replacing): Promise<void> {
    const next = structuredClone(manifest());
    const isOld = ({ id }: Run) => state.old.includes(id);
    const replaced = next.tables.domain.runs.filter(isOld).map(({ id, bits }) => ({ table: 'domain' as const, id, bits }));
    next.tables.domain.runs = next.tables.domain.runs.filter((run) => !isOld(run));
    next.placement = state.version;
    delete next.replacing;
    await commit(next, [], replaced);
  }

  /** @returns whether there is more to do */
  async function part(): Promise<boolean> {
    const { placement: followed, replacing } = manifest();
    if (followed === placement.version && !replacing) return false;
    // Rules that changed once more meanwhile: what the last attempt wrote is old too.
    const state = replacing?.version === placement.version ? replacing : await begin();
    const after = await writePart(state);
    if (after.from < END) return true;
    await end(after);
    return false;
  }

  return {
    async all(inLine) {
      while (await inLine(part));
    },
  };
}
