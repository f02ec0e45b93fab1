/**
 * Photographs every state in light and dark and looks for accessibility faults:
 *   node tests/gallery/shoot.ts FOLDER [PART OF A STATE'S NAME]
 * The browser is the one Playwright knows, or the one that CHROMIUM names.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser } from '@playwright/test';
import { build, preview } from 'vite';
import type { State } from './state.ts';
import { STATES } from './states.ts';

const [folder = 'gallery-shots', filter = ''] = process.argv.slice(2);
const SIZES = {
  sidebar: { width: 380, height: 900 },
  sidepanel: { width: 340, height: 900 },
  popup: { width: 400, height: 600 },
  options: { width: 1080, height: 860 },
};
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
    await page.goto(`${base}?state=${state.id}${state.section ? `#${state.section}` : ''}`);
    await page.waitForLoadState('networkidle');
    await state.act?.(page);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
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

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = mkdtempSync(join(tmpdir(), 'sidelight-gallery-'));
mkdirSync(folder, { recursive: true });
const config = { configFile: join(root, 'vite.config.ts'), logLevel: 'error' as const, build: { outDir, emptyOutDir: true } };
await build(config);
const server = await preview({ ...config, preview: { port: 0 } });
const base = server.resolvedUrls?.local[0] ?? '';
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
await server.close();
rmSync(outDir, { recursive: true });
console.log(faults.length === 0 ? 'No faults.' : faults.join('\n'));
process.exitCode = faults.length === 0 ? 0 : 1;
