import { expect } from 'vitest';
import { type FieldValue, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { placement } from '@/lib/matching/placement';
import type { RecordStore } from '@/lib/storage/record-store';
import { readStored } from '@/lib/sync/checkpoint';
import { runSync, type SyncRun } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { type HubspotTest, hubspotTest } from '../builders/hubspot';
import { type TestStore, testStore } from '../builders/store';
import type { HubspotOptions } from '../sandbox-crm/hubspot/sandbox.ts';
import type { OwnerRow, Row } from '../sandbox-crm/hubspot/store.ts';

export const HOUR = 3_600_000;

const TYPE: Record<Exclude<ObjectKind, 'user'>, string> = {
  account: 'companies',
  contact: 'contacts',
  lead: 'leads',
  opportunity: 'deals',
  task: 'tasks',
};

/** Some hundred records whose clock stands still; Contacts and Leads need several pages of 200. */
export const SMALL: HubspotOptions = {
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
export interface HubspotScene {
  crm: HubspotTest;
  disk: TestStore;
  store: RecordStore;
  selection: Selection;
  /** One run. What it did is in the report, also when it fails: then as `failure`. */
  sync(change?: Partial<SyncRun>): Promise<Report>;
  /** The worker dies and another one starts: nothing is in memory. */
  restart(): void;
}

type Report = Awaited<ReturnType<typeof reported>>;

export async function hubspotScene(
  options: HubspotOptions = {},
  test: Parameters<typeof hubspotTest>[1] = {},
): Promise<HubspotScene> {
  const crm = await hubspotTest({ ...SMALL, ...options }, test);
  const disk = await testStore(placement);
  const scene: HubspotScene = {
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

async function reported({ crm, store, selection }: HubspotScene, change: Partial<SyncRun> = {}) {
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

type Copied = Record<string, (p: Row['properties'], crm: HubspotTest, id: string) => unknown>;
const STAGES: Record<string, string> = {
  appointmentscheduled: 'Appointment Scheduled',
  qualifiedtobuy: 'Qualified To Buy',
  contractsent: 'Contract Sent',
  closedwon: 'Closed Won',
  closedlost: 'Closed Lost',
  '75443213': 'Up for renewal',
  '75443214': 'Closed Won',
  '75443215': 'Closed Lost',
};
/** Where each copied field comes from, written down a second time. */
const COPIED: Record<Exclude<ObjectKind, 'user'>, Copied> = {
  account: {
    name: (p) => p.name,
    website: (p) => p.domain,
    phone: (p) => p.phone,
    city: (p) => p.city,
    type: (p) => ({ PROSPECT: 'Prospect', PARTNER: 'Partner' })[p.type ?? ''],
    ownerId: (p) => p.hubspot_owner_id,
  },
  contact: {
    name: (p) => `${p.firstname} ${p.lastname}`,
    accountId: (p) => p.associatedcompanyid,
    title: (p) => p.jobtitle,
    email: (p) => p.email,
    phone: (p) => p.phone,
    emailOptOut: (p) => p.hs_email_optout === 'true',
  },
  lead: {
    name: (p) => p.hs_lead_name,
    company: (p) => p.hs_associated_company_name,
    email: (p) => p.hs_associated_contact_email,
    website: (p) => p.hs_associated_company_domain,
    status: (p) => (p.hs_pipeline_stage === 'new-stage-id' ? 'New' : 'Qualified'),
  },
  opportunity: {
    name: (p) => p.dealname,
    accountId: (p) => p.hs_primary_associated_company,
    stage: (p) => STAGES[p.dealstage ?? ''],
    amount: (p) => Number(p.amount),
    currency: () => 'EUR',
    closeOn: () => '2026-08-31',
    closed: (p) => STAGES[p.dealstage ?? '']?.startsWith('Closed'),
    won: (p) => STAGES[p.dealstage ?? ''] === 'Closed Won',
  },
  task: {
    subject: (p) => p.hs_task_subject,
    accountId: (_, { sandbox }, id) => sandbox.store.everLinked('tasks', id, 'companies')[0],
    whoId: (_, { sandbox }, id) => sandbox.store.everLinked('tasks', id, 'contacts')[0],
    whatId: (_, { sandbox }, id) =>
      sandbox.store.everLinked('tasks', id, 'deals')[0] ?? sandbox.store.everLinked('tasks', id, 'companies')[0],
    dueOn: () => '2026-06-15',
    priority: (p) => (p.hs_task_priority === 'HIGH' ? 'High' : null),
    closed: (p) => p.hs_task_status === 'COMPLETED',
  },
};
const USER = {
  name: ({ firstName, lastName }: OwnerRow) => `${firstName} ${lastName}`,
  active: ({ archived }: OwnerRow) => !archived,
};

/** Rows of an object that a copy of everything holds. */
export const visibleRows = ({ sandbox }: HubspotTest, object: Exclude<ObjectKind, 'user'>): Row[] =>
  sandbox.store.rows(TYPE[object]);

/** The copy holds what the CRM holds, record by record and field by field. */
export async function expectEqual(
  { crm, store }: HubspotScene,
  where: (row: Row, object: ObjectKind) => boolean = () => true,
): Promise<void> {
  for (const object of OBJECTS) {
    const expected = object === 'user' ? usersOf(crm) : rowsOf(crm, object, where);
    expect(await contentOf(store, object), object).toEqual(expected);
    expect((await store.counts())[object] ?? 0, `count of ${object}`).toBe(expected.size);
  }
}

function usersOf({ sandbox }: HubspotTest) {
  return new Map(
    sandbox.store.owners.map((one) => [one.id, { modifiedAt: one.updatedAt, name: USER.name(one), active: USER.active(one) }]),
  );
}

function rowsOf(crm: HubspotTest, object: Exclude<ObjectKind, 'user'>, where: (row: Row, object: ObjectKind) => boolean) {
  const rows = visibleRows(crm, object).filter((row) => where(row, object));
  return new Map(
    rows.map((row) => {
      const fields = Object.entries(COPIED[object]).map(([name, from]) => [name, from(row.properties, crm, row.id) ?? null]);
      return [row.id, { modifiedAt: row.updatedAt, ...Object.fromEntries(fields) }] as const;
    }),
  );
}

/** What the copy holds of an object, by id. */
export async function contentOf(store: RecordStore, object: ObjectKind) {
  const found = new Map<string, Record<string, unknown>>();
  for await (const records of store.all(object)) {
    for (const { id, modifiedAt, fields } of records) {
      const values = fields as unknown as Record<string, FieldValue>;
      found.set(id, {
        modifiedAt,
        ...Object.fromEntries(Object.keys(object === 'user' ? USER : COPIED[object]).map((name) => [name, values[name]])),
      });
    }
  }
  return found;
}

/** What is stored of an object beside its records. */
export async function storedOf({ store }: HubspotScene, object: ObjectKind) {
  const stored = readStored(await store.checkpoint(object));
  if (!stored) throw new Error(`nothing is stored of ${object}`);
  return stored;
}

/** The first row of an object that `where` fits. */
export function rowOf(
  { crm }: HubspotScene,
  object: Exclude<ObjectKind, 'user'>,
  where: (row: Row) => boolean = () => true,
): Row {
  const row = visibleRows(crm, object).find(where);
  if (!row) throw new Error(`the CRM has no such ${object}`);
  return row;
}
