import type { Page } from '@playwright/test';
import type { State } from './state.ts';

/** How large each view is in life, in CSS pixels. */
const SIZES = {
  sidebar: { width: 380, height: 900 },
  sidepanel: { width: 340, height: 900 },
  popup: { width: 400, height: 600 },
  options: { width: 1080, height: 860 },
  setup: { width: 1080, height: 860 },
  tab: { width: 560, height: 320 },
} as const;

/** The browser that every picture is taken in. */
export const SETTING = { locale: 'en-US', timezoneId: 'UTC', reducedMotion: 'reduce' } as const;

/** What the page complains about from now on: exceptions, errors and warnings. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}

/** Brings a page to a state, as a person gets there. `base` is where the gallery is served. */
export async function openState(page: Page, base: string, state: State): Promise<void> {
  await page.setViewportSize(SIZES[state.view]);
  await page.goto(`${base}?state=${state.id}${state.section ? `#${state.section}` : ''}`);
  await state.act?.(page);
}

/** A picture of the state as PNG, also written to `path`: the whole page of options and setup, of the popup what is its own, else the window. */
export async function pictureOf(page: Page, { view }: State, path?: string): Promise<Buffer> {
  const kept = path === undefined ? {} : { path };
  if (view === 'popup') return page.locator('#root > :not(.sr-only)').first().screenshot(kept);
  // What sticks to the window would otherwise stand in the middle of the whole page.
  const isPage = view === 'options' || view === 'setup';
  if (isPage) await page.evaluate(() => scrollTo(0, 0));
  return page.screenshot({ ...kept, fullPage: isPage });
}
