import { describe, expect, it } from 'vitest';
import { OBJECTS } from '@/lib/crm/records';
import type { FaultKind } from '../sandbox-crm/http/faults.ts';
import {
  expectedOf,
  expectEqual,
  JOB_RESULTS as RESULTS,
  jobScene,
  jobsMade as created,
  type Scene,
  salesforceScene,
  SMALL,
  storedOf,
  visibleRows,
  whole,
} from './salesforce-scene';

const FOR_EVER = Number.POSITIVE_INFINITY;
const deleted = ({ crm }: Scene) => crm.sandbox.log.matching(/^DELETE .*\/jobs\/query\//);
const all = ({ crm }: Scene) => OBJECTS.reduce((sum, object) => sum + expectedOf(crm, object).size, 0);

describe('a large first sync of Salesforce', () => {
  it('makes a job of 20,000 records and takes fewer by pages, in the calls that this needs and no more', async () => {
    const sizes = { accounts: 3, contacts: 20_000, leads: 21_800, opportunities: 3, tasks: 3 };
    const scene = await salesforceScene({ seed: 3, ...sizes, now: SMALL.now ?? 0, frozen: true });
    const { org, log } = scene.crm.sandbox;
    for (const { Id } of visibleRows(scene.crm, 'lead').slice(19_999)) org.remove('Lead', Id);
    expect(visibleRows(scene.crm, 'contact')).toHaveLength(20_000);
    expect(visibleRows(scene.crm, 'lead')).toHaveLength(19_999);
    log.clear();
    const { calls } = await whole(scene.sync());
    expect(created(scene).map(({ body }) => JSON.parse(body).query)).toEqual([expect.stringContaining('FROM Contact')]);
    const opening = 3;
    const job = { create: 1, polls: 2, parts: 1, delete: 1 };
    const pages = { users: 1, accounts: 1, leads: 10, opportunities: 1, tasks: 1 };
    const sum = (counts: Record<string, number>) => Object.values(counts).reduce((total, count) => total + count, 0);
    expect(calls).toBe(opening + sum(job) + sum(pages));
    await expectEqual(scene);
  });

  it('reads the result in parts, in steps of whole groups, and deletes the job', async () => {
    const scene = await jobScene();
    await whole(scene.sync());
    await expectEqual(scene);
    expect(created(scene)).toHaveLength(5);
    const results = scene.crm.sandbox.log.matching(RESULTS).filter(({ path }) => path.includes('750gK0000000002'));
    expect(results.map(({ search }) => new URLSearchParams(search).get('maxRecords'))).toEqual(['40', '40', '40', '40']);
    expect(deleted(scene).map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
  });

  it('deletes the job only when all of its records are on disk', async () => {
    const onDisk: unknown[] = [];
    const scene: Scene = await jobScene({
      async beforeRequest(request) {
        if (!request.startsWith('DELETE')) return;
        const counts = await scene.disk.reopen().counts();
        onDisk.push(Object.values(counts).filter((count) => count > 0).length);
      },
    });
    await whole(scene.sync());
    // Users come first and have no job; behind them one object more is whole at each deletion.
    expect(onDisk).toEqual([2, 3, 4, 5, 6]);
  });

  describe('given a job that is cut off', () => {
    const CUTS: [string, FaultKind, RegExp, number][] = [
      ['while it is made', { kind: 'drop' }, /\/jobs\/query$/, 0],
      ['while it is waited for', { kind: 'drop' }, /\/jobs\/query\/\w+$/, 1],
      ['at its first part', { kind: 'drop' }, RESULTS, 0],
      ['between two parts', { kind: 'drop' }, RESULTS, 2],
      ['within a part', { kind: 'drop', afterBytes: 900 }, RESULTS, 1],
      ['by a part that ends early', { kind: 'truncate' }, RESULTS, 1],
      ['by a part that ends within a value', { kind: 'truncate', afterBytes: 777 }, RESULTS, 2],
      ['by a page of a proxy', { kind: 'html' }, RESULTS, 3],
      ['by maintenance', { kind: 'maintenance' }, RESULTS, 3],
    ];

    it.each(CUTS)('goes on behind its last row when that happens once: %s', async (_, fault, path, skip) => {
      const scene = await jobScene();
      const planted = scene.crm.sandbox.faults.next({ ...fault, match: { path }, skip });
      const report = await whole(scene.sync({ batchRecords: 10 }));
      expect(planted.hits).toBe(1);
      expect(report.received).toBe(all(scene));
      await expectEqual(scene);
      expect(created(scene).filter(({ status }) => status === 200)).toHaveLength(5);
    });

    it.each(CUTS)('goes on with the same job in the next worker: %s', async (_, fault, path, skip) => {
      const scene = await jobScene();
      const { faults } = scene.crm.sandbox;
      // Small pieces make positions within a part.
      faults.next({ kind: 'slow', bytesPerPiece: 400, pauseMs: 0, match: { path: RESULTS }, times: FOR_EVER });
      const planted = faults.next({ ...fault, match: { path }, skip, times: FOR_EVER });
      const first = await scene.sync({ batchRecords: 10 });
      expect(first.failure).toMatchObject({ name: 'AppError' });
      planted.remove();
      scene.restart();
      const second = await whole(scene.sync({ batchRecords: 10 }));
      await expectEqual(scene);
      expect(first.received + second.received).toBe(all(scene));
      expect(created(scene).filter(({ status }) => status === 200)).toHaveLength(5);
      expect(deleted(scene)).toHaveLength(5);
    });

    it.each([2, 3, 5, 6, 8, 12, 14, 22])('goes on with the same job when the run is ended at request %i', async (number) => {
      const ended = new AbortController();
      let requests = 0;
      const scene = await jobScene({
        beforeRequest(request) {
          if (!request.includes('/jobs/')) return;
          requests += 1;
          if (requests === number) ended.abort();
        },
      });
      const first = await scene.sync({ batchRecords: 10, signal: ended.signal });
      expect(ended.signal.aborted).toBe(true);
      expect(first.failure).toBe(ended.signal.reason);
      scene.restart();
      const second = await whole(scene.sync({ batchRecords: 10 }));
      await expectEqual(scene);
      expect(first.received + second.received).toBe(all(scene));
      expect(created(scene).filter(({ status }) => status === 200)).toHaveLength(5);
    });
  });

  describe('given a job that is lost', () => {
    /** A run that ends within the result of the job for Contacts, with rows of it on disk. */
    const cutOff = async () => {
      const scene = await jobScene();
      const { faults, log } = scene.crm.sandbox;
      faults.next({ kind: 'slow', bytesPerPiece: 400, pauseMs: 0, match: { path: RESULTS }, times: FOR_EVER });
      const planted = faults.next({ kind: 'drop', match: { path: RESULTS }, skip: 4, times: FOR_EVER });
      await scene.sync({ batchRecords: 10 });
      planted.remove();
      expect((await storedOf(scene, 'contact')).checkpoint.pull?.job).toMatchObject({ locator: expect.any(String) });
      scene.restart();
      log.clear();
      return scene;
    };

    it('takes the pages when the CRM has forgotten it after a week', async () => {
      const scene = await cutOff();
      scene.crm.sandbox.expireJobs();
      await whole(scene.sync({ batchRecords: 10 }));
      await expectEqual(scene);
    });

    it.each([404, 409, 400])('takes the pages when the CRM answers %i to its result', async (status) => {
      const scene = await cutOff();
      const body = JSON.stringify([{ errorCode: 'API_ERROR', message: 'm' }]);
      const headers = { 'content-type': 'application/json' };
      scene.crm.sandbox.faults.next({ kind: 'answer', status, body, headers, match: { path: RESULTS } });
      await whole(scene.sync({ batchRecords: 10 }));
      await expectEqual(scene);
    });

    it('takes the pages when the job fails in the CRM', async () => {
      const scene = await jobScene();
      const planted = scene.crm.sandbox.faults.next({ kind: 'job-failed', match: { path: /\/jobs\/query$/ } });
      await whole(scene.sync());
      expect(planted.hits).toBe(1);
      await expectEqual(scene);
      expect(scene.crm.sandbox.log.matching(/\/query\?.*FROM%20Account/).length).toBeGreaterThan(0);
    });

    it('takes the pages when an administrator aborts the job', async () => {
      const scene: Scene = await jobScene({
        async beforeRequest(request) {
          const [, path] = /^GET (\/services\/data\/v[\d.]+\/jobs\/query\/750gK0000000001\w+)$/.exec(request) ?? [];
          if (!path) return;
          const url = scene.crm.session().instanceUrl + path;
          const authorization = `Bearer ${scene.crm.session().accessToken}`;
          await scene.crm.sandbox.fetch(url, {
            method: 'PATCH',
            body: '{"state":"Aborted"}',
            headers: { authorization, 'content-type': 'application/json' },
          });
        },
      });
      await whole(scene.sync());
      await expectEqual(scene);
      expect(scene.crm.sandbox.log.matching(/\/query\?.*FROM%20Account/).length).toBeGreaterThan(0);
    });

    it('takes the pages when this user may make no jobs', async () => {
      const scene = await jobScene();
      const body = JSON.stringify([{ errorCode: 'API_DISABLED_FOR_ORG', message: 'm' }]);
      const headers = { 'content-type': 'application/json' };
      const match = { path: /\/jobs\/query$/ };
      scene.crm.sandbox.faults.next({ kind: 'answer', status: 403, body, headers, match, times: FOR_EVER });
      await whole(scene.sync());
      await expectEqual(scene);
    });
  });
});
