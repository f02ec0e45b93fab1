import { beforeEach, describe, expect, it } from 'vitest';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import { DAY } from '@/lib/sync/schedule';
import { type RunnerScene, runnerScene, untilAborted } from './runner-scene';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = '2026-05-01T00:00:00.000Z';

describe('sync runner', () => {
  let scene: RunnerScene;
  beforeEach(async () => {
    scene = await runnerScene();
  });
  const fail = (code: ErrorCode, retryAfterMs?: number) => {
    scene.engine = async () => {
      throw new AppError(code, { retryAfterMs });
    };
  };
  const isDue = async () => {
    const due = await scene.runner().dueAt();
    return due !== null && due <= scene.clock.now();
  };

  describe('given a connection that never ran', () => {
    it('is due, and runs also when nobody but the clock asks', async () => {
      expect(await isDue()).toBe(true);
      await scene.worker().run('clock');
      expect(scene.runs).toHaveLength(1);
    });

    it('remembers a run that went well, also over a worker’s death', async () => {
      scene.engine = async ({ report }) => {
        scene.calls += 7;
        scene.usage = { used: 1234, max: 15_000 };
        report.skipped = 2;
        report.unavailable.push('lead');
      };
      await scene.worker().run();
      expect(await scene.worker().status()).toEqual({
        running: null,
        lastSuccessAt: START,
        lastError: null,
        nextDueAt: expect.stringMatching(/^2026-05-02T00:/),
        skipped: 2,
        calls: 7,
        usage: { used: 1234, max: 15_000, reserve: 3000 },
        held: [],
        unavailable: ['lead'],
      });
      expect(await isDue()).toBe(false);
    });

    it.each([1, 4, 12, 168])('is due again after %i hours when that is chosen, from the next question on', async (hours) => {
      await scene.worker().run();
      const runner = scene.runner();
      expect(await runner.dueAt()).toBeGreaterThanOrEqual(scene.clock.now() + DAY);
      scene.interval = hours * HOUR;
      const due = (await runner.dueAt()) ?? 0;
      expect(due).toBeGreaterThanOrEqual(scene.clock.now() + hours * HOUR);
      expect(due).toBeLessThan(scene.clock.now() + hours * HOUR * 1.25 + 1);
      const { nextDueAt } = await runner.status();
      expect(Date.parse(nextDueAt ?? '')).toBe(Math.floor(due));
    });

    it('says while it runs how far it is, and not at every page', async () => {
      scene.engine = async ({ onProgress }) => {
        for (let done = 1; done <= 10; done += 1) {
          scene.clock.wait(100);
          const counts = { done, total: 10, overallDone: done, overallTotal: 10 };
          onProgress({ object: 'lead', ...counts, recordsPerSecond: null, secondsLeft: null });
        }
      };
      await scene.worker().run();
      expect(scene.told[0]?.running).toMatchObject({ overallDone: 0, recordsPerSecond: null });
      expect(scene.told.slice(1, -1).map(({ running }) => running?.done)).toEqual([1, 4, 7, 10]);
      expect(scene.told.at(-1)?.running).toBeNull();
    });
  });

  it('is due again a day after, not before, and then runs when the clock asks', async () => {
    const runner = scene.worker();
    await runner.run('clock');
    scene.clock.wait(DAY - 1);
    expect(await isDue()).toBe(false);
    await runner.run('clock');
    expect(scene.runs).toHaveLength(1);
    scene.clock.wait(46 * MINUTE);
    expect(await isDue()).toBe(true);
    await runner.run('clock');
    expect(scene.runs).toHaveLength(2);
  });

  it('runs at once when the user asks, due or not', async () => {
    const runner = scene.worker();
    await runner.run();
    await runner.run('user');
    expect(scene.runs).toHaveLength(2);
  });

  describe('given a run that fails', () => {
    it('remembers why and when, tries again after a while, and then forgets it', async () => {
      fail('crm.unavailable');
      const runner = scene.worker();
      await runner.run();
      expect((await runner.status()).lastError).toEqual({ code: 'crm.unavailable', at: START });
      expect(await isDue()).toBe(false);
      scene.clock.wait(5 * MINUTE);
      expect(await isDue()).toBe(true);
      scene.engine = async () => undefined;
      await runner.run('clock');
      expect(await runner.status()).toMatchObject({ lastError: null, running: null });
    });

    it('tries again in minutes also when the last success is not a day ago', async () => {
      const runner = scene.worker();
      await runner.run();
      scene.clock.wait(HOUR);
      fail('crm.offline');
      await runner.run();
      scene.clock.wait(3 * MINUTE);
      expect(await isDue()).toBe(true);
    });

    it('keeps the time of the last success and what was known of the copy', async () => {
      scene.engine = async ({ report }) => {
        report.unavailable.push('task');
      };
      const runner = scene.worker();
      await runner.run();
      scene.clock.wait(2 * DAY);
      fail('crm.unavailable');
      await runner.run();
      expect(await runner.status()).toMatchObject({ lastSuccessAt: START, unavailable: ['task'] });
    });

    it.each([
      ['crm.busy', 3 * HOUR, 3 * HOUR],
      ['crm.limit', undefined, HOUR],
      ['crm.reserve', undefined, HOUR],
    ] as const)('waits after %s (asked for: %s ms) at least %i ms', async (code, asked, wait) => {
      fail(code, asked);
      const runner = scene.worker();
      await runner.run();
      scene.clock.wait(wait - 1);
      expect(await isDue()).toBe(false);
      expect(Date.parse((await scene.worker().status()).nextDueAt ?? '')).toBeGreaterThanOrEqual(Date.parse(START) + wait);
    });

    it('waits for the user when the login has ended', async () => {
      fail('auth.reconnect');
      const runner = scene.worker();
      await runner.run();
      scene.clock.wait(30 * DAY);
      expect(await runner.dueAt()).toBeNull();
      expect((await runner.status()).nextDueAt).toBeNull();
      await runner.run('clock');
      expect(scene.runs).toHaveLength(1);
    });

    it('tells what it had cost and heard', async () => {
      scene.engine = async ({ report }) => {
        scene.calls += 4;
        scene.usage = { used: 12_000, max: 15_000 };
        report.skipped = 1;
        throw new AppError('crm.reserve');
      };
      const runner = scene.worker();
      await runner.run();
      expect(await runner.status()).toMatchObject({ calls: 4, skipped: 1, usage: { used: 12_000, max: 15_000, reserve: 3000 } });
    });

    it('is not taken for a killed one when even the disk is full, and views hear of its end', async () => {
      const { put } = scene.boxes;
      scene.boxes.put = async () => {
        throw new AppError('storage.quota');
      };
      const runner = scene.worker();
      await expect(runner.run()).rejects.toMatchObject({ code: 'storage.quota' });
      expect(await runner.wasInterrupted()).toBe(false);
      expect(scene.told.at(-1)).toMatchObject({ running: null, lastError: { code: 'storage.quota' } });
      expect(await runner.status()).toMatchObject({ running: null, lastError: { code: 'storage.quota' } });
      scene.boxes.put = put;
      await runner.run();
      expect((await scene.worker().status()).lastError).toBeNull();
    });
  });

  describe('given two that want to run', () => {
    it('runs once when the same worker asks twice', async () => {
      const runner = scene.worker();
      await Promise.all([runner.run(), runner.run(), runner.run('clock')]);
      expect(scene.runs).toHaveLength(1);
    });

    it('leaves a run to the context that has it', async () => {
      const runner = scene.worker();
      scene.engine = () => scene.runner().run();
      await runner.run();
      expect(scene.runs).toHaveLength(1);
      expect(scene.told.filter(({ running }) => running === null)).toHaveLength(1);
    });

    it('runs for the user although the clock was just looking, and had found nothing due', async () => {
      const runner = scene.worker();
      await runner.run();
      await Promise.all([runner.run('clock'), runner.run('user')]);
      expect(scene.runs).toHaveLength(2);
    });
  });

  describe('given a part of the copy that does not pass its check', () => {
    it('forgets the copy and fetches it anew', async () => {
      await scene.test.store.apply({ object: 'lead', upserts: [], deletions: [], newBefore: null }, { some: 'checkpoint' });
      scene.engine = async ({ report, store }) => {
        report.skipped += 1;
        if (await store.checkpoint('lead')) throw new AppError('vault.tampered');
      };
      const runner = scene.worker();
      await runner.run();
      expect(scene.runs).toHaveLength(2);
      expect(await runner.status()).toMatchObject({ lastError: null, skipped: 1 });
    });

    it.each(['sync-status', 'sync-history', 'held-deletions'] as const)(
      'begins a %s that was lost anew, asks the CRM for nothing twice, and counts it in the history',
      async (name) => {
        const { db } = scene.test;
        await scene.boxes.put('held-deletions', []);
        await scene.worker().run();
        const row = await db.boxes.get(name);
        if (row) await db.boxes.put({ ...row, b: row.b.slice(0, 30) });
        const runner = scene.worker();
        await runner.run();
        expect(scene.runs).toHaveLength(2);
        expect((await runner.history())[0]).toMatchObject({ outcome: 'ok', refused: 0, renewed: 1 });
        await runner.run();
        expect((await runner.history())[0]).toMatchObject({ outcome: 'ok', renewed: 0 });
      },
    );

    it('reports damage that stays', async () => {
      fail('vault.tampered');
      const runner = scene.worker();
      await runner.run();
      expect(scene.runs).toHaveLength(2);
      expect((await runner.status()).lastError?.code).toBe('vault.tampered');
    });
  });

  describe('when it is stopped', () => {
    it('ends a call that is under way, notes no failure, and runs again afterwards', async () => {
      const runner = scene.worker();
      const begun = Promise.withResolvers<void>();
      scene.engine = (run) => {
        begun.resolve();
        return untilAborted(run);
      };
      const run = runner.run();
      await begun.promise;
      await runner.stop();
      await run;
      expect(await runner.status()).toMatchObject({ running: null, lastError: null, lastSuccessAt: null });
      scene.engine = async () => undefined;
      await runner.run();
      expect((await runner.status()).lastSuccessAt).not.toBeNull();
    });

    it('does not begin a run that was about to', async () => {
      const runner = scene.worker();
      const run = runner.run();
      await runner.stop();
      await run;
      expect(scene.runs).toHaveLength(0);
      expect(await runner.history()).toEqual([]);
      expect(await runner.wasInterrupted()).toBe(false);
    });

    it('starts nothing that was to follow', async () => {
      const runner = scene.worker();
      const begun = Promise.withResolvers<void>();
      scene.engine = (run) => {
        begun.resolve();
        return untilAborted(run);
      };
      const run = runner.run();
      await begun.promise;
      await Promise.all([runner.select(await runner.selection()), runner.stop()]);
      await run;
      expect(scene.runs).toHaveLength(1);
    });
  });

  it('gives the engine what a live refresh has written, to leave it as it is', async () => {
    const runner = scene.worker();
    runner.overtaken.note('contact', ['c1']);
    await runner.run();
    expect(scene.runs[0]?.overtaken('contact', 'c1', scene.clock.now())).toBe(true);
    expect(scene.runs[0]?.overtaken('contact', 'c2', scene.clock.now())).toBe(false);
  });
});
