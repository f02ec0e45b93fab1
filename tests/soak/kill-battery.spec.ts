import { expect, test } from '@playwright/test';
import { runSeed } from '../e2e/expected.ts';
import { orgOf } from '../sandbox-crm/seed/sizes.ts';
import { type Battery, runBattery } from '../world/kill/battery.ts';
import { openKillScene } from '../world/kill/kill-scene.ts';
import { STEPS_ORG, stepsSuite } from '../world/kill/steps-suite.ts';

/**
 * The whole battery: 200 kills of the running worker at moments spread over whole runs, in an org of fifty thousand records
 * of which one object comes by a Bulk job, first with a CRM that answers and then with one that often does not. Then every
 * numbered step in every situation that it occurs in.
 */
const KILLS = 200;
const RECORDS = 50_000;
/** Real companies, so that there is an index of their domains, and invented ones. */
const COMPANIES = 3000;
const KINDS: Battery['kinds'] = ['first', 'changes', 'first', 'load'];
const seed = runSeed();

async function battery(faults?: number): Promise<void> {
  const { syntheticAccounts = 0, ...rest } = orgOf(RECORDS);
  const scene = await openKillScene({ seed, ...rest, accounts: COMPANIES, syntheticAccounts: syntheticAccounts - COMPANIES });
  try {
    const report = await runBattery(scene, { seed, kills: KILLS, kinds: KINDS, ...(faults === undefined ? {} : { faults }) });
    console.log(report);
    expect(report.kills).toBe(KILLS);
    if (faults !== undefined) expect(report.faults).toBeGreaterThan(0);
  } finally {
    await scene.close();
  }
}

test(`${KILLS} kills at random moments of syncs of ${RECORDS} records leave the copy equal to the CRM`, () => battery());

test('so they do when the CRM drops, cuts off, delays and refuses answers at random', () => battery(0.08));

stepsSuite({ every: 'situation', seed, org: STEPS_ORG });
