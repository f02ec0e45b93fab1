import { beforeEach, describe, expect, it } from 'vitest';
import { defaultSelection, type Selection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { SyncRun } from '@/lib/sync/engine';
import type { SyncRunner } from '@/lib/sync/sync-runner';
import { record } from '../../builders/records';
import { codeOf } from '../../builders/codes';
import { type RunnerScene, runnerScene, untilAborted } from './runner-scene';

const noLeads = (): Selection => {
  const selection = defaultSelection();
  selection.objects.lead.wanted = false;
  return { ...selection, reserve: 0.5 };
};
const held = (count: number) => ({ object: 'contact' as const, count, of: 900, ids: ['c1', 'gone', 'c2'] });

/** A run under way that goes on until it is told to end; what comes after it ends at once. */
async function longRun(scene: RunnerScene, runner: SyncRunner): Promise<void> {
  const begun = Promise.withResolvers<void>();
  scene.engine = (run: SyncRun) => {
    begun.resolve();
    return scene.runs.length === 1 ? untilAborted(run) : Promise.resolve();
  };
  void runner.run();
  await begun.promise;
}

describe('the selection', () => {
  let scene: RunnerScene;
  let runner: SyncRunner;
  beforeEach(async () => {
    scene = await runnerScene();
    runner = scene.worker();
  });

  it('is everything when nothing was chosen', async () => {
    expect(await runner.selection()).toEqual(defaultSelection());
    await runner.run();
    expect(scene.runs[0]?.selection).toEqual(defaultSelection());
  });

  it('is stored as it can be used, and starts a run with it at once, due or not', async () => {
    await runner.run();
    const chosen = noLeads();
    chosen.objects.account.wanted = false;
    chosen.objects.contact.without = ['mobile', 'name', 'mobile'];
    await runner.select(chosen);
    await runner.run();
    expect(scene.runs).toHaveLength(2);
    const { objects } = scene.runs[1]?.selection ?? defaultSelection();
    expect([objects.lead.wanted, objects.account.wanted, objects.contact.without]).toEqual([false, true, ['mobile']]);
    expect(await scene.worker().selection()).toEqual(scene.runs[1]?.selection);
  });

  it('is mended when it was stored before a field became needed', async () => {
    const old = noLeads();
    old.objects.lead.without = ['company', 'converted'];
    await scene.boxes.put('selection', old);
    expect((await runner.selection()).objects.lead.without).toEqual(['company']);
  });

  it('decides how many of the org’s calls are called left to others', async () => {
    scene.engine = async () => {
      scene.usage = { used: 10, max: 15_000 };
    };
    await runner.select(noLeads());
    await runner.run();
    expect((await runner.status()).usage).toEqual({ used: 10, max: 15_000, reserve: 7500 });
  });

  it('ends a run that works with an older one, and starts anew; that is neither a failure nor a kill', async () => {
    await longRun(scene, runner);
    await runner.select(noLeads());
    await runner.run();
    expect(scene.runs.map(({ selection }) => selection.objects.lead.wanted)).toEqual([true, false]);
    expect(scene.runs[1]?.batchRecords).toBe(5000);
    expect((await runner.status()).lastError).toBeNull();
    expect((await runner.history()).map(({ outcome }) => outcome)).toEqual(['ok', 'interrupted']);
  });

  it('is not taken for "everything" when its box does not pass its check', async () => {
    await runner.select(noLeads());
    await runner.run();
    const row = await scene.test.db.boxes.get('selection');
    if (!row) throw new Error('no selection');
    await scene.test.db.boxes.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
    await runner.run();
    expect(scene.runs).toHaveLength(1);
    expect((await runner.status()).lastError?.code).toBe('selection.damaged');
    expect(await codeOf(runner.selection())).toBe('selection.damaged');
  });
});

describe('deletions that a run held', () => {
  let scene: RunnerScene;
  let runner: SyncRunner;
  beforeEach(async () => {
    scene = await runnerScene();
    runner = scene.worker();
    scene.engine = async ({ report, approved }) => {
      if (!approved.has('contact')) report.held.push(held(400));
    };
    await runner.run();
  });

  it('are told without any record data, also by the next worker', async () => {
    const waiting = [{ object: 'contact', count: 400, of: 900, at: '2026-05-01T00:00:00.000Z', answer: null }];
    expect((await scene.worker().status()).held).toEqual(waiting);
    expect(scene.told.at(-1)?.held).toEqual(waiting);
  });

  it('are shown by name, as the copy has them', async () => {
    const upserts = [record('contact', 'c1', { name: 'Cora', title: 'CFO' }), record('contact', 'c2', { name: 'Carl' })];
    await scene.test.store.apply({ object: 'contact', upserts, deletions: [], newBefore: null });
    expect(await runner.held('contact')).toEqual({
      count: 400,
      of: 900,
      items: [
        { id: 'c1', name: 'Cora', detail: 'CFO' },
        { id: 'c2', name: 'Carl', detail: null },
      ],
    });
    expect(await runner.held('lead')).toEqual({ count: 0, of: 0, items: [] });
  });

  it('go in a run that starts at once when the user lets them, and are then no longer listed', async () => {
    expect(await runner.answer('contact', 'remove')).toBe(true);
    await runner.run();
    expect(scene.runs.map(({ approved }) => [...approved])).toEqual([[], ['contact']]);
    expect((await runner.status()).held).toEqual([]);
  });

  it('stay, and start nothing, when the user keeps them', async () => {
    expect(await runner.answer('contact', 'keep')).toBe(false);
    expect(scene.told.at(-1)?.held).toMatchObject([{ answer: 'keep' }]);
    expect(scene.runs).toHaveLength(1);
    await runner.run();
    expect((await runner.status()).held).toMatchObject([{ count: 400, answer: 'keep' }]);
    expect([...(scene.runs[1]?.approved ?? ['none'])]).toEqual([]);
  });

  it('are asked about again when they have grown by more than a tenth', async () => {
    await runner.answer('contact', 'keep');
    scene.engine = async ({ report }) => {
      report.held.push(held(441));
    };
    await runner.run();
    expect((await runner.status()).held).toMatchObject([{ count: 441, answer: null }]);
  });

  it('stay listed after a run that failed before it came to them', async () => {
    scene.engine = async () => {
      throw new AppError('crm.offline');
    };
    await runner.run();
    expect((await runner.status()).held).toMatchObject([{ count: 400, answer: null }]);
  });

  it('cannot be answered when there are none', async () => {
    expect(await runner.answer('task', 'remove')).toBe(false);
    expect(scene.runs).toHaveLength(1);
  });

  it('go in a new run also when the answer comes while one is under way that has not heard of it', async () => {
    scene.runs.length = 0;
    await longRun(scene, runner);
    await runner.answer('contact', 'remove');
    await runner.run();
    expect(scene.runs.map(({ approved }) => [...approved])).toEqual([[], ['contact']]);
    expect((await runner.status()).held).toEqual([]);
  });

  it('that were kept are told as kept while the run goes on', async () => {
    scene.engine = async ({ onProgress }) => {
      await runner.answer('contact', 'keep');
      scene.clock.wait(1000);
      const counts = { done: 1, total: 1, overallDone: 1, overallTotal: 1 };
      onProgress({ object: 'lead', ...counts, recordsPerSecond: null, secondsLeft: null });
      expect(scene.told.at(-1)?.held).toMatchObject([{ answer: 'keep' }]);
    };
    await runner.run();
    expect((await runner.status()).lastError).toBeNull();
  });
});
