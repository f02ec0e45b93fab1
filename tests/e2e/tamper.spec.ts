import { expect, test } from '@playwright/test';
import { TAMPER_CASES, type TamperCase } from '../world/tamper/tamper-cases.ts';
import { openTamperScene, type TamperScene } from '../world/tamper/tamper-scene.ts';
import { createRandom } from '../sandbox-crm/seed/random.ts';
import { changeALot } from '../world/kill/mass-changes.ts';
import { runSeed } from './expected.ts';

/**
 * Somebody who may write into the browser's profile changes what lies there while Sidelight does not run. Every change is
 * refused with an error of the table, nothing that was changed is ever shown, the worker lives, and the copy becomes whole again.
 */
const ORG = { accounts: 120, contacts: 700, leads: 120, opportunities: 150, tasks: 200 };
const seed = runSeed();

test.describe('a copy that somebody has changed', () => {
  let scene: TamperScene;
  const rows: string[] = [];

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    scene = await openTamperScene({ seed, ...ORG });
    const { kill } = scene;
    const random = createRandom(seed);
    const began = kill.now();
    await kill.connect();
    await kill.ended(began);
    await scene.snapshot('another connection');
    await scene.told();
    await scene.connectAnew();
    await holdAndKeep(150);
    await scene.decideAnew();
    await scene.snapshot('older');
    await holdAndKeep(0);
    await scene.decideAnew();
    changeALot(kill.sandbox.org, random);
    await synced();
  });
  test.afterAll(async () => {
    console.log(rows.join('\n'));
    await scene?.kill.close();
  });

  /** Contacts that many at once are gone from the CRM wait for the user; when they are back nothing waits any more. */
  async function holdAndKeep(gone: number): Promise<void> {
    const { org } = scene.kill.sandbox;
    for (const { id } of org.deletions('Contact')) org.undelete('Contact', id);
    for (const { Id } of org.rows('Contact').slice(0, gone)) org.remove('Contact', Id);
    org.clock.advance(20 * 60_000);
    expect(await scene.sync()).toBeNull();
  }

  async function synced(): Promise<void> {
    expect(await scene.sync()).toBeNull();
    await scene.kill.expectSame();
    await scene.snapshot('whole');
  }

  const remedies: Record<TamperCase['remedy'], () => Promise<void>> = {
    sync: synced,
    async choose() {
      await scene.chooseAll();
      await synced();
    },
    async reset() {
      await scene.resetDecisions();
      await scene.restore('whole');
      await synced();
    },
    async 'sign in'() {
      const choices = await scene.choices();
      expect(choices, 'what the user has chosen').toMatchObject({
        selection: { reserve: 0.3 },
        decisions: { never: ['banking', 'health'] },
      });
      await scene.signInAgain();
      expect(await scene.choices()).toEqual(choices);
      await synced();
    },
    async connect() {
      await scene.connectAnew();
      await synced();
    },
    undo: () => scene.restore('whole'),
  };

  for (const { name, how, told, refused, remedy, syncFails, stale, renewed } of TAMPER_CASES) {
    test(name, async () => {
      const startedAt = performance.now();
      await scene.tamper(how);
      // The worker may have come upon it by itself, at what it does when it starts.
      const early = told === 'ready' && refused === 'vault.tampered' ? [`${told} ${refused}`] : [];
      expect([told, ...early], 'what the connections say').toContain(await scene.told());
      const worker = await scene.worker();
      const codes = stale ? [] : await scene.openAccounts(refused === null || told !== 'ready' ? 'few' : 'all');
      expect(codes, 'how views are refused').toEqual(refused === null ? [] : [refused]);
      // Whoever looks into Options after a view was refused learns why.
      if (refused === 'vault.tampered' && told === 'ready') expect(await scene.told()).toBe('ready vault.tampered');
      if (syncFails) expect(await scene.sync()).toBe(syncFails);
      if (remedy !== 'connect') expect(await scene.worker(), 'the worker that met it').toBe(worker);
      await remedies[remedy]();
      if (renewed !== undefined) expect(await scene.renewed(), 'notes that the sync has begun anew').toBe(renewed);
      rows.push([name, told, refused ?? 'shown', remedy, `${Math.round(performance.now() - startedAt)} ms`].join(' | '));
    });
  }
});
