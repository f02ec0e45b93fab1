import type { AnyRecord, FieldValue, ObjectKind } from '@/lib/crm/records';
import type { Clock } from '@/lib/shared/clock';
import type { CreateValues } from '../creation-contract';
import { recordsOf, type SampleRows } from './rows';

/** Where what the user has made in the sample is kept: sealed, beside the copy, and gone with it. */
export interface SampleKeeper {
  load(): Promise<unknown>;
  /** Returns after it is on disk. */
  save(changes: SampleChanges): Promise<void>;
}

/** A record that is not as the package has it. */
interface SampleChange {
  object: ObjectKind;
  id: string;
  at: string;
  /** Null: it is gone, or has become something else. */
  record: AnyRecord | null;
  became: boolean;
  /** Of one that was created: what it was created with. */
  created: { at: string; values: CreateValues } | null;
}

interface SampleChanges {
  version: 1;
  /** How many were ever created: ids are not given twice. */
  made: number;
  changes: Record<string, SampleChange>;
}

/** The sample at one moment: what the package has, with what the user has made of it. */
export interface SampleView {
  of(object: ObjectKind): AnyRecord[];
  find(object: ObjectKind, id: string): AnyRecord | null;
  /** Changes of an object, the oldest first. */
  changes(object: ObjectKind): SampleChange[];
  /** When the last change was made (ISO), or when the sample was added. */
  lastAt: string;
}

/** What one change may do; all of it is kept together, with one stamp. */
export interface SampleEdit {
  view: SampleView;
  create(object: ObjectKind, fields: Readonly<Record<string, FieldValue>>, values: CreateValues): string;
  change(record: AnyRecord, fields: Readonly<Record<string, FieldValue>>): void;
  drop(object: ObjectKind, id: string, became?: boolean): void;
}

export interface SampleBook {
  view(): Promise<SampleView>;
  /** Does `work` behind what is under way; on disk once this has resolved. @throws what `work` throws, and then nothing is changed */
  edit<T>(work: (edit: SampleEdit) => T): Promise<T>;
}

/** The sample's records: `rows` of the package, and what `keeper` holds. One writer at a time. */
export function createSampleBook(options: {
  rows: () => SampleRows;
  keeper: SampleKeeper;
  clock: Clock;
  connectionId: string;
  since: string;
}): SampleBook {
  const { rows, keeper, clock, connectionId, since } = options;
  let known: Promise<SampleChanges> | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  function load(): Promise<SampleChanges> {
    const loading = known ?? keeper.load().then(changesIn);
    known = loading;
    loading.catch(() => {
      known = null;
    });
    return loading;
  }

  async function edit<T>(work: (edit: SampleEdit) => T): Promise<T> {
    const before = await load();
    const view = viewOf(rows(), before, since);
    const at = new Date(Math.max(clock.now(), Date.parse(view.lastAt) + 1)).toISOString();
    const after: SampleChanges = { ...before, changes: { ...before.changes } };
    const put = (change: Omit<SampleChange, 'at'>) => {
      after.changes[change.id] = { ...change, at };
    };
    const result = work({
      view,
      create(object, fields, values) {
        after.made += 1;
        const id = `sample-${object}-new-${after.made}`;
        const record = { object, id, connectionId, modifiedAt: at, fields, custom: {} } as unknown as AnyRecord;
        put({ object, id, record, became: false, created: { at, values } });
        return id;
      },
      change({ object, id, ...rest }, fields) {
        const record = { ...rest, object, id, modifiedAt: at, fields: { ...rest.fields, ...fields } } as unknown as AnyRecord;
        put({ object, id, record, became: false, created: after.changes[id]?.created ?? null });
      },
      drop(object, id, became = false) {
        put({ object, id, record: null, became, created: null });
      },
    });
    await keeper.save(after);
    known = Promise.resolve(after);
    return result;
  }

  return {
    view: async () => viewOf(rows(), await load(), since),
    edit(work) {
      const done = queue.then(() => edit(work));
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

function viewOf(rows: SampleRows, { changes }: SampleChanges, since: string): SampleView {
  const all = Object.values(changes).sort((a, b) => a.at.localeCompare(b.at));
  const own = (id: string) => (Object.hasOwn(changes, id) ? changes[id] : undefined);
  const ofPackage = (object: ObjectKind) =>
    recordsOf(rows, object).flatMap((record) => {
      const change = own(record.id);
      return change ? (change.record ?? []) : record;
    });
  return {
    of: (object) => [
      ...ofPackage(object),
      ...all.flatMap((one) => (one.object === object && one.created && one.record ? one.record : [])),
    ],
    find(object, id) {
      const change = own(id);
      const record = change ? change.record : recordsOf(rows, object).find((one) => one.id === id);
      return record?.object === object ? record : null;
    },
    changes: (object) => all.filter((one) => one.object === object),
    lastAt: all.at(-1)?.at ?? since,
  };
}

function changesIn(value: unknown): SampleChanges {
  const stored = value as Partial<SampleChanges> | null;
  return stored?.version === 1 && stored.changes ? (stored as SampleChanges) : { version: 1, made: 0, changes: {} };
}
