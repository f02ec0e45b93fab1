import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createSyncs, SYNC_ALARMS } from '@/entrypoints/background/syncs';
import { AppError } from '@/lib/shared/errors';
import { catchUpAt, DAY } from '@/lib/sync/schedule';
import type { RunnerStatus } from '@/lib/sync/sync-runner';
import { type RunnerScene, runnerScene } from './runner-scene';

vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));

const HOUR = 3_600_000;

/** One connection and its scene, in a background whose worker can be started anew. */
describe('who has to run, and when', () => {
  let scene: RunnerScene;
  let live: LiveConnection[];
  beforeEach(async () => {
    fakeBrowser.reset();
    scene = await runnerScene();
    live = [];
  });
  afterEach(() => fakeBrowser.reset());

  /** The background of a worker that has just been started. */
  function background() {
    live = [{ entry: { id: 'c1' }, runner: scene.worker() } as LiveConnection];
    const showTrouble = (trouble: boolean) => fakeBrowser.action.setBadgeText({ text: trouble ? '!' : '' });
    return createSyncs({ ready: async () => live }, scene.clock, showTrouble);
  }
  const alarms = async () => (await fakeBrowser.alarms.getAll()).map(({ name }) => name);
  const badge = () => fakeBrowser.action.getBadgeText({});

  it('runs at the look of an alarm what is due, and rests afterwards', async () => {
    await background().runDue();
    expect(scene.runs).toHaveLength(1);
    expect(await alarms()).toEqual(['sync-next']);
    await background().runDue();
    expect(scene.runs).toHaveLength(1);
  });

  it('has a heartbeat while a run goes on, so that a killed one is gone on with', async () => {
    const seen: string[][] = [];
    scene.engine = async () => {
      seen.push(await alarms());
    };
    await background().runDue();
    expect(seen).toEqual([['sync-heartbeat']]);
    expect(SYNC_ALARMS).toContain('sync-heartbeat');
  });

  it('starts what has waited for the user to sign in to the CRM, once they have, and nothing that has not waited', async () => {
    const syncs = background();
    const [one] = live as [LiveConnection];
    live = [
      { ...one, isLoginBack: async () => Promise.reject(new AppError('vault.locked')) },
      { ...one, isLoginBack: async () => false },
    ];
    await syncs.resumeSignedIn();
    expect(scene.runs).toHaveLength(0);
    live.push({ ...one, isLoginBack: async () => true });
    await syncs.resumeSignedIn();
    expect(scene.runs).toHaveLength(1);
  });

  describe('given a copy that the browser has found damaged in a run, so that it was opened anew', () => {
    /** What is left of it is opened while the run ends. */
    async function reopened(status: Partial<RunnerStatus>, outcome: () => Promise<void> = async () => undefined) {
      const syncs = background();
      const [one] = live as [LiveConnection];
      const runs: string[] = [];
      const left = {
        ...one,
        runner: {
          ...one.runner,
          status: async () => ({ ...(await one.runner.status()), lastSuccessAt: null, lastError: null, ...status }),
          run: async () => void runs.push('anew'),
        },
      };
      const run = async () => {
        live = [left];
        await outcome();
      };
      live = [{ ...one, runner: { ...one.runner, run } }];
      return { syncs, runs };
    }

    it('runs once more when the copy has lost how the run ended: whoever has asked for it is told nothing else', async () => {
      const { syncs, runs } = await reopened({});
      await syncs.runDue();
      expect(runs).toEqual(['anew']);
    });

    it('does so too when the end of the run could not be written', async () => {
      const { syncs, runs } = await reopened({}, () => Promise.reject(new AppError('storage.unreadable')));
      await syncs.runDue();
      expect(runs).toEqual(['anew']);
    });

    it('leaves it at that when the copy says how the run ended', async () => {
      const lastError = { code: 'storage.unreadable', at: new Date(scene.clock.now()).toISOString() } as const;
      const { syncs, runs } = await reopened({ lastError });
      await syncs.runDue();
      expect(runs).toEqual([]);
    });
  });

  it('goes on with a killed run when the worker starts, and starts nothing else then', async () => {
    await background().resume();
    expect(scene.runs).toHaveLength(0);
    await scene.killedRun(1);
    await background().resume();
    expect(scene.runs).toHaveLength(2);
  });

  it('keeps the heartbeat while a failed run is soon due again, and lets it go when it is not', async () => {
    scene.engine = async () => {
      throw new AppError('crm.offline');
    };
    await background().runDue();
    expect(await alarms()).toContain('sync-heartbeat');
    scene.engine = async () => {
      throw new AppError('crm.limit');
    };
    scene.clock.wait(HOUR / 12);
    await background().runDue();
    expect(scene.runs).toHaveLength(2);
    expect(await alarms()).toEqual(['sync-next']);
  });

  describe('given the moment at which the next run is due', () => {
    const next = async () => (await fakeBrowser.alarms.get('sync-next'))?.scheduledTime;
    const due = async () => (await live[0]?.runner.dueAt()) ?? Number.NaN;

    it('wakes the worker just then: what is called hourly comes every hour, not at the second half-hourly look', async () => {
      scene.interval = HOUR;
      for (const runs of [1, 2, 3]) {
        const before = scene.clock.now();
        await background().runDue();
        expect(scene.runs).toHaveLength(runs);
        expect(await next()).toBe(Math.ceil(await due()));
        scene.clock.set((await next()) ?? 0);
        expect(scene.clock.now() - before).toBeLessThan(1.25 * HOUR);
      }
      expect(SYNC_ALARMS).toContain('sync-next');
    });

    it('is told as the time of the next run', async () => {
      const syncs = background();
      await syncs.runDue();
      expect(Math.abs(Date.parse((await live[0]?.runner.status())?.nextDueAt ?? '') - ((await next()) ?? 0))).toBeLessThan(2);
    });

    it('is set anew at the end of a run that the user has asked for', async () => {
      const syncs = background();
      await syncs.runDue();
      const before = (await next()) ?? 0;
      scene.clock.wait(HOUR);
      syncs.startNow(live[0] as LiveConnection);
      await expect.poll(next).toBe(Math.ceil(before + HOUR));
    });

    it('is that of the connection that is due first', async () => {
      const syncs = background();
      await syncs.runDue();
      const [one] = live as [LiveConnection];
      const soon = scene.clock.now() + HOUR;
      live.push({ ...one, entry: { ...one.entry, id: 'c2' }, runner: { ...one.runner, dueAt: async () => soon } });
      await syncs.replan();
      expect(await next()).toBe(soon);
    });

    it('follows another interval, and comes within a minute when the run is late by it', async () => {
      const syncs = background();
      await syncs.runDue();
      scene.interval = 4 * HOUR;
      await syncs.replan();
      expect(await next()).toBe(Math.ceil(await due()));
      scene.clock.wait(3 * HOUR);
      scene.interval = HOUR;
      await syncs.replan();
      expect(await next()).toBe(scene.clock.now() + 60_000);
    });

    it('is nobody’s when each connection waits for its user', async () => {
      const syncs = background();
      await syncs.runDue();
      scene.engine = async () => {
        throw new AppError('auth.reconnect');
      };
      scene.clock.wait(2 * DAY);
      await live[0]?.runner.run();
      await syncs.runDue();
      expect(await next()).toBeUndefined();
    });
  });

  describe('given a laptop that was closed over the time of a run', () => {
    const when = async () => (await fakeBrowser.alarms.get('sync-catch-up'))?.scheduledTime;
    beforeEach(async () => {
      await background().runDue();
      scene.clock.wait(DAY + 9 * HOUR);
    });

    it('runs at its own moment within ten minutes, by an alarm that looking again does not move', async () => {
      const planned = catchUpAt(scene.clock.now(), 'c1');
      await background().runDue();
      expect(scene.runs).toHaveLength(1);
      expect(await when()).toBe(planned);
      scene.clock.wait(Math.floor((planned - scene.clock.now()) / 2));
      await background().runDue();
      expect(await when()).toBe(planned);
      scene.clock.set(planned);
      await background().runDue();
      expect(scene.runs).toHaveLength(2);
      expect(await when()).toBeUndefined();
    });

    it('runs at once when the user asks, and not once more at the planned moment', async () => {
      const syncs = background();
      await syncs.runDue();
      const planned = (await when()) ?? 0;
      const [connection] = live;
      if (!connection) throw new Error('no connection');
      syncs.startNow(connection);
      await connection.runner.run();
      scene.clock.set(planned);
      await syncs.runDue();
      expect(scene.runs).toHaveLength(2);
    });

    it('goes on at once with a run that was killed', async () => {
      await scene.killedRun(1);
      scene.clock.wait(9 * HOUR);
      await background().runDue();
      expect(scene.runs).toHaveLength(3);
    });
  });

  it('runs one connection although another cannot be read', async () => {
    const syncs = background();
    const broken = { dueAt: () => Promise.reject(new AppError('vault.tampered')) };
    const status = () => Promise.reject(new AppError('vault.tampered'));
    live.unshift({ entry: { id: 'c0' }, runner: { ...broken, status, wasInterrupted: status } } as unknown as LiveConnection);
    await syncs.runDue();
    await syncs.resume();
    expect(scene.runs).toHaveLength(1);
  });

  describe('the mark on the toolbar', () => {
    it('is there after a run that only the user can mend, also in a browser that was started anew', async () => {
      scene.engine = async () => {
        throw new AppError('auth.reconnect');
      };
      await background().runDue();
      expect(await badge()).toBe('!');
      await fakeBrowser.action.setBadgeText({ text: '' });
      await background().resume();
      expect(await badge()).toBe('!');
    });

    it('is not there for what passes by itself', async () => {
      scene.engine = async () => {
        throw new AppError('crm.offline');
      };
      await background().runDue();
      expect(await badge()).toBe('');
    });

    it('is there while deletions wait for an answer, and goes with it', async () => {
      scene.engine = async ({ report }) => {
        report.held.push({ object: 'contact', count: 400, of: 900, ids: [] });
      };
      const syncs = background();
      await syncs.runDue();
      expect(await badge()).toBe('!');
      await live[0]?.runner.answer('contact', 'keep');
      await syncs.markTrouble();
      expect(await badge()).toBe('');
    });
  });
});
