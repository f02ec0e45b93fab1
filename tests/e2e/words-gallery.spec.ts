import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { overflowing } from '../gallery/overflow.ts';
import { speak, type State } from '../gallery/state.ts';
import { STATES } from '../gallery/states.ts';
import { openState, SETTING } from '../gallery/open-state.ts';
import { serveGallery, type ServedGallery } from '../gallery/serve.ts';
import { PSEUDO } from '../words/pseudo-locale.ts';
import { findOrInstallChromium } from '../world/chromium.ts';

/** Every state of every view, in the languages that are longer than English: all of it fits, and no word of ours is cut off. */
test.describe.configure({ mode: 'default' });

/** A state is half a second of waiting for the network to be quiet, in which others can be drawn. */
const LANES = 4;

let gallery: ServedGallery;
let browser: Browser;

test.beforeAll(async () => {
  gallery = await serveGallery();
  browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    chromiumSandbox: process.getuid?.() !== 0, // root may not use the sandbox
  });
});
test.afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

async function faultsOf(page: Page, state: State): Promise<string[]> {
  await openState(page, gallery.base, state);
  await page.waitForLoadState('networkidle');
  const found: string[] = [];
  for (const language of ['de', PSEUDO]) {
    await speak(page, language);
    found.push(...(await overflowing(page)).map((fault) => `${state.id} (${language}) ${fault}`));
  }
  return found;
}

for (const view of ['popup', 'sidebar', 'sidepanel', 'options', 'setup'] as const)
  test(`the ${view} holds German, and a language that is longer and written from the right`, async () => {
    test.setTimeout(600_000);
    const waiting = STATES.filter((one) => one.view === view);
    const faults: string[] = [];
    const lane = async () => {
      // One page for all of a lane's states: a page that has the script already is drawn in a third of the time.
      const page = await browser.newPage(SETTING);
      for (let state = waiting.shift(); state; state = waiting.shift()) faults.push(...(await faultsOf(page, state)));
      await page.close();
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    expect(faults).toEqual([]);
  });
