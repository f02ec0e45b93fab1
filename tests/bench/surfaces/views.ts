import type { Page } from '@playwright/test';
import type { WorldBrowser } from '../../world/browser.ts';
import { workerKiller } from '../../world/kill/worker-killer.ts';
import { overlayFrame, overlayGone } from '../../world/overlay-frame.ts';
import { openPopup } from '../../world/popup.ts';
import { until } from '../../world/within.ts';
import type { Painted } from './paint-clock.ts';

const WAIT_MS = 15_000;

/** In milliseconds. */
export interface Opened {
  /** From what the person did until the browser has begun the view's document: no extension has a part in it. */
  begun: number;
  /** From there on. */
  first: number;
  useful: number;
}

const readPaints = () => (globalThis as unknown as { sidelightPainted?: Painted }).sidelightPainted;

const since = (from: number, { begun, first, useful }: Painted): Opened => ({
  begun: begun - from,
  first: first - begun,
  useful: useful - begun,
});

/** The real toolbar popup on the tab in front, `count` times. `cold` stops the worker before each. */
export async function timePopups(browser: WorldBrowser, page: Page, count: number, cold = false): Promise<Opened[]> {
  const killer = cold ? await workerKiller(browser.context, browser.extensionId) : null;
  const times: Opened[] = [];
  for (let round = 0; round < count; round += 1) {
    await killer?.kill();
    const popup = await openPopup(page, browser.extensionId);
    const painted = await until(WAIT_MS, 'the popup to be useful', () => popup.evaluate(readPaints));
    times.push(since(popup.openedAt, painted));
    await popup.close();
  }
  return times;
}

/** The sidebar by a click on the tab at the page's edge, `count` times, on a site that is in the CRM. */
export async function timeSidebars(page: Page, count: number): Promise<Opened[]> {
  const times: Opened[] = [];
  await page.bringToFront();
  for (let round = 0; round < count; round += 1) {
    await page.locator('html > div[popover="manual"]').waitFor({ state: 'attached' });
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
    await page.evaluate(() =>
      addEventListener('click', ({ timeStamp }) => Object.assign(globalThis, { clickedAt: performance.timeOrigin + timeStamp }), {
        capture: true,
        once: true,
      }),
    );
    await page.mouse.click(width - 14, height * 0.38 + 22);
    const frame = await overlayFrame(page, { path: '/sidebar.html' });
    const painted = await until(WAIT_MS, 'the sidebar to be useful', () => frame.evaluate(readPaints));
    times.push(since(await page.evaluate(() => (globalThis as unknown as { clickedAt: number }).clickedAt), painted));
    await page.keyboard.press('Escape');
    await overlayGone(page);
  }
  return times;
}

/** Searches as the popup's field does, one after another. @returns milliseconds of each, from the question to the answer */
export async function timeSearches(browser: WorldBrowser, words: readonly string[]): Promise<number[]> {
  const page = await browser.context.newPage();
  try {
    await page.goto(`chrome-extension://${browser.extensionId}/popup.html`);
    return await page.evaluate(async (all) => {
      const times: number[] = [];
      for (const text of all) {
        const from = performance.now();
        const answer = await chrome.runtime.sendMessage({ sidelight: 1, name: 'search.find', payload: { text } });
        times.push(performance.now() - from);
        if (!answer?.ok || answer.value.items.length === 0)
          throw new Error(`nothing was found by ${text}: ${JSON.stringify(answer)}`);
      }
      return times;
    }, words);
  } finally {
    await page.close();
  }
}

/**
 * The form for a new Lead in the popup on a site that is in no CRM, from the press on its button until the fields are painted with
 * what the site says. The description is kept from an earlier form; `cold` stops the worker after the popup is there.
 */
export async function timeForms(browser: WorldBrowser, page: Page, count: number, cold = false): Promise<number[]> {
  const killer = cold ? await workerKiller(browser.context, browser.extensionId) : null;
  const times: number[] = [];
  for (let round = 0; round < count; round += 1) {
    const popup = await openPopup(page, browser.extensionId);
    await until(WAIT_MS, 'the popup to be useful', () => popup.evaluate(readPaints));
    await popup.waitForText('Create lead');
    await killer?.kill();
    times.push(await popup.evaluate(formPainted));
    await popup.close();
  }
  return times;
}

/** Runs in the popup. */
function formPainted(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Create lead');
  if (!button) throw new Error('there is no button for a Lead');
  const from = performance.now();
  const observer = new MutationObserver(() => {
    const filled = [...document.querySelectorAll('form input')].some((input) =>
      /^https:/.test((input as HTMLInputElement).value),
    );
    if (!filled) return;
    observer.disconnect();
    // After the frame that shows it: a task that is queued in that frame's own callback comes behind its paint.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now() - from);
      port2.postMessage(null);
    });
  });
  observer.observe(document, { childList: true, subtree: true, attributes: true });
  button.click();
  setTimeout(() => reject(new Error('the form was not filled')), 15_000);
  return promise;
}
