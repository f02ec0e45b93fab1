import type { Frame, Page } from '@playwright/test';
import { until } from './within.ts';

/** How the extension's frame is told from others: a start of its path, or any page of the extension. */
export interface OverlaySearch {
  readonly path?: string;
  readonly timeoutMs?: number;
}

/**
 * Frames of any extension inside `page`. They stand in a closed shadow root, where no locator and no page script sees
 * them, but Playwright lists them among the page's frames and can drive them.
 *
 * With `use_dynamic_url` the host of the address is a random id and not the extension's, so it is not compared.
 */
export function overlayFrames(page: Page, path = '/'): readonly Frame[] {
  return page.frames().filter((frame) => {
    const url = URL.parse(frame.url());
    return frame.parentFrame() !== null && url?.protocol === 'chrome-extension:' && url.pathname.startsWith(path);
  });
}

/** Waits for the extension's frame in `page` and for its document to be loaded. */
export async function overlayFrame(page: Page, search: OverlaySearch = {}): Promise<Frame> {
  const timeoutMs = search.timeoutMs ?? 10_000;
  const frame = await until(timeoutMs, `extension frame in ${page.url()}`, () => overlayFrames(page, search.path)[0]);
  await frame.waitForLoadState('load', { timeout: timeoutMs });
  return frame;
}

/** Waits until no frame of an extension is left in `page`. */
export async function overlayGone(page: Page, search: OverlaySearch = {}): Promise<void> {
  await until(search.timeoutMs ?? 10_000, 'extension frame to go', () =>
    overlayFrames(page, search.path).length === 0 ? true : undefined,
  );
}
