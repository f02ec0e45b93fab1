/**
 * Draws the toolbar's icons from their masters in public/icon, in the browser that Playwright knows:
 *   node tests/gallery/draw-icons.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ROOT } from '../architecture/layers.ts';
import { findOrInstallChromium } from '../world/chromium.ts';

const FOLDER = join(ROOT, 'public', 'icon');
const STATES = ['match', 'locked'];
const SIZES = [16, 32, 48, 128];

const browser = await chromium.launch({ executablePath: await findOrInstallChromium(), chromiumSandbox: false });
for (const state of STATES) {
  const master = readFileSync(join(FOLDER, `mark-${state}.svg`), 'utf8');
  for (const size of SIZES) {
    const page = await browser.newPage({ viewport: { width: size, height: size } });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${master}`);
    writeFileSync(join(FOLDER, `${state}-${size}.png`), await page.screenshot({ omitBackground: true }));
    await page.close();
  }
}
await browser.close();
