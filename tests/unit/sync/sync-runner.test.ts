import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { DAY } from '@/lib/sync/schedule';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { createMemoryConnector, createMemoryCrm } from '../../fakes/memory-connector';

/** Boxes without a seal, as JSON. */
function memoryBoxes(): SealedBoxes {
  const held = new Map<string, string>();
  return {
    get: async (name) => JSON.parse(held.get(name) ?? 'null'),
    put: async (name, value) => {
      held.set(name, JSON.stringify(value));
    },
    seal: async (name) => ({ name, b: new Uint8Array() }),
  };
}

/** A lease that is given to one at a time; who comes second goes away. */
function leases() {
  const held = new Set<string>();
  return async (name: string, work: () => Promise<void>) => {
    if (held.has(name)) return;
    held.add(name);
    await work().finally(() => held.delete(name));
  };
}

describe('sync runner', () => {
  let test: TestStore;
  let clock: ReturnType<typeof fakeClock>;
  let crm: ReturnType<typeof createMemoryCrm>;
  let boxes: SealedBoxes;
  let told: RunnerStatus[];
  let onCall: () => void;
  let calls: number;
  let withLease: ReturnType<typeof leases>;
  const runner = (): SyncRunner =>
    createSyncRunner({
      connectionId: 'c1',
      connector: createMemoryConnector({
        crm,
        pageSize: 2,
        deletionWindowMs: DAY,
        onCall() {
          calls += 1;
          onCall();
        },
      }),
      store: test.store,
      boxes,
      clock,
      withLease,
      onStatus: (status) => told.push(structuredClone(status)),
    });
  beforeEach(async () => {
    test = await testStore();
    clock = fakeClock();
    crm = createMemoryCrm();
    boxes = memoryBoxes();
    told = [];
    calls = 0;
    onCall = () => undefined;
    withLease = leases();
    for (let n = 0; n < 5; n += 1) crm.save('lead', `l${n}`, {});
  });

  describe('given a connection that never ran', () => {
    it('is due', async () => {
      expect(await runner().isDue()).toBe(true);
    });

    it('remembers a run that went well, also over a worker’s death', async () => {
      await runner().run();
      expect(await runner().status()).toMatchObject({
        running: null,
        lastSuccessAt: '2026-05-01T00:00:00.000Z',
        lastError: null,
        skipped: 0,
        calls,
      });
      expect(await runner().isDue()).toBe(false);
    });

    it('says while it runs how far it is', async () => {
      onCall = () => clock.wait(300);
      await runner().run();
      expect(told[0]?.running).toMatchObject({ overallDone: 0 });
      expect(told.some(({ running }) => running !== null && running.overallDone > 0)).toBe(true);
      expect(told.at(-1)?.running).toBeNull();
    });
  });

  it('is due again a day after, not before', async () => {
    const one = runner();
    await one.run();
    clock.wait(DAY - 1);
    expect(await one.isDue()).toBe(false);
    clock.wait(46 * 60_000);
    expect(await one.isDue()).toBe(true);
  });

  describe('given a run that fails', () => {
    const fail = (code: 'crm.unavailable' | 'auth.reconnect') => {
      onCall = () => {
        throw new AppError(code);
      };
    };

    it('remembers why and when, tries again after a while, and then forgets it', async () => {
      fail('crm.unavailable');
      const one = runner();
      await one.run();
      expect((await one.status()).lastError).toEqual({ code: 'crm.unavailable', at: '2026-05-01T00:00:00.000Z' });
      expect(await one.isDue()).toBe(false);
      clock.wait(5 * 60_000);
      expect(await one.isDue()).toBe(true);
      onCall = () => undefined;
      await one.run();
      expect(await one.status()).toMatchObject({ lastError: null, running: null });
    });

    it('keeps the time of the last success', async () => {
      const one = runner();
      await one.run();
      clock.wait(2 * DAY);
      fail('crm.unavailable');
      await one.run();
      expect((await one.status()).lastSuccessAt).toBe('2026-05-01T00:00:00.000Z');
    });

    it('waits for the user when the login has ended', async () => {
      fail('auth.reconnect');
      const one = runner();
      await one.run();
      clock.wait(30 * DAY);
      expect(await one.isDue()).toBe(false);
      expect((await one.status()).nextDueAt).toBeNull();
    });
  });

  describe('given two that want to run', () => {
    it('runs once when the same worker asks twice', async () => {
      const one = runner();
      await Promise.all([one.run(), one.run()]);
      // Six counts, and a page of each object: three of the leads.
      expect(calls).toBe(6 + 5 + 3);
    });

    it('leaves a run to the context that has it', async () => {
      const answers: Promise<void>[] = [];
      const other = runner();
      onCall = () => {
        onCall = () => undefined;
        answers.push(other.run());
      };
      await runner().run();
      await Promise.all(answers);
      expect(await test.store.counts()).toMatchObject({ lead: 5 });
      expect(told.filter(({ running }) => running === null)).toHaveLength(1);
    });
  });

  it('fetches the copy anew when a part of it does not pass its check', async () => {
    for (let n = 0; n < 5; n += 1) crm.save('account', `a${n}`, { name: `Account ${n}` });
    const one = runner();
    await one.run();
    const row = await test.db.cells.toCollection().last();
    if (!row) throw new Error('no cell');
    await test.db.cells.put({ ...row, b: row.b.map((byte, index) => (index === 40 ? byte ^ 1 : byte)) });
    crm.wait(DAY);
    for (let n = 0; n < 5; n += 1) crm.save('account', `a${n}`, { name: `Renamed ${n}` });
    await one.run();
    expect(await one.status()).toMatchObject({ lastError: null, running: null });
    expect(await test.store.counts()).toMatchObject({ account: 5 });
    expect((await test.store.get('account', 'a3'))?.fields.name).toBe('Renamed 3');
  });

  it('is not resumed at once after it killed its worker three times, only when it is due', async () => {
    const killed = { runStartedAt: '2026-05-01T00:00:00.000Z', lastSuccessAt: null, lastError: null, skipped: 0, calls: 0 };
    await boxes.put('sync-status', { ...killed, failures: 2 });
    expect(await runner().wasInterrupted()).toBe(true);
    await boxes.put('sync-status', { ...killed, failures: 3 });
    expect(await runner().wasInterrupted()).toBe(false);
  });

  it('knows that the worker died in a run, and does not take its own run for one', async () => {
    await boxes.put('sync-status', {
      runStartedAt: '2026-05-01T00:00:00.000Z',
      lastSuccessAt: '2026-05-01T00:00:00.000Z',
      lastError: null,
      failures: 0,
      skipped: 0,
      calls: 0,
    });
    const one = runner();
    expect(await one.wasInterrupted()).toBe(true);
    const running = one.run();
    expect(await one.wasInterrupted()).toBe(false);
    await running;
    expect(await one.wasInterrupted()).toBe(false);
  });

  it('ends a run when it is stopped, notes no failure, and runs again afterwards', async () => {
    const one = runner();
    const stopping: Promise<void>[] = [];
    onCall = () => {
      onCall = () => undefined;
      stopping.push(one.stop());
    };
    await one.run();
    await Promise.all(stopping);
    expect(await one.status()).toMatchObject({ running: null, lastError: null, lastSuccessAt: null });
    await one.run();
    expect((await one.status()).lastSuccessAt).not.toBeNull();
  });
});
