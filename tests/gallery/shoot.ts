/**
 * Photographs every state in light and dark and looks for accessibility faults:
 *   node tests/gallery/shoot.ts FOLDER [PART OF A STATE'S NAME] [LANGUAGE]
 * LANGUAGE is en, de, or ar for the pseudo-language; in another than English it is also looked at what does not fit.
 * The browser is the one Playwright knows, or the one that CHROMIUM names.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from '@playwright/test';
import { overflowing } from './overflow.ts';
import { type State, speak } from './state.ts';
import { STATES } from './states.ts';
import { goToState, serveGallery, SIZES } from './tour.ts';

const [folder = 'gallery-shots', filter = '', language = 'en'] = process.argv.slice(2);
const SCHEMES = ['light', 'dark'] as const;

async function shoot(browser: Browser, base: string, state: State, colorScheme: (typeof SCHEMES)[number]): Promise<string[]> {
  const context = await browser.newContext({
    viewport: SIZES[state.view],
    colorScheme,
    deviceScaleFactor: 2,
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  try {
    await goToState(page, base, state);
    if (language !== 'en') await speak(page, language);
    if (language !== 'en') faults.push(...(await overflowing(page)));
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, impact, nodes } of violations) faults.push(`axe ${impact} ${id}: ${nodes[0]?.html.slice(0, 160)}`);
    // What sticks to the window would otherwise stand in the middle of the whole page.
    if (state.view === 'options') await page.evaluate(() => scrollTo(0, 0));
    const target = state.view === 'popup' ? page.locator('#root > div') : page;
    await target.screenshot({
      path: join(folder, `${state.id}-${colorScheme}.png`),
      ...(state.view === 'options' ? { fullPage: true } : {}),
    });
  } catch (error) {
    faults.push(`not reached: ${String(error).slice(0, 300)}`);
    await page.screenshot({ path: join(folder, `${state.id}-${colorScheme}-failed.png`) });
  }
  await context.close();
  return faults.map((fault) => `${state.id} (${colorScheme}) ${fault}`);
}

mkdirSync(folder, { recursive: true });
const { base, close } = await serveGallery();
const executablePath = process.env.CHROMIUM;
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  chromiumSandbox: process.getuid?.() !== 0,
});
const faults: string[] = [];
for (const state of STATES.filter(({ id }) => id.includes(filter))) {
  const both = await Promise.all(SCHEMES.map((scheme) => shoot(browser, base, state, scheme)));
  faults.push(...both.flat());
}
await browser.close();
await close();
console.log(faults.length === 0 ? 'No faults.' : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
