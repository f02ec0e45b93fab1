import { expect, test } from '@playwright/test';
import { createRandom } from '../../sandbox-crm/seed/random.ts';
import { type KillScene, openKillScene } from './kill-scene.ts';
import { changeALot, loadAgain } from './mass-changes.ts';
import { cases, type Situation, type Step } from './steps.ts';
import { type Trapper, trapper } from './trapper.ts';

/** Tasks are so many that a Bulk job brings them; everything else comes by pages. */
export const STEPS_ORG = { accounts: 250, contacts: 600, leads: 200, opportunities: 200, tasks: 20_400, bulkPolls: 1 };

interface StepsOptions {
  every: 'situation' | 'step';
  /** Decides which ones are taken if it is not each of them, and what changes in the CRM. */
  seed: number;
  org: typeof STEPS_ORG;
  /** One in so many of the cases is taken; all of them unless told. */
  oneIn?: number;
}

/** The worker is stopped, for real, at numbered steps: at the end the copy is the CRM's content, record by record. */
export function stepsSuite({ every, seed, org, oneIn = 1 }: StepsOptions): void {
  const random = createRandom(seed);

  test.describe('a sync whose worker is killed at a step', () => {
    let scene: KillScene;
    let traps: Trapper;

    test.beforeAll(async () => {
      scene = await openKillScene({ seed, ...org });
      traps = await trapper(scene);
      const began = scene.now();
      await scene.connect();
      await scene.ended(began);
      await scene.expectSame();
      await scene.expectShown();
    });
    test.afterAll(async () => scene?.close());

    const wantsOnly = async (contacts: boolean, tasks: boolean) => {
      for (const [object, wanted] of [
        ['contact', contacts],
        ['task', tasks],
      ] as const) {
        if (scene.wanted.has(object) === wanted) continue;
        const began = scene.now();
        await scene.choose(object, wanted);
        await scene.ended(began);
      }
    };
    /** Brings the scene to where the run may begin; gives how it is begun. */
    const given: Record<Situation, () => Promise<() => Promise<void>>> = {
      async fill() {
        await wantsOnly(false, false);
        return () => scene.choose('contact', true);
      },
      async changes() {
        await wantsOnly(true, false);
        changeALot(scene.sandbox.org, random);
        return scene.startSync;
      },
      async job() {
        await wantsOnly(scene.wanted.has('contact'), false);
        return () => scene.choose('task', true);
      },
      async load() {
        await wantsOnly(scene.wanted.has('contact'), true);
        loadAgain(scene.sandbox.org, random);
        return scene.startSync;
      },
      async removal() {
        await wantsOnly(scene.wanted.has('contact'), true);
        return () => scene.choose('task', false);
      },
    };

    async function killedAt(step: Step, start: () => Promise<void>): Promise<void> {
      await scene.ask('connections.list', {});
      await traps.set(step.afterFruitlessKill ? { at: '^fetch POST .*composite' } : step.trap);
      await start();
      await traps.caught();
      expect(await scene.killer.kill()).toBe(true);
      if (!step.afterFruitlessKill) return;
      // The next worker goes on as soon as it is there, and must not be faster than the trap.
      scene.sandbox.faults.next({ kind: 'latency', ms: 3000, match: { path: /\/composite/ } });
      await scene.ask('connections.list', {});
      await traps.set(step.trap);
      await traps.caught();
      expect(await scene.killer.kill()).toBe(true);
    }

    const taken = cases(every).filter((_, index) => index % oneIn === seed % oneIn);
    for (const { step, number, situation } of taken) {
      test(`${number}, ${situation}: ${step.name}`, async () => {
        const start = await given[situation]();
        const began = scene.now();
        await killedAt(step, start);
        scene.wake();
        await scene.ended(began);
        expect(await scene.killer.isAnother()).toBe(true);
        await scene.expectSame();
        const [last, killed] = await scene.copy.history();
        expect(last?.outcome).toBe('ok');
        expect(killed?.outcome).toBe(step.untold ? 'ok' : 'interrupted');
      });
    }
  });
}
