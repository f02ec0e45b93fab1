import { systemClock } from '@/lib/shared/clock';
import { memoryWriter } from './memory-writer';
import type { Checkpoint, Connector, OpenPull, Page, Want } from '@/lib/connectors/connector';
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

type MemoryCall = 'count' | 'page' | 'ids';

export interface MemoryConnectorOptions {
  crm: MemoryCrm;
  pageSize: number;
  /** How far back the CRM can tell what was deleted. */
  deletionWindowMs: number;
  /** Called before each answer, with what is asked. May change the CRM, or throw in place of the answer. */
  onCall?: (what: MemoryCall, object: ObjectKind) => void;
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

/** A connector to that CRM: ordered by change, resumable after any page, deletions with the first one. */
export function createMemoryConnector(options: MemoryConnectorOptions): Connector {
  const { crm, pageSize, deletionWindowMs, onCall } = options;
  let calls = 0;
  const called = (what: MemoryCall, object: ObjectKind) => {
    calls += 1;
    onCall?.(what, object);
  };

  function deletedSince({ object, since }: Want): Pick<Page, 'deletions' | 'sweep'> {
    if (!since) return { deletions: [], sweep: false };
    const from = Date.parse(since.deletedUntil);
    if (crm.now() - from > deletionWindowMs) return { deletions: [], sweep: true };
    const ids = [...crm.deletions].filter(([key, at]) => key.startsWith(`${object}/`) && at >= from);
    return { deletions: ids.map(([key]) => key.slice(object.length + 1)), sweep: false };
  }

  async function* pages(want: Want, opening: { at: string }): AsyncGenerator<Page> {
    const { object, since } = want;
    const fresh: OpenPull = { startedAt: opening.at, from: since?.coveredUntil ?? null, fresh: !since, after: null, job: null };
    const plan = since?.pull ?? fresh;
    let { after } = plan;
    let deleted: Pick<Page, 'deletions' | 'sweep'> | null = null;
    let deletedUntil = opening.at;
    for (;;) {
      called('page', object);
      const isFirst: boolean = deleted === null;
      if (isFirst) deletedUntil = iso(crm.now());
      deleted = isFirst ? deletedSince(want) : { deletions: [], sweep: false };
      const from = after;
      const rows = crm
        .rows(object)
        .filter(({ modifiedAt, id }) =>
          from ? modifiedAt > from.stamp || (modifiedAt === from.stamp && id > from.id) : modifiedAt >= (plan.from ?? ''),
        )
        .sort(byChange);
      const records = rows.slice(0, pageSize);
      const last = records.at(-1);
      if (last) after = { stamp: last.modifiedAt, id: last.id };
      const isWhole = rows.length <= pageSize;
      const overlapFrom = iso(Date.parse(plan.startedAt) - OVERLAP_MS);
      const checkpoint: Checkpoint = {
        coveredUntil: isWhole ? overlapFrom : (since?.coveredUntil ?? null),
        deletedUntil,
        wanted: [],
        fields: [],
        types: {},
        describedAt: iso(START),
        scope: '',
        pull: isWhole ? null : { ...plan, after },
      };
      const became: string[] = [];
      yield { records, ...deleted, became, checkpoint, skipped: 0, newBefore: plan.fresh ? overlapFrom : null };
      if (isWhole) return;
    }
  }

  async function* idPages(object: ObjectKind): AsyncGenerator<string[]> {
    const ids = crm.rows(object).map(({ id }) => id);
    for (let at = 0; at === 0 || at < ids.length; at += pageSize) {
      called('ids', object);
      yield ids.slice(at, at + pageSize);
    }
  }

  return {
    async open(wants) {
      const at = iso(crm.now());
      const openings = new Map(
        wants.map((want) => {
          called('count', want.object);
          return [want.object, { want, at, count: crm.rows(want.object).length }];
        }),
      );
      const opened = (object: ObjectKind) => {
        const opening = openings.get(object);
        if (!opening) throw new Error(`${object} was not asked for`);
        return opening;
      };
      return {
        state(object) {
          const { want, count } = opened(object);
          return { count, total: want.since ? 0 : count, dropped: [], scopeChanged: false };
        },
        pages: (object) => pages(opened(object).want, opened(object)),
        ids: idPages,
        async *byIds(object, ids) {
          called('page', object);
          yield crm.rows(object).filter(({ id }) => ids.includes(id));
        },
      };
    },
    account: async () => null,
    preview: async () => ({ accounts: crm.rows('account').length }),
    fields: async () => [],
    // Nothing that is synced is written here; what writes has memoryWriter.
    writer: memoryWriter(systemClock).writer,
    read: async (object, id) => crm.rows(object).find((row) => row.id === id) ?? null,
    recordUrl: (object, id) => `https://crm.example/${object}/${id}`,
    revoke: async () => true,
    calls: () => calls,
    usage: () => null,
  };
}
