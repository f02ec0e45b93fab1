import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector, Page, Pull } from '@/lib/connectors/connector';
import type { ObjectKind } from '@/lib/crm/records';
import { defaultSelection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import { runSync, type SyncRun } from '@/lib/sync/engine';
import type { Progress } from '@/lib/sync/progress';
import { newReport } from '@/lib/sync/run-report';
import { codeOf } from '../../builders/codes';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { createMemoryConnector, createMemoryCrm, type MemoryConnectorOptions } from '../../fakes/memory-connector';

const HOUR = 60 * 60_000;

describe('a sync run', () => {
  let test: TestStore;
  let crm: ReturnType<typeof createMemoryCrm>;
  const connectorWith = (change: Partial<MemoryConnectorOptions> = {}) =>
    createMemoryConnector({ crm, pageSize: 3, deletionWindowMs: HOUR, ...change });
  /** One run with everything selected; gives the report with its sums. */
  async function run(connector: Connector = connectorWith(), change: Partial<SyncRun> = {}) {
    const report = newReport();
    await runSync({
      connector,
      store: test.store,
      clock: fakeClock(),
      selection: defaultSelection(),
      batchRecords: 20_000,
      approved: new Set(),
      overtaken: () => false,
      onProgress: () => undefined,
      signal: new AbortController().signal,
      report,
      ...change,
    });
    const sum = (what: 'received' | 'deleted') => Object.values(report.objects).reduce((all, one) => all + one[what], 0);
    return { ...report, received: sum('received'), deleted: sum('deleted') };
  }
  const checkpoint = async (object: ObjectKind) => readCheckpoint(await test.reopen().checkpoint(object));
  const leads = (count: number) => {
    for (let n = 0; n < count; n += 1) crm.save('lead', `l${n}`, { name: `Lead ${n}` });
  };
  beforeEach(async () => {
    test = await testStore();
    crm = createMemoryCrm();
  });

  describe('given an empty copy', () => {
    it('brings in every record and says how many', async () => {
      leads(8);
      crm.save('account', 'a1', { website: 'acme.com' });
      expect(await run()).toMatchObject({ received: 9, deleted: 0, skipped: 0, unavailable: [], held: [] });
      expect(await test.reopen().counts()).toMatchObject({ lead: 8, account: 1 });
    });

    it('counts each object once, so that progress has a total from the start', async () => {
      leads(4);
      const asked: string[] = [];
      await run(connectorWith({ onCall: (what, object) => asked.push(`${what} ${object}`) }));
      expect(asked.filter((call) => call.startsWith('count'))).toHaveLength(6);
      expect(asked.indexOf('count task')).toBeLessThan(asked.indexOf('page user'));
    });
  });

  describe('given a copy that is whole', () => {
    beforeEach(async () => {
      leads(5);
      await run();
      crm.wait(60_000);
    });

    it('finds nothing to do when nothing has changed', async () => {
      const asked: string[] = [];
      const before = await test.store.counts();
      const report = await run(connectorWith({ onCall: (what) => asked.push(what) }));
      expect(asked).not.toContain('ids');
      expect(report.deleted).toBe(0);
      expect(await test.store.counts()).toEqual(before);
    });

    it('takes what changed and removes what was deleted', async () => {
      crm.save('lead', 'l1', { name: 'Renamed' });
      crm.save('lead', 'l9', { name: 'New' });
      crm.delete('lead', 'l2');
      expect(await run()).toMatchObject({ deleted: 1 });
      expect((await test.store.get('lead', 'l1'))?.fields.name).toBe('Renamed');
      expect(await test.store.get('lead', 'l2')).toBeNull();
      expect(await test.store.counts()).toMatchObject({ lead: 5 });
    });

    it('compares all ids when the CRM cannot tell any more what was deleted', async () => {
      crm.delete('lead', 'l0');
      crm.delete('lead', 'l4');
      crm.wait(2 * HOUR);
      const asked: string[] = [];
      expect(await run(connectorWith({ onCall: (what, object) => asked.push(`${what} ${object}`) }))).toMatchObject({
        deleted: 2,
      });
      expect(asked).toContain('ids lead');
      expect(await test.store.counts()).toMatchObject({ lead: 3 });
    });
  });

  describe('given a run that ends early', () => {
    /** The CRM's clock also drives the engine's, six seconds a call, so that a batch ends at every second page. */
    const slowRun = (onCall: (call: number) => void, signal = new AbortController().signal) => {
      let calls = 0;
      const connector = connectorWith({
        onCall(what) {
          crm.wait(6000);
          if (what === 'page') calls += 1;
          onCall(calls);
        },
      });
      return run(connector, { clock: crm, signal });
    };
    const PAGES_BEFORE_LEADS = 3;

    it('keeps whole batches, and a checkpoint that is not ahead of them, when the CRM fails', async () => {
      leads(20);
      const failing = slowRun((call) => {
        if (call === PAGES_BEFORE_LEADS + 4) throw new AppError('crm.unavailable');
      });
      expect(await codeOf(failing)).toBe('crm.unavailable');
      const stored = (await test.reopen().counts()).lead ?? 0;
      expect(stored).toBeGreaterThan(0);
      expect(stored % 3).toBe(0);
      const sorted = crm
        .rows('lead')
        .map(({ id }) => id)
        .sort();
      expect((await checkpoint('lead'))?.pull?.after?.id).toBe(sorted[stored - 1]);
      expect(await checkpoint('opportunity')).toBeNull();
    });

    it('goes on where it was, and then asks for what changed since it began', async () => {
      leads(20);
      await codeOf(
        slowRun((call) => {
          if (call === PAGES_BEFORE_LEADS + 4) throw new AppError('crm.offline');
        }),
      );
      const stored = (await test.store.counts()).lead ?? 0;
      const asked: string[] = [];
      await run(connectorWith({ onCall: (what, object) => asked.push(`${what} ${object}`) }));
      const before = asked.slice(0, asked.indexOf('page opportunity'));
      expect(before.filter((call) => call === 'page lead')).toHaveLength(Math.ceil((20 - stored) / 3));
      expect(asked.slice(before.length)).toContain('page lead');
      expect((await checkpoint('lead'))?.pull).toBeNull();
    });

    it('ends at the next page when it is told to', async () => {
      leads(20);
      const abort = new AbortController();
      const stopped = slowRun((call) => {
        if (call === PAGES_BEFORE_LEADS + 3) abort.abort();
      }, abort.signal);
      await expect(stopped).rejects.toThrow();
      expect((await test.store.counts()).lead).toBeLessThan(9);
    });
  });

  describe('given a copy whose checkpoint cannot be read', () => {
    it('pulls the object anew and ends with exactly what the CRM holds', async () => {
      leads(5);
      await run();
      await test.store.apply({ object: 'lead', upserts: [], deletions: [], newBefore: null }, { of: 'another age' });
      crm.delete('lead', 'l1');
      await run();
      expect(await test.store.counts()).toMatchObject({ lead: 4 });
      const ids: string[] = [];
      for await (const group of test.store.all('lead')) ids.push(...group.map(({ id }) => id));
      expect(ids.sort()).toEqual(['l0', 'l2', 'l3', 'l4']);
    });
  });

  describe('given an object that this user may not see', () => {
    /** The CRM as a user sees it who lost the permission to see this object. */
    const without = (object: ObjectKind): Connector => {
      const inner = connectorWith();
      return {
        ...inner,
        async open(wants, options): Promise<Pull> {
          const pull = await inner.open(wants, options);
          return { ...pull, state: (asked) => (asked === object ? null : pull.state(asked)) };
        },
      };
    };

    it('brings in all others and says which is missing', async () => {
      leads(2);
      crm.save('task', 't1', {});
      expect(await run(without('lead'))).toMatchObject({ received: 1, unavailable: ['lead'] });
    });

    it('removes the few that the copy had of it, and pulls them anew when they can be seen again', async () => {
      leads(4);
      await run();
      crm.wait(60_000);
      expect(await run(without('lead'))).toMatchObject({ deleted: 4, held: [] });
      expect(await checkpoint('lead')).toBeNull();
      expect(await run()).toMatchObject({ received: 4 });
      expect(await test.store.counts()).toMatchObject({ lead: 4 });
    });

    it('asks first when they are many', async () => {
      leads(60);
      await run();
      crm.wait(60_000);
      expect((await run(without('lead'))).held).toMatchObject([{ object: 'lead', count: 60, of: 60 }]);
      expect(await test.store.counts()).toMatchObject({ lead: 60 });
      await run(without('lead'), { approved: new Set(['lead']) });
      expect(await test.store.counts()).toMatchObject({ lead: 0 });
    });

    it('ends when the CRM refuses for another reason', async () => {
      const refusing = connectorWith({
        onCall: (what, asked) => {
          if (what === 'page' && asked === 'lead') throw new AppError('crm.forbidden');
        },
      });
      expect(await codeOf(run(refusing))).toBe('crm.forbidden');
    });
  });

  it('counts what was left out as malformed, and keeps what the copy had of it', async () => {
    leads(2);
    await run();
    crm.wait(60_000);
    const inner = connectorWith();
    const connector: Connector = {
      ...inner,
      async open(wants, options): Promise<Pull> {
        const pull = await inner.open(wants, options);
        async function* pages(object: ObjectKind): AsyncGenerator<Page> {
          for await (const page of pull.pages(object)) yield object === 'lead' ? { ...page, records: [], skipped: 2 } : page;
        }
        return { ...pull, pages };
      },
    };
    expect(await run(connector)).toMatchObject({ skipped: 2, deleted: 0 });
    expect(await test.store.counts()).toMatchObject({ lead: 2 });
  });

  it('tells of progress that ends at the total', async () => {
    leads(7);
    const seen: Progress[] = [];
    await run(connectorWith(), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ overallDone: 7, overallTotal: 7 });
    expect(seen.every(({ done, total }) => done <= total)).toBe(true);
  });
});
