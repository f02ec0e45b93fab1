import { describe, expect, it } from 'vitest';
import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { runSync } from '@/lib/sync/engine';
import type { RecordStore } from '@/lib/storage/record-store';
import { salesforceTest, type SalesforceTest } from '../builders/salesforce';
import { testStore } from '../builders/store';

const SALESFORCE: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

const clock = { now: () => Date.now() };
const MINUTE = 60_000;

const sync = (crm: SalesforceTest, store: RecordStore) =>
  runSync({ connector: crm.connector, store, clock, onProgress: () => undefined, signal: new AbortController().signal });

/** Ids and change stamps of what the copy holds, by object. */
async function held(store: RecordStore, object: ObjectKind): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const records of store.all(object)) for (const one of records) found.set(one.id, one.modifiedAt);
  return found;
}

function inCrm(crm: SalesforceTest, object: ObjectKind): Map<string, string> {
  const rows = crm.sandbox.org.rows(SALESFORCE[object]).filter((row) => object !== 'user' || row.UserType === 'Standard');
  return new Map(rows.map((row) => [String(row.Id), new Date(String(row.SystemModstamp).replace('+0000', 'Z')).toISOString()]));
}

async function expectEqual(crm: SalesforceTest, store: RecordStore): Promise<void> {
  for (const object of OBJECTS) expect(await held(store, object), object).toEqual(inCrm(crm, object));
}

const small = { seed: 7, accounts: 120, pageSize: 90 };

