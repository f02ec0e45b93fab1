import type { Checkpoint, Connector, ObjectState, OpenPull, Page, Want } from '@/lib/connectors/connector';
import type { AnyRecord, ObjectKind } from '@/lib/crm/records';
import { defaultSelection } from '@/lib/crm/selection';
import type { RecordStore } from '@/lib/storage/record-store';
import type { StoredCheckpoint } from '@/lib/sync/checkpoint';
import { runSync, type SyncRun } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { createMemoryConnector, createMemoryCrm } from '../../fakes/memory-connector';

export const BEGUN: OpenPull = { startedAt: 'x', from: null, fresh: true, after: null, job: null };

export function checkpointWith(change: Partial<Checkpoint> = {}): Checkpoint {
  return {
    coveredUntil: '2026-01-01T00:00:00.000Z',
    deletedUntil: '2026-01-01T00:00:00.000Z',
    wanted: [],
    fields: [],
    types: {},
    describedAt: '2026-01-01T00:00:00.000Z',
    scope: '',
    pull: null,
    ...change,
  };
}

export const storedWith = (change: Partial<StoredCheckpoint> = {}): StoredCheckpoint => ({
  checkpoint: checkpointWith(),
  compared: { at: fakeClock().now(), gap: 0 },
  held: null,
  owed: null,
  ...change,
});

export const pageWith = (change: Partial<Page> = {}): Page => ({
  records: [],
  deletions: [],
  became: [],
  sweep: false,
  checkpoint: checkpointWith(),
  skipped: 0,
  newBefore: null,
  ...change,
});

/** What a CRM says of one object; an empty page and nothing else unless told. A function is asked when its turn comes. */
export interface ObjectScript {
  state?: Partial<ObjectState> | null;
  pages?: (Page | (() => Page | Promise<Page>))[];
  ids?: string[][];
  byIds?: (ids: readonly string[]) => AnyRecord[][];
}

/** A connector that says what is written down for it. */
export function scripted(
  script: Partial<Record<ObjectKind, ObjectScript>>,
  onOpen?: (wants: readonly Want[]) => void,
): Connector {
  const said = (object: ObjectKind): ObjectScript => script[object] ?? {};
  return {
    ...createMemoryConnector({ crm: createMemoryCrm(), pageSize: 1, deletionWindowMs: 0 }),
    async open(wants) {
      onOpen?.(wants);
      return {
        state(object) {
          const { state } = said(object);
          return state === null ? null : { count: null, total: 0, dropped: [], scopeChanged: false, ...state };
        },
        async *pages(object) {
          for (const page of said(object).pages ?? [pageWith()]) yield typeof page === 'function' ? await page() : page;
        },
        async *ids(object) {
          yield* said(object).ids ?? [];
        },
        async *byIds(object, ids) {
          yield* said(object).byIds?.(ids) ?? [];
        },
      };
    },
  };
}

export interface EngineScene {
  test: TestStore;
  clock: ReturnType<typeof fakeClock>;
  /** What the store was asked to write and to do, in order. */
  log: string[];
  store: RecordStore;
  /** What the copy holds of Leads before a run. */
  hold(records: readonly AnyRecord[], stored?: StoredCheckpoint): Promise<void>;
  run(connector: Connector, change?: Partial<SyncRun>): Promise<ReturnType<typeof newReport>>;
}

export async function engineScene(): Promise<EngineScene> {
  const test = await testStore();
  const clock = fakeClock();
  const log: string[] = [];
  const store: RecordStore = {
    ...test.store,
    apply(batch, checkpoint) {
      const { object, upserts, deletions, thorough } = batch;
      log.push(`${object} +${upserts.length} -${deletions.length}${thorough ? ' thorough' : ''}`);
      return test.store.apply(batch, checkpoint);
    },
    compact() {
      log.push('compact');
      return test.store.compact();
    },
  };
  return {
    test,
    clock,
    log,
    store,
    async hold(records, stored = storedWith()) {
      await test.store.apply({ object: 'lead', upserts: records, deletions: [], newBefore: null }, stored);
    },
    async run(connector, change = {}) {
      const report = newReport();
      await runSync({
        connector,
        store,
        clock,
        selection: defaultSelection(),
        batchRecords: 20_000,
        approved: new Set(),
        overtaken: () => false,
        onProgress: () => undefined,
        signal: new AbortController().signal,
        report,
        ...change,
      });
      return report;
    },
  };
}
