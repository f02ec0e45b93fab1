import { beforeEach, describe, expect, it } from 'vitest';
import { leftOutAt } from '@/lib/crm/leave-out';
import { defaultSelection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import { readStored } from '@/lib/sync/checkpoint';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { BEGUN, checkpointWith, type EngineScene, engineScene, pageWith, scripted, storedWith } from './engine-scene';

const leads = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => record('lead', `l${from + n}`, { name: `Lead ${from + n}`, email: 'a@b.example' }));
const half = checkpointWith({ coveredUntil: null, pull: BEGUN });
const leadWrites = (log: readonly string[]) => log.filter((line) => line.startsWith('lead'));

describe('what a sync run writes', () => {
  let scene: EngineScene;
  beforeEach(async () => {
    scene = await engineScene();
  });
  const idsHeld = async () => {
    const ids: string[] = [];
    for await (const group of scene.test.reopen().all('lead')) ids.push(...group.map(({ id }) => id));
    return ids.sort();
  };
  const stored = async () => readStored(await scene.test.reopen().checkpoint('lead'));

  describe('given pages', () => {
    it('puts as many of them together as make a batch', async () => {
      const pages = [0, 4, 8, 12].map((from) =>
        pageWith({ records: leads(from, from + 4), checkpoint: from < 12 ? half : checkpointWith() }),
      );
      await scene.run(scripted({ lead: { pages } }), { batchRecords: 8 });
      expect(leadWrites(scene.log).slice(0, 2)).toEqual(['lead +8 -0', 'lead +8 -0']);
      expect(await idsHeld()).toHaveLength(16);
    });

    it('writes what has come after ten seconds, however little it is', async () => {
      const slow = (from: number) => () => {
        scene.clock.wait(6000);
        return pageWith({ records: leads(from, from + 2), checkpoint: from < 8 ? half : checkpointWith() });
      };
      await scene.run(scripted({ lead: { pages: [0, 2, 4, 6, 8].map(slow) } }));
      expect(leadWrites(scene.log).slice(0, 3)).toEqual(['lead +4 -0', 'lead +4 -0', 'lead +2 -0']);
    });

    it('has a page without records on disk before the next is asked for: it says where to go on', async () => {
      const job = { id: '750', locator: null, rows: 0 };
      const noted = checkpointWith({ coveredUntil: null, pull: { ...BEGUN, job } });
      const seen: unknown[] = [];
      const pages = [
        pageWith({ checkpoint: noted }),
        async () => {
          seen.push((await stored())?.checkpoint.pull?.job);
          return pageWith({ records: leads(0, 2) });
        },
      ];
      await scene.run(scripted({ lead: { pages } }));
      expect(seen).toEqual([job]);
    });

    it('has the last page on disk before the connector may throw away what it could go on with', async () => {
      let atTheEnd: string[] = [];
      const pages = [
        pageWith({ records: leads(0, 3), checkpoint: checkpointWith() }),
        async () => {
          atTheEnd = await idsHeld();
          return pageWith();
        },
      ];
      await scene.run(scripted({ lead: { pages } }));
      expect(atTheEnd).toEqual(['l0', 'l1', 'l2']);
    });

    it('removes at once what has become something else, however much that is', async () => {
      await scene.hold(leads(0, 80));
      const became = leads(0, 70).map(({ id }) => id);
      const report = await scene.run(scripted({ lead: { pages: [pageWith({ became })], state: { count: 10 } } }));
      expect(report.held).toEqual([]);
      expect(await idsHeld()).toHaveLength(10);
    });

    it('counts a deletion only if the copy had the record', async () => {
      await scene.hold(leads(0, 3));
      const report = await scene.run(scripted({ lead: { pages: [pageWith({ deletions: ['l0', 'never', 'seen'] })] } }));
      expect(report.objects.lead).toEqual({ received: 0, deleted: 1 });
    });
  });

  describe('given that somebody else writes while the run is under way', () => {
    const overtaken = (_: string, id: string) => id === 'l1';

    it('does not overwrite it with an older page, nor delete it by one', async () => {
      await scene.hold(leads(0, 3));
      const older = leads(0, 3).map((lead) => ({ ...lead, fields: { ...lead.fields, name: 'older' } }));
      await scene.run(scripted({ lead: { pages: [pageWith({ records: older })] } }), { overtaken });
      expect((await scene.test.store.get('lead', 'l1'))?.fields.name).toBe('Lead 1');
      expect((await scene.test.store.get('lead', 'l2'))?.fields.name).toBe('older');
      await scene.run(scripted({ lead: { pages: [pageWith({ deletions: ['l1', 'l2'] })] } }), { overtaken });
      expect(await idsHeld()).toEqual(['l0', 'l1']);
    });

    it('keeps it when the copy had to be begun anew, whose other records go', async () => {
      const script = { pages: [pageWith({ records: leads(0, 3) })] };
      const own = { ...record('lead', 'l1', { name: 'written meanwhile' }) };
      const stray = record('lead', 'stray', { name: 'of no run' });
      await scene.test.store.apply({ object: 'lead', upserts: [own, stray], deletions: [], newBefore: null });
      await scene.run(scripted({ lead: script }), { overtaken });
      expect(await idsHeld()).toEqual(['l0', 'l1', 'l2']);
      expect((await scene.test.store.get('lead', 'l1'))?.fields.name).toBe('written meanwhile');
    });

    it('does not overwrite it with what a comparison fetches', async () => {
      await scene.hold(leads(0, 3));
      const byIds = (ids: readonly string[]) => [ids.map((id) => record('lead', id, { name: 'fetched' }))];
      const script = { pages: [pageWith({ sweep: true })], ids: [['l0', 'l2', 'x', 'l1'], ['y']], byIds };
      await scene.test.store.apply({ object: 'lead', upserts: [], deletions: ['l1'], newBefore: null });
      await scene.run(scripted({ lead: script }), { overtaken });
      expect(await idsHeld()).toEqual(['l0', 'l2', 'x', 'y']);
    });

    it('does not overwrite it while it takes fields out', async () => {
      await scene.hold(leads(0, 3));
      await scene.run(scripted({ lead: { state: { dropped: ['email'] } } }), { overtaken });
      expect((await scene.test.store.get('lead', 'l0'))?.fields.email).toBeNull();
      expect((await scene.test.store.get('lead', 'l1'))?.fields.email).toBe('a@b.example');
    });

    it('asks from when the run was opened, before the first answer came', async () => {
      await scene.hold(leads(0, 3));
      const asked: number[] = [];
      const begin = scene.clock.now();
      const pages = [
        () => {
          scene.clock.wait(5000);
          return pageWith({ records: leads(0, 3) });
        },
      ];
      await scene.run(scripted({ lead: { pages } }), {
        overtaken(_, __, since) {
          asked.push(since);
          return false;
        },
      });
      expect(new Set(asked)).toEqual(new Set([begin]));
    });
  });

  describe('given fields that are not copied any more', () => {
    it('empties them, each in its way, and destroys what they held', async () => {
      const custom = { Tier__c: 'Gold', Kept__c: 1 };
      await scene.hold([{ ...record('lead', 'l0', { email: 'a@b.example', doNotCall: true, status: 'Open' }), custom }]);
      await scene.run(scripted({ lead: { state: { dropped: ['email', 'doNotCall', 'Tier__c', 'Unknown__c'] } } }));
      expect(await scene.test.store.get('lead', 'l0')).toMatchObject({
        fields: { email: null, doNotCall: false, status: 'Open' },
        custom: { Kept__c: 1 },
      });
      expect((await scene.test.store.get('lead', 'l0'))?.custom).toEqual({ Kept__c: 1 });
      expect(scene.log).toContain('lead +1 -0 thorough');
    });
  });

  describe('given an object that is not wanted', () => {
    it('destroys it in batches, without asking, and does not open it', async () => {
      await scene.hold(leads(0, 70));
      const selection = defaultSelection();
      selection.objects.lead.wanted = false;
      const opened: string[] = [];
      const connector = scripted({}, (wants) => opened.push(...wants.map(({ object }) => object)));
      const report = await scene.run(connector, { selection, batchRecords: 30 });
      expect(report).toMatchObject({ held: [], objects: { lead: { deleted: 70 } } });
      expect(leadWrites(scene.log)).toEqual([
        'lead +0 -0',
        'lead +0 -30 thorough',
        'lead +0 -30 thorough',
        'lead +0 -10 thorough',
      ]);
      expect(opened).toEqual(['user', 'account', 'contact', 'opportunity', 'task']);
      expect(await stored()).toBeNull();
    });
  });

  describe('given a run that fails', () => {
    const failing = (error: unknown) =>
      scripted({
        lead: {
          pages: [
            pageWith({ records: leads(0, 2), sweep: true, checkpoint: half }),
            () => {
              throw error;
            },
          ],
        },
      });

    it('puts the runs on disk together all the same', async () => {
      expect(await codeOf(scene.run(failing(new AppError('crm.offline'))))).toBe('crm.offline');
      expect(scene.log.at(-1)).toBe('compact');
    });

    it('tells why it failed, not what went wrong behind that', async () => {
      scene.store.compact = () => Promise.reject(new AppError('storage.quota'));
      expect(await codeOf(scene.run(failing(new AppError('crm.offline'))))).toBe('crm.offline');
      expect(await codeOf(scene.run(scripted({})))).toBe('storage.quota');
    });

    it.each(['crm.refused', 'crm.forbidden'] as const)('brings all other objects when one is refused: %s', async (code) => {
      const task = record('task', 't1', {});
      const script = { lead: failing(new AppError(code)), others: { task: { pages: [pageWith({ records: [task] })] } } };
      const others = scripted(script.others);
      const connector = {
        ...others,
        open: async (...args: Parameters<typeof others.open>) => {
          const [refusing, pull] = [await script.lead.open(...args), await others.open(...args)];
          return { ...pull, pages: (object: 'lead') => (object === 'lead' ? refusing : pull).pages(object) };
        },
      };
      expect(await codeOf(scene.run(connector as typeof others))).toBe(code);
      expect(await scene.test.store.counts()).toMatchObject({ task: 1 });
    });

    it('does not begin to when it was ended, since there is no time left', async () => {
      const abort = new AbortController();
      abort.abort();
      await expect(scene.run(failing(abort.signal.reason), { signal: abort.signal })).rejects.toBe(abort.signal.reason);
      expect(scene.log).not.toContain('compact');
    });

    it('remembers that a comparison is owed', async () => {
      await scene.hold(leads(0, 2));
      const failed = scene.run(failing(new AppError('crm.offline')), { batchRecords: 2 });
      expect(await codeOf(failed)).toBe('crm.offline');
      expect((await stored())?.owed).toBe('sweep');
      await scene.run(scripted({ lead: { ids: [['l0']] } }));
      expect(await idsHeld()).toEqual(['l0']);
      expect(await stored()).toMatchObject({ owed: null, compared: { gap: 0 } });
    });
  });

  it('compares nothing behind a first fill, which is whole by itself', async () => {
    const connector = scripted({ lead: { pages: [pageWith({ records: leads(0, 2) })], state: { count: 5 }, ids: [['x']] } });
    await scene.run(connector);
    expect(await idsHeld()).toEqual(['l0', 'l1']);
    expect((await stored())?.compared).toEqual({ at: scene.clock.now(), gap: 0 });
  });

  it('hands on what it knows of each object, and its reserve and signal', async () => {
    const known = storedWith({ checkpoint: checkpointWith({ scope: 'as it was' }) });
    await scene.hold(leads(0, 1), known);
    let lead: unknown;
    await scene.run(
      scripted({}, (wants) => {
        lead = wants.find(({ object }) => object === 'lead');
      }),
    );
    const { objects, scope, leaveOut } = defaultSelection();
    const leftOut = leftOutAt(leaveOut, scene.clock.now());
    expect(lead).toEqual({ object: 'lead', selection: objects.lead, scope, leftOut, since: known.checkpoint });
  });
});
