import { expect } from 'vitest';
import { type FieldValue, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { Manifest } from '@/lib/storage/manifest';
import type { RecordStore } from '@/lib/storage/record-store';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createSealedRuns } from '@/lib/storage/sealed-runs';
import { TABLES } from '@/lib/storage/tables';
import { readStored } from '@/lib/sync/checkpoint';
import { runSync, type SyncRun } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { createCipher } from '@/lib/vault/cipher';
import { type SalesforceTest, type SalesforceTestOptions, salesforceTest } from '../builders/salesforce';
import { type TestStore, testStore } from '../builders/store';
import type { Row } from '../sandbox-crm/org/table.ts';
import type { SandboxOptions } from '../sandbox-crm/sandbox.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const SALESFORCE: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** Where each copied field comes from, written down a second time. `lastActivityOn` moves no stamp and may be behind. */
const COPIED: Record<ObjectKind, Record<string, string>> = {
  user: { name: 'Name' },
  account: {
    name: 'Name',
    website: 'Website',
    industry: 'Industry',
    type: 'Type',
    phone: 'Phone',
    city: 'BillingCity',
    country: 'BillingCountry',
    ownerId: 'OwnerId',
    parentId: 'ParentId',
    currency: 'CurrencyIsoCode',
  },
  contact: {
    accountId: 'AccountId',
    name: 'Name',
    title: 'Title',
    department: 'Department',
    email: 'Email',
    phone: 'Phone',
    mobile: 'MobilePhone',
    ownerId: 'OwnerId',
    doNotCall: 'DoNotCall',
    emailOptOut: 'HasOptedOutOfEmail',
  },
  lead: {
    name: 'Name',
    company: 'Company',
    title: 'Title',
    email: 'Email',
    phone: 'Phone',
    website: 'Website',
    status: 'Status',
    ownerId: 'OwnerId',
    converted: 'IsConverted',
    doNotCall: 'DoNotCall',
    emailOptOut: 'HasOptedOutOfEmail',
  },
  opportunity: {
    accountId: 'AccountId',
    name: 'Name',
    stage: 'StageName',
    amount: 'Amount',
    currency: 'CurrencyIsoCode',
    closeOn: 'CloseDate',
    probability: 'Probability',
    closed: 'IsClosed',
    won: 'IsWon',
    ownerId: 'OwnerId',
  },
  task: {
    accountId: 'AccountId',
    whoId: 'WhoId',
    whatId: 'WhatId',
    subject: 'Subject',
    status: 'Status',
    priority: 'Priority',
    dueOn: 'ActivityDate',
    closed: 'IsClosed',
    ownerId: 'OwnerId',
  },
};

/** An org of some hundred records whose clock stands still, in pages so small that each object has several. */
export const SMALL: SandboxOptions = {
  seed: 7,
  accounts: 40,
  leads: 60,
  opportunities: 60,
  tasks: 60,
  pageSize: 25,
  now: Date.parse('2026-06-01T09:00:00Z'),
  frozen: true,
  accessTokenSeconds: 1_000_000_000,
};

/** Jobs for what SMALL holds, in parts of forty records. */
export const SMALL_JOBS = { from: 50, part: 40, group: 10 };

/** An org all of whose objects but its users are large enough for such jobs. */
export const jobScene = (test: SalesforceTestOptions = {}): Promise<Scene> =>
  salesforceScene({ ...SMALL, accounts: 60, contacts: 130 }, { jobSizes: SMALL_JOBS, ...test });

/** Requests that made a job. */
export const jobsMade = ({ crm }: Scene) => crm.sandbox.log.matching(/^POST .*\/jobs\/query$/);
export const JOB_RESULTS = /\/jobs\/query\/\w+\/results/;

/** A CRM, and a copy of it on a disk in memory. */
export interface Scene {
  crm: SalesforceTest;
  disk: TestStore;
  store: RecordStore;
  selection: Selection;
  /** One run. What it did and what it cost is in the report, also when it fails: then as `failure`. */
  sync(change?: Partial<SyncRun>): Promise<Report>;
  /** The worker dies and another one starts: nothing is in memory. */
  restart(): void;
}

export type Report = Awaited<ReturnType<typeof reported>>;

