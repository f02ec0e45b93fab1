import { beforeEach, describe, expect, it } from 'vitest';
import { createRetention } from '@/entrypoints/background/retention';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createSettings } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import { DAY } from '@/lib/sync/schedule';
import { record } from '../../builders/records';
import { memoryArea } from '../../fakes/memory-area';
import { type RunnerScene, runnerScene, untilAborted } from './runner-scene';

describe('a copy that no sync brings up to date', () => {
  let scene: RunnerScene;
  let settings: ReturnType<typeof createSettings>;
  let logged: unknown[];
  let connectedAt: string;

  async function enforce(crm: 'salesforce' | 'sample' = 'salesforce'): Promise<void> {
    const entry = { id: 'c1', crm, connectedAt };
    const connection = { entry, runner: scene.runner() } as unknown as LiveConnection;
    const logs = { add: async (_: unknown, deed: unknown) => void logged.push(deed) };
    await createRetention({ clock: scene.clock, settings, logs }).enforce({ ready: async () => [connection] });
  }
  const records = async () => (await scene.test.store.counts()).account ?? 0;

  beforeEach(async () => {
    scene = await runnerScene();
    connectedAt = new Date(scene.clock.now()).toISOString();
    settings = createSettings(memoryArea().area);
    logged = [];
    scene.engine = async () => {
      await scene.test.store.apply({
        object: 'account',
        upserts: [record('account', 'a1'), record('account', 'a2')],
        deletions: [],
        newBefore: null,
      });
    };
    await scene.worker().run();
    scene.engine = async () => {
      throw new AppError('auth.reconnect');
    };
  });

  it('stays for as many days as are set', async () => {
    scene.clock.wait(30 * DAY - 1);
    await enforce();
    expect(await records()).toBe(2);
    expect(logged).toEqual([]);
  });

  it('loses its records then, is as one that was never synced, and the log counts what went', async () => {
    scene.clock.wait(30 * DAY + 1);
    await enforce();
    expect(await records()).toBe(0);
    expect(await scene.test.store.get('account', 'a1')).toBeNull();
    expect((await scene.worker().status()).lastSuccessAt).toBeNull();
    expect(logged).toMatchObject([
      { act: 'expired', records: expect.arrayContaining([{ object: 'account', deed: 'deleted', count: 2 }]) },
    ]);
  });

  it('goes once: the next look finds nothing', async () => {
    scene.clock.wait(31 * DAY);
    await enforce();
    await enforce();
    expect(logged).toHaveLength(1);
  });

  it('stays for ever when that is set, and the sample always does', async () => {
    scene.clock.wait(5000 * DAY);
    await enforce('sample');
    await settings.change({ keepDays: 0 });
    await enforce();
    expect(await records()).toBe(2);
  });

  it('is left alone while a run is under way, which may be what brings it up to date', async () => {
    scene.clock.wait(31 * DAY);
    scene.engine = untilAborted;
    const runner = scene.worker();
    const run = runner.run();
    await expect.poll(() => scene.runs.length).toBe(2);
    await enforce();
    expect(await records()).toBe(2);
    await runner.stop();
    await run;
  });

  it('goes though a run was killed when the browser was closed', async () => {
    await scene.killedRun(0, 'user');
    scene.worker();
    scene.clock.wait(31 * DAY);
    await enforce();
    expect(await records()).toBe(0);
  });

  it('goes when no sync has ever ended well since it was connected', async () => {
    const never = await runnerScene();
    await never.test.store.apply({ object: 'account', upserts: [record('account', 'a1')], deletions: [], newBefore: null });
    scene = never;
    connectedAt = new Date(never.clock.now()).toISOString();
    never.clock.wait(30 * DAY - 1);
    await enforce();
    expect(await records()).toBe(1);
    never.clock.wait(2);
    await enforce();
    expect(await records()).toBe(0);
  });

  it('comes back whole with the next run that ends well', async () => {
    scene.clock.wait(31 * DAY);
    await enforce();
    scene.engine = async () => {
      await scene.test.store.apply({ object: 'account', upserts: [record('account', 'a1')], deletions: [], newBefore: null });
    };
    await scene.worker().run();
    expect(await records()).toBe(1);
  });
});
