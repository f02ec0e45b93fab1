import { beforeEach, describe, expect, it } from 'vitest';
import { createRetention } from '@/entrypoints/background/retention';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createSettings } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import type { ObjectKind } from '@/lib/crm/records';
import type { StoredCheckpoint } from '@/lib/sync/checkpoint';
import { DAY } from '@/lib/sync/schedule';
import { record } from '../../builders/records';
import { memoryArea } from '../../fakes/memory-area';
import { type RunnerScene, runnerScene, untilAborted } from './runner-scene';

describe('a copy that no sync brings up to date', () => {
  let scene: RunnerScene;
  let settings: ReturnType<typeof createSettings>;
  let logged: unknown[];
  let connectedAt: string;

  const connection = (crm: 'salesforce' | 'sample') =>
    ({ entry: { id: 'c1', crm, connectedAt }, runner: scene.runner() }) as unknown as LiveConnection;
  const logs = { add: async (_: unknown, deed: unknown) => void logged.push(deed) };
  const enforce = (crm: 'salesforce' | 'sample' = 'salesforce') =>
    createRetention({ clock: scene.clock, settings, logs }).enforce({ ready: async () => [connection(crm)] });
  /** What it throws, the copy cannot be opened for. */
  const opened = () => createRetention({ clock: scene.clock, settings, logs }).enforceOn(connection('salesforce'));
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

  describe('given an object that is fetched or brought up to date although no run ends well', () => {
    /** What the engine writes with a batch: `from` when the pull goes on, `coveredUntil` once it has ended. */
    function checkpoint(at: number, pull: 'open' | 'whole'): StoredCheckpoint {
      const time = new Date(at).toISOString();
      const open = { startedAt: time, from: null, fresh: false, after: { stamp: time, id: 'a1' }, job: null };
      return {
        checkpoint: {
          coveredUntil: pull === 'whole' ? time : null,
          deletedUntil: time,
          wanted: [],
          fields: [],
          types: {},
          describedAt: time,
          scope: 'all',
          pull: pull === 'open' ? open : null,
        },
        compared: null,
        held: null,
        owed: null,
      };
    }
    const write = (object: ObjectKind, id: string, pull: 'open' | 'whole') =>
      scene.test.store.apply(
        { object, upserts: [record(object, id)], deletions: [], newBefore: null },
        checkpoint(scene.clock.now(), pull),
      );
    /** A run that writes what `written` says and then fails. */
    async function failingRun(written: () => Promise<unknown>): Promise<void> {
      scene.engine = async () => {
        await written();
        throw new AppError('crm.offline');
      };
      await scene.worker().run();
    }

    it('keeps what has come of a copy that is fetched anew after it went, run by run', async () => {
      scene.clock.wait(31 * DAY);
      await enforce();
      await failingRun(() => write('account', 'a1', 'open'));
      scene.worker();
      await enforce();
      scene.clock.wait(DAY);
      await enforce();
      expect(await records()).toBe(1);
      expect(await scene.test.store.checkpoint('account')).not.toBeNull();
      expect(logged).toHaveLength(1);
    });

    it('keeps for as many days what somebody else has brought into it since it went', async () => {
      scene.clock.wait(31 * DAY);
      await enforce();
      await scene.test.store.apply({ object: 'account', upserts: [record('account', 'a1')], deletions: [], newBefore: null });
      await enforce();
      expect(await records()).toBe(1);
      scene.clock.wait(30 * DAY + 1);
      await enforce();
      expect(await records()).toBe(0);
    });

    it('lets a copy go that was begun anew and then left lying for as long', async () => {
      scene.clock.wait(31 * DAY);
      await enforce();
      await failingRun(() => write('account', 'a1', 'open'));
      scene.clock.wait(30 * DAY + 1);
      await enforce();
      expect(await records()).toBe(0);
    });

    it('takes only the object that the CRM refuses, and leaves those that every run brings up to date', async () => {
      await write('contact', 'c1', 'whole');
      scene.clock.wait(30 * DAY + 1);
      await failingRun(() => write('account', 'a1', 'whole'));
      await enforce();
      await enforce();
      expect(await records()).toBe(2);
      expect(await scene.test.store.get('account', 'a1')).not.toBeNull();
      expect(await scene.test.store.get('contact', 'c1')).toBeNull();
      expect(await scene.test.store.checkpoint('contact')).toBeNull();
      expect(await scene.test.store.checkpoint('account')).not.toBeNull();
      expect((await scene.worker().status()).lastSuccessAt).not.toBeNull();
      expect(logged).toEqual([{ act: 'expired', records: [{ object: 'contact', deed: 'deleted', count: 1 }] }]);
    });

    it('keeps what comes of that object when the CRM gives it again, though its pull has not ended', async () => {
      await write('contact', 'c1', 'whole');
      scene.clock.wait(30 * DAY + 1);
      await failingRun(() => write('account', 'a1', 'whole'));
      await enforce();
      await failingRun(() => write('contact', 'c1', 'open'));
      await enforce();
      expect(await scene.test.store.get('contact', 'c1')).not.toBeNull();
      expect(logged).toHaveLength(1);
    });

    it('starts the whole copy over when what is too old cannot be read, or nobody could open it again', async () => {
      await write('contact', 'c1', 'whole');
      scene.clock.wait(30 * DAY + 1);
      await failingRun(() => write('account', 'a1', 'whole'));
      const { all } = scene.test.store;
      scene.test.store.all = () => {
        throw new AppError('vault.tampered');
      };
      await enforce();
      scene.test.store.all = all;
      expect(Object.values(await scene.test.store.counts()).filter((count) => count > 0)).toEqual([]);
      expect((await scene.worker().status()).lastSuccessAt).toBeNull();
      expect(logged).toMatchObject([{ act: 'expired', records: [{ object: 'account' }, { object: 'contact' }] }]);
    });

    it('leaves a copy whose manifest is damaged to the sync that heals it', async () => {
      scene.test.store.counts = async () => {
        throw new AppError('vault.tampered');
      };
      await opened();
      expect(await scene.test.store.get('account', 'a1')).not.toBeNull();
      expect(logged).toEqual([]);
    });

    it('lets a copy whose manifest is damaged start over when it is too old, or nobody could open it any more', async () => {
      scene.clock.wait(31 * DAY);
      const { counts } = scene.test.store;
      scene.test.store.counts = async () => {
        throw new AppError('vault.tampered');
      };
      await opened();
      scene.test.store.counts = counts;
      expect(await records()).toBe(0);
      expect((await scene.worker().status()).lastSuccessAt).toBeNull();
      expect(logged).toEqual([{ act: 'expired', records: [] }]);
    });

    it('keeps a copy whose note about its runs is damaged: what was synced an hour ago says so itself', async () => {
      await write('account', 'a1', 'whole');
      connectedAt = new Date(scene.clock.now() - 100 * DAY).toISOString();
      await scene.boxes.put('sync-status', 'not what was written');
      scene.clock.wait(DAY / 24);
      await enforce();
      expect(await records()).toBe(2);
      scene.clock.wait(30 * DAY);
      await enforce();
      expect(await records()).toBe(0);
    });
  });
});
