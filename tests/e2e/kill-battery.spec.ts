import { expect, test } from '@playwright/test';
import { runBattery } from '../world/kill/battery.ts';
import { openKillScene } from '../world/kill/kill-scene.ts';
import { STEPS_ORG as ORG, stepsSuite } from '../world/kill/steps-suite.ts';
import { runSeed } from './expected.ts';

/**
 * The worker is stopped, for real, wherever it can be: at the end the copy is the CRM's content, record by record. Tasks are
 * so many that a Bulk job brings them; everything else comes by pages. Each run takes a third of the steps, which its seed
 * chooses; `npm run test:soak` has each of them in each situation, and the whole battery.
 */
const seed = runSeed();

stepsSuite({ every: 'step', seed, org: ORG, oneIn: 3 });

test('a sync whose worker is killed at random moments ends with everything, and nothing twice', async () => {
  test.setTimeout(10 * 60_000);
  const scene = await openKillScene({ seed, ...ORG });
  try {
    const report = await runBattery(scene, { seed, kills: 25, kinds: ['first', 'changes'] });
    console.log(report);
    expect(report.kills).toBe(25);
  } finally {
    await scene.close();
  }
});
