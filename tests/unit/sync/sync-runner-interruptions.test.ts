import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { DAY } from '@/lib/sync/schedule';
import { type RunnerScene, runnerScene, untilAborted } from './runner-scene';

const MINUTE = 60_000;

describe('a run whose worker is killed', () => {
  let scene: RunnerScene;
  beforeEach(async () => {
    scene = await runnerScene();
  });
  const batches = () => scene.runs.map(({ batchRecords }) => batchRecords);

  it('is known to the next worker, and gone on with though no run is due', async () => {
    await scene.worker().run();
    scene.clock.wait(MINUTE);
    await scene.killedRun(1, 'user');
    const runner = scene.worker();
    expect(await runner.wasInterrupted()).toBe(true);
    expect(await runner.dueAt()).toBe(0);
    await runner.run('clock');
    expect(await runner.wasInterrupted()).toBe(false);
    expect(scene.runs).toHaveLength(3);
    expect(await runner.status()).toMatchObject({ lastError: null, lastSuccessAt: '2026-05-01T00:01:00.000Z' });
  });

  it('is not seen in the worker’s own run', async () => {
    const runner = scene.worker();
    scene.engine = async () => {
      expect(await runner.wasInterrupted()).toBe(false);
      expect(await runner.dueAt()).toBeNull();
    };
    await runner.run();
    expect((await runner.status()).lastError).toBeNull();
  });

  it('counts for nothing when it had written something: it may happen for ever', async () => {
    for (let kill = 0; kill < 12; kill += 1) await scene.killedRun(1);
    const runner = scene.worker();
    await runner.run('clock');
    expect(new Set(batches())).toEqual(new Set([5000]));
    expect(scene.runs).toHaveLength(13);
    expect((await runner.status()).lastError).toBeNull();
  });

  it('goes on with half the batch after each kill that got nowhere', async () => {
    await scene.killedRun();
    await scene.killedRun();
    await scene.worker().run('clock');
    expect(batches()).toEqual([5000, 2500, 1250]);
  });

  it('keeps the small batch with which it got on, and takes large ones again after a run that ended well', async () => {
    await scene.killedRun();
    await scene.killedRun();
    await scene.killedRun(1);
    await scene.worker().run('clock');
    await scene.worker().run('user');
    expect(batches()).toEqual([5000, 2500, 1250, 1250, 5000]);
  });

  describe('three times in a row without having got anywhere', () => {
    beforeEach(async () => {
      for (let kill = 0; kill < 3; kill += 1) await scene.killedRun();
      scene.clock.wait(MINUTE);
      await scene.worker().run('clock');
    });

    it('waits, and says why', async () => {
      expect(scene.runs).toHaveLength(3);
      const runner = scene.worker();
      expect(await runner.wasInterrupted()).toBe(false);
      const status = await runner.status();
      expect(status.lastError).toEqual({ code: 'sync.interrupted', at: '2026-05-01T00:01:00.000Z' });
      expect(Date.parse(status.nextDueAt ?? '')).toBeGreaterThan(scene.clock.now() + MINUTE);
      expect(scene.told.at(-1)?.lastError?.code).toBe('sync.interrupted');
    });

    it('goes on in still smaller steps when the wait is over', async () => {
      scene.clock.wait(3 * MINUTE);
      const runner = scene.worker();
      await runner.run('clock');
      expect(batches().at(-1)).toBe(625);
      expect(await runner.status()).toMatchObject({ lastError: null });
    });

    it('waits longer when it is killed again', async () => {
      const firstWait = Date.parse((await scene.worker().status()).nextDueAt ?? '') - scene.clock.now();
      scene.clock.wait(3 * MINUTE);
      await scene.killedRun();
      await scene.worker().run('clock');
      expect(scene.runs).toHaveLength(4);
      expect(Date.parse((await scene.worker().status()).nextDueAt ?? '') - scene.clock.now()).toBeGreaterThan(firstWait);
    });

    it('goes on at once when the user asks', async () => {
      await scene.worker().run('user');
      expect(scene.runs).toHaveLength(4);
      expect((await scene.worker().status()).lastError).toBeNull();
    });
  });

  it('does not go on counting across a run that failed after it had written something', async () => {
    await scene.killedRun();
    await scene.killedRun();
    scene.engine = async () => {
      scene.writes += 1;
      throw new AppError('crm.offline');
    };
    await scene.worker().run('clock');
    scene.clock.wait(DAY);
    await scene.killedRun();
    await scene.worker().run('clock');
    expect((await scene.worker().status()).lastError?.code).toBe('crm.offline');
    expect(scene.runs).toHaveLength(5);
  });

  it('is not what a run is that was stopped on purpose: the next worker goes on with a whole batch', async () => {
    const runner = scene.worker();
    const begun = Promise.withResolvers<void>();
    scene.engine = (run) => {
      begun.resolve();
      return untilAborted(run);
    };
    void runner.run();
    await begun.promise;
    await runner.stop();
    scene.engine = async () => undefined;
    const next = scene.worker();
    expect(await next.wasInterrupted()).toBe(true);
    await next.run('clock');
    expect(batches()).toEqual([5000, 5000]);
  });
});

