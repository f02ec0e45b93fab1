import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector } from '@/lib/connectors/connector';
import { createSampleConnector, SAMPLE_USER_ID } from '@/lib/connectors/sample';
import { type AnyRecord, OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { findAccounts } from '@/lib/matching/match-site';
import { placement } from '@/lib/matching/placement';
import { NO_DECISIONS } from '@/lib/matching/site-decisions';
import { siteOf } from '@/lib/matching/site-identity';
import type { RecordStore } from '@/lib/storage/record-store';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import { runSync } from '@/lib/sync/engine';
import { newReport } from '@/lib/sync/run-report';
import { sampleKeeper } from '../builders/sample';
import { testStore } from '../builders/store';
import { DAY } from './salesforce-scene';

const ADDED = '2026-06-01T09:00:00.000Z';
const sample = () =>
  createSampleConnector({ connectionId: 'c1', since: ADDED, keeper: sampleKeeper(), clock: { now: () => Date.parse(ADDED) } });

let connector: Connector;
let store: RecordStore;
let selection: Selection;

beforeEach(async () => {
  connector = sample();
  store = (await testStore(placement)).store;
  selection = defaultSelection();
});

/** One run of the real engine, some days after the sample was added. */
async function sync(days = 0) {
  const report = newReport();
  await runSync({
    connector,
    store,
    clock: { now: () => Date.parse(ADDED) + days * DAY },
    selection,
    batchRecords: 20_000,
    approved: new Set(),
    overtaken: () => false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    report,
  });
  const sum = (what: 'received' | 'deleted') => Object.values(report.objects).reduce((all, one) => all + one[what], 0);
  return { ...report, received: sum('received'), deleted: sum('deleted') };
}

async function copied(object: ObjectKind): Promise<AnyRecord[]> {
  const all: AnyRecord[] = [];
  // The store gives records of the object that it is asked for, which TypeScript cannot follow through the union.
  for await (const records of store.all(object)) all.push(...(records as unknown as AnyRecord[]));
  return all;
}

const byId = (records: readonly AnyRecord[]) => new Map(records.map((record) => [record.id, record]));

describe('the sample CRM, by the real engine', () => {
  it('fills an empty copy with companies, people, deals, tasks and leads that hang together', async () => {
    const report = await sync();
    expect(report).toMatchObject({ skipped: 0, held: [], unavailable: [], deleted: 0 });
    const counts = await store.counts();
    expect(counts.account).toBeGreaterThan(60);
    expect(counts.contact).toBeGreaterThan(200);
    for (const object of OBJECTS) expect(counts[object], object).toBeGreaterThan(3);
    const accounts = byId(await copied('account'));
    const users = byId(await copied('user'));
    for (const object of ['contact', 'opportunity', 'task'] as const) {
      for (const record of await copied(object)) {
        expect(accounts.has(String((record.fields as { accountId: string }).accountId)), record.id).toBe(true);
      }
    }
    for (const { fields } of accounts.values()) expect(users.has(String((fields as { ownerId: string }).ownerId))).toBe(true);
  });

  it('gives the same records at every worker start, whatever the day', async () => {
    await sync();
    const before = await copied('contact');
    connector = sample();
    await sync(3);
    expect(await copied('contact')).toEqual(before);
  });

  it('has nothing new on the next day, and costs no call', async () => {
    await sync();
    connector = sample();
    expect(await sync(1)).toMatchObject({ received: 0, deleted: 0 });
    expect(connector.calls()).toBe(0);
    expect(connector.usage()).toBeNull();
  });

  it('survives the weekly comparison of all ids', async () => {
    await sync();
    const before = await store.counts();
    expect(await sync(8)).toMatchObject({ received: 0, deleted: 0, held: [] });
    expect(await store.counts()).toEqual(before);
  });

  it('names the stages of its opportunities in their order', async () => {
    await sync();
    const stages = readCheckpoint(await store.checkpoint('opportunity'))?.stages ?? [];
    expect(stages.at(0)).toBe('Qualification');
    for (const { fields } of await copied('opportunity')) expect(stages).toContain((fields as { stage: string }).stage);
  });

  it.each(['airbus.com', 'www.siemens.com', 'shop.puma.com'])('matches %s by its website', async (host) => {
    await sync();
    const site = siteOf(`https://${host}/`);
    if (!site) throw new Error(host);
    const { matches } = await findAccounts(site, { store, decisions: NO_DECISIONS, me: SAMPLE_USER_ID });
    expect(matches.length).toBeGreaterThan(0);
  });

  describe('shows nobody who exists', () => {
    it('has e-mail addresses at reserved names only, and numbers that nobody has', async () => {
      await sync();
      for (const { fields } of [...(await copied('contact')), ...(await copied('lead'))]) {
        const { email, phone } = fields as { email: string; phone: string };
        expect(email).toMatch(/^[a-z]+\.[a-z]+@[a-z0-9-]+\.example$/);
        expect(phone).toMatch(/^\+1 202-555-01\d\d$/);
      }
    });
  });

  describe('given another selection', () => {
    it('copies the user’s own Accounts and what hangs on them, and takes the others out of the copy', async () => {
      await sync();
      const all = await store.counts();
      selection.scope.owner = 'mine';
      await sync(1);
      const accounts = byId(await copied('account'));
      expect(accounts.size).toBeGreaterThan(5);
      expect(accounts.size).toBeLessThan(all.account ?? 0);
      for (const { fields } of accounts.values()) expect((fields as { ownerId: string }).ownerId).toBe(SAMPLE_USER_ID);
      for (const { fields } of await copied('contact')) {
        expect(accounts.has(String((fields as { accountId: string }).accountId))).toBe(true);
      }
      selection.scope.owner = 'all';
      await sync(2);
      expect(await store.counts()).toEqual(all);
    });

    it('leaves out a field and brings it back', async () => {
      selection.objects.contact.without = ['phone'];
      await sync();
      const phones = async () => (await copied('contact')).map(({ fields }) => (fields as { phone: string | null }).phone);
      expect(new Set(await phones())).toEqual(new Set([null]));
      selection.objects.contact.without = [];
      await sync(1);
      expect(await phones()).not.toContain(null);
    });

    it('counts what a scope selects, and refuses conditions', async () => {
      const { scope } = selection;
      expect(await connector.preview(scope)).toEqual({ accounts: expect.any(Number) });
      const conditions = [{ field: 'industry', operator: 'is' as const, values: ['Software'] }];
      await expect(connector.preview({ ...scope, conditions })).rejects.toMatchObject({ code: 'selection.invalid' });
    });
  });

  describe('given an Account that is opened', () => {
    const wants = async () =>
      Promise.all(
        OBJECTS.map(async (object) => ({
          object,
          selection: selection.objects[object],
          scope: selection.scope,
          since: readCheckpoint(await store.checkpoint(object)),
        })),
      );

    it('answers live what the copy has', async () => {
      await sync();
      const live = await connector.account({ id: 'sample-account-1', domains: [], leadIds: [] }, await wants());
      expect(live?.records.account).toHaveLength(1);
      const contacts = (await copied('contact')).filter(
        ({ fields }) => (fields as { accountId: string }).accountId === 'sample-account-1',
      );
      expect(byId(live?.records.contact ?? [])).toEqual(byId(contacts));
    });

    it('says that an Account is gone which it never had', async () => {
      await sync();
      expect(await connector.account({ id: 'nobody', domains: [], leadIds: [] }, await wants())).toBeNull();
    });
  });

  it('has no pages to link to and no token to revoke', async () => {
    expect(connector.recordUrl('account', 'sample-account-1')).toBe('');
    expect(await connector.revoke()).toBeNull();
  });
});
