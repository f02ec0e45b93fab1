import type { Checkpoint, Connector, Page } from '@/lib/connectors/connector';
import type { AnyRecord, CrmRecord, FieldsOf, ObjectKind } from '@/lib/crm/records';
import { record } from '../builders/records';

/** A CRM in memory with a clock of its own. Changes carry its time to the second, so ties are normal. */
export interface MemoryCrm {
  now(): number;
  wait(ms: number): void;
  save<K extends ObjectKind>(object: K, id: string, fields: Partial<FieldsOf[K]>): void;
  delete(object: ObjectKind, id: string): void;
  rows(object: ObjectKind): AnyRecord[];
  /** When what was deleted, by `object/id`. */
  deletions: ReadonlyMap<string, number>;
}

export interface MemoryConnectorOptions {
  crm: MemoryCrm;
  pageSize: number;
  /** How far back the CRM can tell what was deleted. */
  deletionWindowMs: number;
  /** Called before each answer, with what is asked. May change the CRM, or throw in place of the answer. */
  onCall?: (what: 'count' | 'page' | 'ids', object: ObjectKind) => void;
}

const START = Date.parse('2026-01-01T00:00:00.000Z');
const OVERLAP_MS = 5000;
const iso = (time: number) => new Date(time).toISOString();
const byChange = (a: AnyRecord, b: AnyRecord) => a.modifiedAt.localeCompare(b.modifiedAt) || (a.id < b.id ? -1 : 1);

export function createMemoryCrm(): MemoryCrm {
  let time = START;
  const tables = new Map<ObjectKind, Map<string, AnyRecord>>();
  const deletions = new Map<string, number>();
  const table = (object: ObjectKind) => {
    const known = tables.get(object) ?? new Map<string, AnyRecord>();
    tables.set(object, known);
    return known;
  };
  return {
    deletions,
    now: () => time,
    wait(ms) {
      time += ms;
    },
    save(object, id, fields) {
      const row: CrmRecord & AnyRecord = record(object, id, fields, iso(time - (time % 1000)));
      table(object).set(id, row);
      deletions.delete(`${object}/${id}`);
    },
    delete(object, id) {
      if (table(object).delete(id)) deletions.set(`${object}/${id}`, time);
    },
    rows: (object) => [...table(object).values()],
  };
}

/** A connector to that CRM: ordered by change, resumable after any page, deletions at the end. */
export function createMemoryConnector(options: MemoryConnectorOptions): Connector {
  const { crm, pageSize, deletionWindowMs, onCall } = options;
  let calls = 0;
  const called = (what: 'count' | 'page' | 'ids', object: ObjectKind) => {
    calls += 1;
    onCall?.(what, object);
  };

  function deletedSince(object: ObjectKind, since: string): Pick<Page, 'deletions' | 'sweep'> {
    if (crm.now() - Date.parse(since) > deletionWindowMs) return { deletions: [], sweep: true };
    const ids = [...crm.deletions].filter(([key, at]) => key.startsWith(`${object}/`) && at >= Date.parse(since));
    return { deletions: ids.map(([key]) => key.slice(object.length + 1)), sweep: false };
  }

  async function* pages(object: ObjectKind, since: Checkpoint | null): AsyncGenerator<Page> {
    const pullStartedAt = since?.cursor ? since.pullStartedAt : iso(crm.now());
    const coveredUntil = since?.coveredUntil ?? null;
    let cursor = since?.cursor ?? null;
    for (;;) {
      called('page', object);
      const from = cursor;
      const rows = crm
        .rows(object)
        .filter(({ modifiedAt, id }) =>
          from ? modifiedAt > from.stamp || (modifiedAt === from.stamp && id > from.id) : modifiedAt >= (coveredUntil ?? ''),
        )
        .sort(byChange);
      const records = rows.slice(0, pageSize);
      const last = records.at(-1);
      if (last) cursor = { stamp: last.modifiedAt, id: last.id };
      const whole = rows.length <= pageSize;
      const deletedUntil = since?.deletedUntil ?? pullStartedAt;
      const base = { pullStartedAt, fields: [], describedAt: iso(START) };
      const deleted = whole && since ? deletedSince(object, deletedUntil) : { deletions: [], sweep: false };
      const checkpoint: Checkpoint = whole
        ? {
            ...base,
            cursor: null,
            coveredUntil: iso(Date.parse(pullStartedAt) - OVERLAP_MS),
            deletedUntil: since ? iso(crm.now()) : deletedUntil,
          }
        : { ...base, cursor, coveredUntil, deletedUntil };
      const newBefore = coveredUntil ? null : iso(Date.parse(pullStartedAt) - OVERLAP_MS);
      yield { records, ...deleted, checkpoint, total: rows.length, skipped: 0, newBefore };
      if (whole) return;
    }
  }

  return {
    pages,
    async *ids(object) {
      const ids = crm.rows(object).map(({ id }) => id);
      for (let at = 0; at === 0 || at < ids.length; at += pageSize) {
        called('ids', object);
        yield ids.slice(at, at + pageSize);
      }
    },
    async count(object) {
      called('count', object);
      return crm.rows(object).length;
    },
    describe: async () => ({ fields: [] }),
    create: async () => ({ kind: 'invalid', fieldErrors: {}, formErrors: [] }),
    read: async (object, id) => crm.rows(object).find((row) => row.id === id) ?? null,
    recordUrl: (object, id) => `https://crm.example/${object}/${id}`,
    revoke: async () => true,
    calls: () => calls,
  };
}
