import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findOrInstallChromium } from '../world/chromium.ts';
import { openState, pictureOf, SETTING } from './open-state.ts';
import { overflowing } from './overflow.ts';
import { serveGallery } from './serve.ts';
import { speak } from './state.ts';
import { STATES } from './states.ts';

/**
 * Photographs the states whose names have `part` in them, in light and dark, large enough to be judged. `language` is en, de, or
 * ar for the pseudo-language. Gives what does not fit in the views, one line each.
 */
export async function shootStates(folder: string, part: string, language = 'en'): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const { base, close } = await serveGallery();
  const browser = await chromium.launch({
    executablePath: await findOrInstallChromium(),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const faults: string[] = [];
  for (const state of STATES.filter(({ id }) => id.includes(part))) {
    const context = await browser.newContext({ ...SETTING, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await openState(page, base, state);
    await page.waitForLoadState('networkidle');
    if (language !== 'en') await speak(page, language);
    faults.push(...(await overflowing(page)).map((fault) => `${state.id} ${fault}`));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await pictureOf(page, state, join(folder, `${state.id}-${colorScheme}.png`));
    }
    await context.close();
  }
  await browser.close();
  await close();
  return faults;
}
