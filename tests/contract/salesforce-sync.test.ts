import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import type { Progress } from '@/lib/sync/progress';
import {
  contentOf,
  expectedOf,
  expectEqual,
  HOUR,
  MINUTE,
  rowOf,
  salesforceScene,
  SMALL,
  storedOf,
  whole,
} from './salesforce-scene';

/** Calls of a run that finds nothing to do: two times a composite for fields and changes, two times one for counts and deletions. */
const IDLE_CALLS = 4;

describe('syncing Salesforce', () => {
  describe('given an empty copy', () => {
    it('holds every record of the CRM after the first run, over several pages each', async () => {
      const scene = await salesforceScene();
      const report = await whole(scene.sync());
      await expectEqual(scene);
      expect(report.skipped).toBe(0);
      expect(report.received).toBe(OBJECTS.reduce((sum, object) => sum + expectedOf(scene.crm, object).size, 0));
    });

    it('reads what is small by pages and makes no job for it', async () => {
      const scene = await salesforceScene();
      await whole(scene.sync());
      expect(scene.crm.sandbox.log.matching(/jobs\/query/)).toEqual([]);
      expect(scene.crm.sandbox.log.matching(/\/query\/0r8/).length).toBeGreaterThan(4);
    });

    it('goes on after the last record, not the last cursor, when the CRM has dropped it', async () => {
      const scene = await salesforceScene();
      let pages = 0;
      const onProgress = () => {
        pages += 1;
        if (pages % 5 === 0) scene.crm.sandbox.expireCursors();
      };
      await whole(scene.sync({ onProgress }));
      await expectEqual(scene);
      expect(scene.crm.sandbox.log.requests.some(({ status, path }) => status === 400 && path.includes('0r8'))).toBe(true);
    });

    it('tells a progress that ends at its total, which was known from the start', async () => {
      const scene = await salesforceScene();
      const seen: Progress[] = [];
      const report = await whole(scene.sync({ onProgress: (progress) => seen.push(progress) }));
      expect(seen[0]?.overallTotal).toBe(report.received);
      expect(seen.at(-1)).toMatchObject({ overallDone: report.received, overallTotal: report.received });
    });
  });

  describe('given a copy that is whole', () => {
    const wholeScene = async (options = {}) => {
      const scene = await salesforceScene({ ...SMALL, ...options });
      await whole(scene.sync());
      scene.crm.sandbox.org.clock.advance(HOUR);
      scene.crm.sandbox.log.clear();
      return scene;
    };

    it('costs four calls when nothing has changed, re-reads nothing and writes down how far it is', async () => {
      const scene = await wholeScene();
      const before = await storedOf(scene, 'contact');
      const report = await whole(scene.sync());
      expect(report).toMatchObject({ received: 0, deleted: 0, calls: IDLE_CALLS });
      expect(scene.crm.sandbox.log.requests.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual(
        Array.from({ length: IDLE_CALLS }, () => 'POST composite'),
      );
      const after = await storedOf(scene, 'contact');
      expect(after.checkpoint.coveredUntil).toBe('2026-06-01T09:50:00.000Z');
      expect(after.checkpoint.deletedUntil).toBe('2026-06-01T10:00:00.000Z');
      expect(after.compared).toEqual(before.compared);
    });

    it('costs one call more a day later, when the login has to be renewed, and still re-reads nothing', async () => {
      const scene = await wholeScene({ accessTokenSeconds: 7200 });
      scene.crm.sandbox.org.clock.advance(24 * HOUR);
      expect(await whole(scene.sync())).toMatchObject({ received: 0, deleted: 0, calls: IDLE_CALLS + 1 });
    });

    it('asks for descriptions only if they have changed since the last time', async () => {
      const scene = await wholeScene();
      await whole(scene.sync());
      const asked = scene.crm.sandbox.log.requests.flatMap(({ body }) => JSON.parse(body).compositeRequest);
      const descriptions = asked.filter(({ url }: { url: string }) => url.endsWith('/describe'));
      expect(descriptions).toHaveLength(OBJECTS.length);
      for (const { httpHeaders } of descriptions) {
        expect(httpHeaders).toEqual({ 'If-Modified-Since': 'Mon, 01 Jun 2026 09:00:00 GMT' });
      }
    });

    it('follows changes, additions and deletions, and brings little more than those', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      const account = rowOf(scene, 'account');
      const contact = rowOf(scene, 'contact', ({ AccountId }) => AccountId === account.Id);
      const gone = rowOf(scene, 'account', ({ Id }) => Id !== account.Id);
      org.update('Account', account.Id, { Name: 'Renamed', Website: 'https://renamed-co.com' });
      org.update('Contact', contact.Id, { Title: 'Chief Tester' });
      const added = org.insert('Account', { Name: 'Brand New', Website: 'brand-new-co.com' });
      org.remove('Account', gone.Id);
      org.clock.advance(30 * MINUTE);

      const report = await whole(scene.sync());

      await expectEqual(scene);
      expect(report).toMatchObject({ received: 3, calls: IDLE_CALLS });
      expect(report.deleted).toBeGreaterThan(0);
      expect(await scene.store.accountsAt('renamed-co.com')).toEqual([account.Id]);
      expect(await scene.store.accountsAt('brand-new-co.com')).toEqual([added.Id]);
    });

    it('takes a change that was committed late, under a stamp from before the last run', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      await whole(scene.sync());
      const late = new Date(org.clock.now() - 9 * MINUTE).toISOString().replace('Z', '+0000');
      org.update('Account', rowOf(scene, 'account').Id, { Name: 'Committed late', SystemModstamp: late });
      org.clock.advance(HOUR);
      expect((await whole(scene.sync())).received).toBe(1);
      await expectEqual(scene);
    });

    it('loses no record of a data load that stamped all of them alike, over many pages', async () => {
      const scene = await wholeScene();
      const { org } = scene.crm.sandbox;
      for (const { Id } of org.rows('Contact').slice(0, 70)) org.update('Contact', Id, { Title: 'Loaded' });
      org.clock.advance(HOUR);
      expect((await whole(scene.sync())).received).toBe(70);
      await expectEqual(scene);
    });

    it('loses no record among equal stamps when it is cut off between two of them', async () => {
      const scene = await wholeScene();
      const { org, faults } = scene.crm.sandbox;
      for (const { Id } of org.rows('Contact').slice(0, 70)) org.update('Contact', Id, { Title: 'Loaded' });
      org.clock.advance(HOUR);
      const planted = faults.next({ kind: 'drop', match: { path: /\/query\/0r8/ }, skip: 1, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync({ batchRecords: 10 })).failure).toMatchObject({ code: 'crm.offline' });
      expect((await storedOf(scene, 'contact')).checkpoint.pull?.after).toMatchObject({ stamp: '2026-06-01T10:00:00.000Z' });
      planted.remove();
      scene.restart();
      expect((await whole(scene.sync())).received).toBe(20);
      await expectEqual(scene);
    });
  });

  describe('given a run that is cut off', () => {
    it.each([0, 1, 2, 5, 9])('goes on after the last batch and ends with the same copy, cut at page %i', async (skip) => {
      const scene = await salesforceScene();
      const { faults } = scene.crm.sandbox;
      const planted = faults.next({ kind: 'drop', match: { path: /\/query\/0r8/ }, skip, times: Number.POSITIVE_INFINITY });
      const first = await scene.sync({ batchRecords: 25 });
      expect(first.failure).toMatchObject({ code: 'crm.offline' });
      planted.remove();
      scene.restart();
      const stored = Object.values(await scene.store.counts()).reduce((sum, count) => sum + count, 0);
      const second = await whole(scene.sync({ batchRecords: 25 }));
      await expectEqual(scene);
      const all = OBJECTS.reduce((sum, object) => sum + expectedOf(scene.crm, object).size, 0);
      expect(second.received).toBe(all - stored);
    });
  });

  describe('given an answer that is faulty once', () => {
    it.each(['html', 'maintenance', 'truncate', 'drop', 'too-many-requests', 'server-error', 'session-expired'] as const)(
      'asks again and comes to its end: %s',
      async (kind) => {
        const scene = await salesforceScene();
        const planted = scene.crm.sandbox.faults.next({ kind, match: { path: /\/composite|\/query/ }, skip: 3 });
        await whole(scene.sync());
        await expectEqual(scene);
        expect(planted.hits).toBe(1);
      },
    );
  });

  describe('given answers that stay faulty', () => {
    it.each([
      ['html', 'crm.answer-unreadable', 4],
      ['maintenance', 'crm.unavailable', 4],
      ['truncate', 'crm.answer-unreadable', 4],
      ['drop', 'crm.offline', 4],
      ['api-limit', 'crm.limit', 1],
      ['too-many-requests', 'crm.busy', 4],
      ['server-error', 'crm.unavailable', 4],
    ] as const)('says so after some patience and leaves the copy as it was: %s', async (kind, code, tries) => {
      const scene = await salesforceScene();
      await whole(scene.sync());
      const before = await contentOf(scene.store, 'account');
      const { org, faults } = scene.crm.sandbox;
      org.clock.advance(HOUR);
      org.update('Account', rowOf(scene, 'account').Id, { Name: 'Not seen yet' });
      const planted = faults.next({ kind, match: { path: /\/composite$/ }, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync()).failure).toMatchObject({ code });
      expect(planted.hits).toBe(tries);
      expect(await contentOf(scene.store, 'account')).toEqual(before);
      planted.remove();
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it.each(['no-id', 'name-is-object', 'modstamp-is-garbage'] as const)(
      'leaves out a malformed record, counts it, and does not compare all ids for it ever after: %s',
      async (damage) => {
        const scene = await salesforceScene({ ...SMALL, pageSize: 2000 });
        const { faults, org } = scene.crm.sandbox;
        const accounts = { path: /\/query\?.*FROM(?:%20|\+)Account/ };
        faults.next({ kind: 'malformed-record', damage, index: 5, match: accounts });
        const report = await whole(scene.sync());
        expect(report.skipped).toBe(1);
        expect((await scene.store.counts()).account).toBe(expectedOf(scene.crm, 'account').size - 1);
        // One comparison finds out what the difference of the counts is; the same difference is no reason for another.
        for (const calls of [IDLE_CALLS + 2, IDLE_CALLS, IDLE_CALLS]) {
          org.clock.advance(HOUR);
          faults.next({ kind: 'malformed-record', damage, match: { path: /\/query\?.*WHERE(?:%20|\+)Id(?:%20|\+)IN/ } });
          expect(await whole(scene.sync())).toMatchObject({ calls, deleted: 0 });
        }
        expect((await scene.store.counts()).account).toBe(expectedOf(scene.crm, 'account').size - 1);
      },
    );
  });
});
