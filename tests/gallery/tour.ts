import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build, preview } from 'vite';
import { ROOT } from '../architecture/layers.ts';
import type { State } from './state.ts';

/** The windows in which the views stand. */
export const SIZES = {
  sidebar: { width: 380, height: 900 },
  sidepanel: { width: 340, height: 900 },
  popup: { width: 400, height: 600 },
  options: { width: 1080, height: 860 },
} as const;

/** The gallery, built and served. */
export interface ServedGallery {
  base: string;
  close(): Promise<void>;
}

/** Builds the gallery into a folder of its own and serves it until it is closed. */
export async function serveGallery(): Promise<ServedGallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'sidelight-gallery-'));
  const configFile = join(ROOT, 'tests', 'gallery', 'vite.config.ts');
  const config = { configFile, logLevel: 'error' as const, build: { outDir, emptyOutDir: true } };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0 } });
  return {
    base: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}

/** Brings `page` to a state, as it is in English. */
export async function goToState(page: Page, base: string, state: State): Promise<void> {
  await page.goto(`${base}?state=${state.id}${state.section ? `#${state.section}` : ''}`);
  await page.waitForLoadState('networkidle');
  await state.act?.(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