describe('syncing Salesforce', () => {
  describe('given an empty copy', () => {
    it('holds every record of the CRM after the first run, over several pages each', async () => {
      const crm = await salesforceTest(small);
      const { store } = await testStore(placement);
      const report = await sync(crm, store);
      await expectEqual(crm, store);
      expect(report.skipped).toBe(0);
      expect(report.upserted).toBe(OBJECTS.reduce((sum, object) => sum + inCrm(crm, object).size, 0));
      const account = crm.sandbox.org.rows('Account')[3];
      const copied = await store.get('account', String(account?.Id));
      expect(copied?.fields).toMatchObject({ name: account?.Name, website: account?.Website ?? null, ownerId: account?.OwnerId });
    });
  });

  describe('given a copy that is whole', () => {
    it('asks only for what changed, and follows changes, additions and deletions', async () => {
      const crm = await salesforceTest({ ...small, now: Date.parse('2026-06-01T09:00:00Z') });
      const { store } = await testStore(placement);
      await sync(crm, store);
      const { org } = crm.sandbox;
      org.clock.advance(60 * MINUTE);
      const [account, gone] = org.rows('Account');
      const contact = org.rows('Contact').find((row) => row.AccountId === account?.Id) ?? org.rows('Contact')[0];
      org.update('Account', String(account?.Id), { Name: 'Renamed', Website: 'https://renamed-co.com' });
      org.update('Contact', String(contact?.Id), { Title: 'Chief Tester' });
      org.insert('Account', { Name: 'Brand New', Website: 'brand-new-co.com' });
      org.remove('Account', String(gone?.Id));
      org.clock.advance(30 * MINUTE);

      const report = await sync(crm, store);

      await expectEqual(crm, store);
      expect(report.received).toBeLessThan(20);
      expect(report.deleted).toBeGreaterThan(0);
      expect((await store.get('contact', String(contact?.Id)))?.fields.title).toBe('Chief Tester');
      expect(await store.accountsAt('renamed-co.com')).toEqual([account?.Id]);
      expect(await store.accountsAt('brand-new-co.com')).toHaveLength(1);
    });

    it('costs eleven calls when nothing changed: a query an object, and the deletions of five', async () => {
      const crm = await salesforceTest({ ...small, now: Date.parse('2026-06-01T09:00:00Z') });
      const { store } = await testStore(placement);
      await sync(crm, store);
      crm.sandbox.org.clock.advance(60 * MINUTE);
      const report = await sync(crm, store);
      expect(report).toMatchObject({ received: 0, upserted: 0, deleted: 0, calls: 11 });
    });

    it('compares all ids when the CRM no longer remembers the deletions', async () => {
      const crm = await salesforceTest({ ...small, now: Date.parse('2026-06-01T09:00:00Z') });
      const { store } = await testStore(placement);
      await sync(crm, store);
      const [gone] = crm.sandbox.org.rows('Lead');
      crm.sandbox.org.remove('Lead', String(gone?.Id));
      crm.sandbox.org.clock.advance(40 * 24 * 60 * MINUTE);
      await sync(crm, store);
      await expectEqual(crm, store);
    });
  });

  describe('given a run that is cut off', () => {
    it('goes on after the last batch and ends with the same copy', async () => {
      const crm = await salesforceTest(small);
      const { store, reopen } = await testStore(placement);
      crm.sandbox.faults.next({ kind: 'drop', match: { path: /query\/0r8/ }, skip: 2 });
      await expect(sync(crm, store)).rejects.toMatchObject({ code: 'crm.offline' });
      const again = reopen();
      await sync(crm, again);
      await expectEqual(crm, again);
    });

    it('survives a query cursor that the CRM has dropped', async () => {
      const crm = await salesforceTest(small);
      const { store } = await testStore(placement);
      let pages = 0;
      await runSync({
        connector: crm.connector,
        store,
        clock,
        signal: new AbortController().signal,
        onProgress: () => {
          pages += 1;
          if (pages === 4) crm.sandbox.expireCursors();
        },
      });
      await expectEqual(crm, store);
    });
  });

  describe('given a faulty answer', () => {
    it.each([
      ['html', 'crm.answer-unreadable'],
      ['maintenance', 'crm.unavailable'],
      ['truncate', 'crm.answer-unreadable'],
      ['drop', 'crm.offline'],
      ['api-limit', 'crm.limit'],
      ['too-many-requests', 'crm.busy'],
      ['server-error', 'crm.unavailable'],
    ] as const)('says so and leaves the copy as it was: %s', async (kind, code) => {
      const crm = await salesforceTest({ ...small, now: Date.parse('2026-06-01T09:00:00Z') });
      const { store } = await testStore(placement);
      await sync(crm, store);
      const before = await held(store, 'account');
      crm.sandbox.org.clock.advance(60 * MINUTE);
      const [account] = crm.sandbox.org.rows('Account');
      crm.sandbox.org.update('Account', String(account?.Id), { Name: 'Not seen yet' });
      crm.sandbox.faults.next({ kind, match: { path: /\/query\?/ }, skip: 1, times: 1 });
      await expect(sync(crm, store)).rejects.toMatchObject({ code });
      expect(await held(store, 'account')).toEqual(before);
      await sync(crm, store);
      await expectEqual(crm, store);
    });

    it.each(['no-id', 'name-is-object', 'modstamp-is-garbage'] as const)(
      'leaves out a malformed record and counts it: %s',
      async (damage) => {
        const crm = await salesforceTest({ seed: 7, accounts: 40 });
        const { store } = await testStore(placement);
        crm.sandbox.faults.next({
          kind: 'malformed-record',
          damage,
          index: 5,
          match: { path: /\/query\?/ },
          skip: OBJECTS.length + 1,
        });
        const report = await sync(crm, store);
        expect(report.skipped).toBe(1);
        expect((await held(store, 'account')).size).toBe(inCrm(crm, 'account').size - 1);
      },
    );
  });

  describe('given an access token that has expired', () => {
    it('refreshes it once, keeps the rotated refresh token, and goes on', async () => {
      const crm = await salesforceTest(small);
      const { store } = await testStore(placement);
      const before = crm.session();
      crm.sandbox.tokens.expireAccessTokens();
      await sync(crm, store);
      await expectEqual(crm, store);
      expect(crm.session().refreshToken).not.toBe(before.refreshToken);
      expect(crm.sandbox.log.matching(/oauth2\/token/)).toHaveLength(2);
    });

    it('asks to reconnect when the refresh token is dead too', async () => {
      const crm = await salesforceTest(small);
      const { store } = await testStore(placement);
      crm.sandbox.tokens.revokeAll();
      await expect(sync(crm, store)).rejects.toMatchObject({ code: 'auth.reconnect' });
    });
  });
});
