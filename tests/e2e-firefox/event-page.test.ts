import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostOf } from '../e2e/expected.ts';
import { until } from '../world/within.ts';
import { PATIENCE_MS, press, see } from './person.ts';
import { connect, openScene, openSidebar, type Scene, showOnAllSites, syncNow, visit } from './scene.ts';

/** Firefox stops the background page when nothing has happened for a while: nothing may be lost by that, and no work. */
const IDLE_MS = 22_000;
/** Longer than the browser waits, though every single answer of the CRM comes sooner. */
const ANSWER_MS = 9_000;

let scene: Scene;
let options: Page;
let slow = false;

beforeAll(async () => {
  scene = await openScene({
    sandbox: { accounts: 120 },
    preferences: { 'extensions.background.idle.timeout': IDLE_MS },
    beforeCrm: async () => {
      if (slow) await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    },
  });
  options = await connect(scene);
  await showOnAllSites(options);
});
afterAll(async () => {
  await scene?.close();
});

/** The name of the background's document, or none when it is stopped. */
const background = (): Promise<string | null> =>
  options.evaluate(async () => {
    const [context] = await chrome.runtime.getContexts({ contextTypes: ['BACKGROUND' as chrome.runtime.ContextType] });
    return context?.documentId ?? null;
  });

test('keeps it awake as long as a sync goes on', async () => {
  await syncNow(options);
  const before = await background();
  expect(before).not.toBeNull();
  slow = true;
  const begun = Date.now();
  await press(options, 'button', 'Sync now');
  await until(PATIENCE_MS, 'the sync to begin', () => !crmIsQuiet() || undefined);
  // A page of the add-on that listens asks again at every step, and would keep the background awake itself.
  await options.close();
  await until(PATIENCE_MS * 3, 'the sync to end', () => crmIsQuiet() || undefined);
  slow = false;
  expect(Date.now() - begun).toBeGreaterThan(IDLE_MS + ANSWER_MS);
  options = await scene.open('options.html');
  expect(await background()).toBe(before);
});

/** No request for longer than one answer takes. */
function crmIsQuiet(): boolean {
  const last = scene.server.log.requests.at(-1)?.time ?? 0;
  return Date.now() - last > ANSWER_MS * 1.5;
}

test('shows a matched site after it was stopped', async () => {
  await until(IDLE_MS * 4, 'the background to stop', async () => (await background()) === null || undefined);
  const host = scene.sandbox.org.rows('Account').flatMap((row) => hostOf(row) ?? [])[0] ?? '';
  const page = await visit(scene, host);
  await see(await openSidebar(page), /As in Salesforce/);
});
