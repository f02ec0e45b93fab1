import type { Connector, Usage } from '@/lib/connectors/connector';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import type { SyncRun } from '@/lib/sync/engine';
import { DAY } from '@/lib/sync/schedule';
import { createSyncRunner, type RunnerStatus, type SyncRunner } from '@/lib/sync/sync-runner';
import { createCipher } from '@/lib/vault/cipher';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';

/** A lease that is given to one at a time; who comes second goes away. */
function leases() {
  const held = new Set<string>();
  return async (name: string, work: () => Promise<void>) => {
    if (held.has(name)) return;
    held.add(name);
    await work().finally(() => held.delete(name));
  };
}

/** Ends as the real engine does when it is told to. */
export const untilAborted = ({ signal }: Pick<SyncRun, 'signal'>): Promise<void> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

export interface RunnerScene {
  clock: ReturnType<typeof fakeClock>;
  test: TestStore;
  boxes: SealedBoxes;
  /** The store's count of writes, as the engine would have moved it. */
  writes: number;
  calls: number;
  usage: Usage | null;
  /** What the engine does in its place. */
  engine: (run: SyncRun) => Promise<void>;
  /** What the engine was given, run by run. */
  runs: SyncRun[];
  told: RunnerStatus[];
  /** How often it is to run (ms). */
  interval: number;
  /** A runner in a worker that has just been started: nobody holds a lease, nothing is in memory. */
  worker(): SyncRunner;
  /** A second runner in the worker that was started last. */
  runner(): SyncRunner;
  /** Starts a run by the clock in a new worker and has the worker killed in the middle, after so many writes. */
  killedRun(writes?: number, by?: 'user' | 'clock'): Promise<void>;
}

/** Real sealed boxes on a disk in memory, a clock that stands, and an engine that does what the test says. */
export async function runnerScene(): Promise<RunnerScene> {
  const test = await testStore();
  const clock = fakeClock();
  let withLease = leases();
  const scene: RunnerScene = {
    clock,
    test,
    boxes: createSealedBoxes(test.db, createCipher(test.root), 'c1'),
    writes: 0,
    calls: 0,
    usage: null,
    engine: async () => undefined,
    runs: [],
    told: [],
    interval: DAY,
    worker() {
      withLease = leases();
      return scene.runner();
    },
    runner: () =>
      createSyncRunner({
        connectionId: 'c1',
        connector: { calls: () => scene.calls, usage: () => scene.usage } as Connector,
        store: { ...test.store, writes: async () => scene.writes },
        boxes: scene.boxes,
        clock,
        interval: async () => scene.interval,
        withLease: (name, work) => withLease(name, work),
        onStatus: (status) => scene.told.push(structuredClone(status)),
        sync(run) {
          scene.runs.push(run);
          return scene.engine(run);
        },
      }),
    async killedRun(writes = 0, by = 'clock') {
      const { engine } = scene;
      const begun = Promise.withResolvers<void>();
      scene.engine = () => {
        scene.writes += writes;
        begun.resolve();
        return new Promise(() => undefined);
      };
      void scene.worker().run(by);
      await begun.promise;
      scene.engine = engine;
    },
  };
  return scene;
}