export async function salesforceScene(options: SandboxOptions = SMALL, test: SalesforceTestOptions = {}): Promise<Scene> {
  const crm = await salesforceTest(options, test);
  const disk = await testStore(placement);
  const scene: Scene = {
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

async function reported({ crm, store, selection }: Scene, change: Partial<SyncRun> = {}) {
  const report = newReport();
  const before = crm.connector.calls();
  const failure: unknown = await runSync({
    connector: crm.connector,
    store,
    clock: crm.sandbox.org.clock,
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

export interface Compared {
  /** Raw names of the fields beyond the model that are copied. */
  extra?: Partial<Record<ObjectKind, readonly string[]>>;
  /** Names of the model that are not copied, or not visible. */
  without?: readonly string[];
  /** The rows that are to be copied; all that the user may see when left out. */
  where?: (row: Row, object: ObjectKind) => boolean;
}

type Content = Map<string, Record<string, unknown>>;

/** What the copy holds of an object, by id. */
export async function contentOf(store: RecordStore, object: ObjectKind): Promise<Content> {
  const found: Content = new Map();
  for await (const records of store.all(object)) {
    for (const { id, modifiedAt, fields, custom } of records) {
      const values = fields as unknown as Record<string, FieldValue>;
      const copied = Object.keys(COPIED[object]).map((name) => [name, values[name]]);
      found.set(id, { modifiedAt, ...Object.fromEntries(copied), ...custom });
    }
  }
  return found;
}

/** Rows of an object that a copy of everything holds. */
export function visibleRows(crm: SalesforceTest, object: ObjectKind): Row[] {
  const { org } = crm.sandbox;
  const hidden = org.hidden(SALESFORCE[object]);
  return org
    .rows(SALESFORCE[object])
    .filter(({ Id }) => !hidden.has(Id))
    .filter((row) => (object !== 'user' || row.UserType === 'Standard') && (object !== 'lead' || row.IsConverted !== true));
}

const FLAGS = ['converted', 'doNotCall', 'emailOptOut', 'closed', 'won'];

/** What the copy should hold. */
export function expectedOf(crm: SalesforceTest, object: ObjectKind, compared: Compared = {}): Content {
  const { extra = {}, without = [], where = () => true } = compared;
  const rows = visibleRows(crm, object).filter((row) => where(row, object));
  return new Map(
    rows.map((row) => {
      const empty = (name: string) => (FLAGS.includes(name) ? false : null);
      const fields = Object.entries(COPIED[object]).map(([name, raw]) => [
        name,
        without.includes(name) ? empty(name) : (row[raw] ?? empty(name)),
      ]);
      const custom = (extra[object] ?? []).flatMap((name) =>
        row[name] === undefined || row[name] === null ? [] : [[name, row[name]]],
      );
      const modifiedAt = new Date(String(row.SystemModstamp).replace('+0000', 'Z')).toISOString();
      return [row.Id, { modifiedAt, ...Object.fromEntries(fields), ...Object.fromEntries(custom) }];
    }),
  );
}

/** The copy holds what the CRM holds, record by record and field by field, and counts it right. */
export async function expectEqual({ crm, store }: Scene, compared: Compared = {}): Promise<void> {
  for (const object of OBJECTS) {
    const expected = expectedOf(crm, object, compared);
    expect(await contentOf(store, object), object).toEqual(expected);
    expect((await store.counts())[object], `count of ${object}`).toBe(expected.size);
  }
}

/** What is stored of an object beside its records. */
export async function storedOf({ store }: Scene, object: ObjectKind) {
  const stored = readStored(await store.checkpoint(object));
  if (!stored) throw new Error(`nothing is stored of ${object}`);
  return stored;
}

/** The first row of an object that `where` fits. */
export function rowOf({ crm }: Scene, object: ObjectKind, where: (row: Row) => boolean = () => true): Row {
  const row = visibleRows(crm, object).find(where);
  if (!row) throw new Error(`the org has no such ${object}`);
  return row;
}

/** Everything that lies on the disk, opened and as one text: also what newer versions hide from a reader. */
export async function textOnDisk({ disk: { db, root } }: Scene): Promise<string> {
  const cipher = createCipher(root);
  const runs = createSealedRuns(db, cipher, 'c1');
  const manifest = (await createSealedBoxes(db, cipher, 'c1').get('manifest')) as Manifest;
  const text: string[] = [];
  let cells = 0;
  for (const table of TABLES) {
    for (const run of manifest.tables[table].runs) {
      for (let cell = 0; cell < 2 ** run.bits; cell += 1, cells += 1) {
        text.push(`${table}: ${JSON.stringify(await runs.readCell(table, run, cell))}`);
      }
    }
  }
  expect(await db.cells.count(), 'cells that no run has').toBe(cells);
  return text.join('\n');
}
