import { expect } from 'vitest';
import { type FieldValue, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { RecordStore } from '@/lib/storage/record-store';
import { readStored } from '@/lib/sync/checkpoint';
import { runSync, type SyncRun } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { type EspoTest, espoTest } from '../builders/espocrm';
import { type TestStore, testStore } from '../builders/store';
import type { EspoOptions } from '../sandbox-crm/espocrm/sandbox.ts';
import type { Row } from '../sandbox-crm/espocrm/where.ts';

export const HOUR = 3_600_000;

const TYPE: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** Some hundred records whose clock stands still; Contacts and Leads need several pages of 200. */
export const SMALL: EspoOptions = {
  seed: 7,
  accounts: 60,
  contacts: 430,
  leads: 210,
  opportunities: 40,
  tasks: 60,
  now: Date.parse('2026-06-01T09:00:00Z'),
  frozen: true,
};

/** A CRM, and a copy of it on a disk in memory. */
export interface EspoScene {
  crm: EspoTest;
  disk: TestStore;
  store: RecordStore;
  selection: Selection;
  /** One run. What it did is in the report, also when it fails: then as `failure`. */
  sync(change?: Partial<SyncRun>): Promise<Report>;
  /** The worker dies and another one starts: nothing is in memory. */
  restart(): void;
}

type Report = Awaited<ReturnType<typeof reported>>;

export async function espoScene(options: EspoOptions = {}, test: Parameters<typeof espoTest>[1] = {}): Promise<EspoScene> {
  const crm = await espoTest({ ...SMALL, ...options }, test);
  const disk = await testStore(placement);
  const scene: EspoScene = {
    crm,
    disk,
    store: disk.store,
    selection: defaultSelection(),
    sync: (change) => reported(scene, change),
    restart() {
      scene.store = disk.reopen();
    },
  };
  return scene;
}

async function reported({ crm, store, selection }: EspoScene, change: Partial<SyncRun> = {}) {
  const report = newReport();
  const before = crm.connector.calls();
  const failure: unknown = await runSync({
    connector: crm.connector,
    store,
    clock: crm.sandbox.store.clock,
    selection,
    batchRecords: 20_000,
    approved: new Set(),
    overtaken: () => false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    report,
    ...change,
  }).catch((error: unknown) => error);
  const sum = (what: 'received' | 'deleted') => Object.values(report.objects).reduce((all, one) => all + one[what], 0);
  return { ...report, failure, received: sum('received'), deleted: sum('deleted'), calls: crm.connector.calls() - before };
}

/** A run that has to come to its end. */
export async function whole(run: Promise<Report>): Promise<Report> {
  const report = await run;
  if (report.failure) throw report.failure;
  return report;
}

/** Where each copied field comes from, written down a second time. */
const COPIED: Record<ObjectKind, Record<string, (row: Row) => unknown>> = {
  user: { name: ({ name }) => name, active: ({ isActive }) => isActive },
  account: {
    name: ({ name }) => name,
    website: ({ website }) => website,
    phone: ({ phoneNumber }) => phoneNumber,
    city: ({ billingAddressCity }) => billingAddressCity,
    ownerId: ({ assignedUserId }) => assignedUserId,
  },
  contact: {
    name: ({ name }) => name,
    accountId: ({ accountId }) => accountId,
    title: ({ title }) => title,
    email: ({ emailAddress }) => emailAddress,
    phone: ({ phoneNumber }) => phoneNumber,
    doNotCall: ({ doNotCall }) => doNotCall,
    emailOptOut: ({ emailAddressIsOptedOut }) => emailAddressIsOptedOut ?? false,
  },
  lead: {
    name: ({ name }) => name,
    company: ({ accountName }) => accountName,
    email: ({ emailAddress }) => emailAddress,
    status: ({ status }) => status,
  },
  opportunity: {
    name: ({ name }) => name,
    accountId: ({ accountId }) => accountId,
    stage: ({ stage }) => stage,
    amount: ({ amount }) => amount,
    currency: ({ amountCurrency }) => amountCurrency,
    closeOn: ({ closeDate }) => closeDate,
    closed: ({ stage }) => String(stage).startsWith('Closed'),
    won: ({ stage }) => stage === 'Closed Won',
  },
  task: {
    subject: ({ name }) => name,
    accountId: ({ accountId }) => accountId,
    whoId: ({ parentType, parentId }) => (parentType === 'Contact' ? parentId : null),
    whatId: ({ parentType, parentId }) => (parentType === 'Contact' ? null : parentId),
    dueOn: ({ dateEnd, dateEndDate }) => dateEndDate ?? (dateEnd as string | null)?.slice(0, 10),
    closed: ({ status }) => status === 'Completed' || status === 'Canceled',
  },
};

/** Rows of an object that a copy of everything holds. */
export function visibleRows({ sandbox }: EspoTest, object: ObjectKind): Row[] {
  return sandbox.store
    .rows(TYPE[object])
    .filter(({ id }) => !sandbox.store.isHidden(TYPE[object], id))
    .filter((row) => object !== 'user' || row.type === 'regular' || row.type === 'admin')
    .filter((row) => object !== 'lead' || row.status !== 'Converted');
}

/** The copy holds what the CRM holds, record by record and field by field. */
export async function expectEqual({ crm, store }: EspoScene, where: (row: Row, object: ObjectKind) => boolean = () => true) {
  for (const object of OBJECTS) {
    const rows = visibleRows(crm, object).filter((row) => where(row, object));
    const expected = rows.map((row) => {
      const fields = Object.entries(COPIED[object]).map(([name, from]) => [name, from(row) ?? null]);
      const modifiedAt = `${String(row.modifiedAt).replace(' ', 'T')}.000Z`;
      return [row.id, { modifiedAt, ...Object.fromEntries(fields) }] as const;
    });
    expect(await contentOf(store, object), object).toEqual(new Map(expected));
    expect((await store.counts())[object] ?? 0, `count of ${object}`).toBe(expected.length);
  }
}

/** What the copy holds of an object, by id. */
export async function contentOf(store: RecordStore, object: ObjectKind) {
  const found = new Map<string, Record<string, unknown>>();
  for await (const records of store.all(object)) {
    for (const { id, modifiedAt, fields } of records) {
      const values = fields as unknown as Record<string, FieldValue>;
      found.set(id, { modifiedAt, ...Object.fromEntries(Object.keys(COPIED[object]).map((name) => [name, values[name]])) });
    }
  }
  return found;
}

/** What is stored of an object beside its records. */
export async function storedOf({ store }: EspoScene, object: ObjectKind) {
  const stored = readStored(await store.checkpoint(object));
  if (!stored) throw new Error(`nothing is stored of ${object}`);
  return stored;
}

/** The first row of an object that `where` fits. */
export function rowOf({ crm }: EspoScene, object: ObjectKind, where: (row: Row) => boolean = () => true): Row {
  const row = visibleRows(crm, object).find(where);
  if (!row) throw new Error(`the CRM has no such ${object}`);
  return row;
}