describe('the history of runs', () => {
  let scene: RunnerScene;
  beforeEach(async () => {
    scene = await runnerScene();
  });
  const history = async () => (await scene.worker().history()).map(({ why, outcome, code }) => [why, outcome, code]);

  it('tells when, why, how and with what a run went, newest first', async () => {
    scene.engine = async ({ report }) => {
      scene.clock.wait(MINUTE);
      scene.calls += 6;
      report.skipped = 1;
      report.objects.lead = { received: 40, deleted: 2 };
    };
    await scene.worker().run();
    scene.engine = async () => {
      throw new AppError('crm.offline');
    };
    await scene.worker().run('user');
    expect(await scene.worker().history()).toEqual([
      {
        startedAt: '2026-05-01T00:01:00.000Z',
        endedAt: '2026-05-01T00:01:00.000Z',
        why: 'asked',
        outcome: 'failed',
        code: 'crm.offline',
        objects: [],
        calls: 0,
        skipped: 0,
        refused: 0,
        renewed: 0,
      },
      {
        startedAt: '2026-05-01T00:00:00.000Z',
        endedAt: '2026-05-01T00:01:00.000Z',
        why: 'first',
        outcome: 'ok',
        code: null,
        objects: [{ object: 'lead', received: 40, deleted: 2 }],
        calls: 6,
        skipped: 1,
        refused: 0,
        renewed: 0,
      },
    ]);
  });

  it('calls what the clock started due', async () => {
    await scene.worker().run('clock');
    scene.clock.wait(2 * DAY);
    await scene.worker().run('clock');
    expect(await history()).toEqual([
      ['due', 'ok', null],
      ['first', 'ok', null],
    ]);
  });

  it('shows a killed run as interrupted and the one after it as resumed', async () => {
    await scene.killedRun(1);
    await scene.worker().run('clock');
    expect(await history()).toEqual([
      ['resumed', 'ok', null],
      ['first', 'interrupted', null],
    ]);
  });

  it('calls a run resumed also when it had to wait first', async () => {
    for (let kill = 0; kill < 3; kill += 1) await scene.killedRun();
    await scene.worker().run('clock');
    scene.clock.wait(3 * MINUTE);
    await scene.worker().run('clock');
    expect((await history()).map(([why]) => why)).toEqual(['resumed', 'resumed', 'resumed', 'first']);
  });

  it('does not show the run that is under way', async () => {
    const runner = scene.worker();
    await runner.run();
    const seen: number[] = [];
    scene.engine = async () => {
      seen.push((await runner.history()).length);
    };
    await runner.run();
    expect(seen).toEqual([1]);
    expect(await runner.history()).toHaveLength(2);
  });
});
