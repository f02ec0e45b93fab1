import { expect, type Frame, type Locator, type Page } from '@playwright/test';
import { overlayFrame, overlayFrames } from '../world/overlay-frame.ts';
import { type OverlayParts, overlayParts } from '../world/overlay-parts.ts';
import type { Rect } from '../world/pixels.ts';
import { hostOf } from './expected.ts';
import { connect, openScene, plainPage, type Scene, showOnAllSites, tabId } from './scene.ts';

/** A connected browser with access to all sites, and a company that is in the CRM. */
export interface OverlayScene extends Scene {
  host: string;
  name: string;
  /** Opens the company's site as the page that `body` makes; without one a plain page. */
  visit(body?: string, headers?: Record<string, string>): Promise<Page>;
}

/** The markup of a company's page, for `visit`. */
export const html = (body: string, attributes = 'lang="en"') =>
  `<!doctype html><html ${attributes}><title>A company</title>${body}</html>`;

export async function openOverlayScene(options: Parameters<typeof openScene>[0] = {}): Promise<OverlayScene> {
  const scene = await openScene({ sandbox: { accounts: 120 }, ...options });
  await showOnAllSites(await connect(scene));
  const row = scene.sandbox.org.rows('Account').find((one) => /^https?:\/\/www\./.test(String(one.Website)));
  if (!row) throw new Error('no Account with a www website');
  const host = hostOf(row) ?? '';
  const visit = async (body?: string, headers: Record<string, string> = {}) => {
    scene.sites.set(host, () => {
      const page = plainPage('A company', headers);
      return body === undefined ? page : new Response(body, { headers: page.headers });
    });
    const page = await scene.browser.context.newPage();
    await page.goto(`https://${host}/`);
    return page;
  };
  return { ...scene, host, name: String(row.Name), visit };
}

/** Waits until the overlay is as `is` says, and gives its parts. */
export async function overlayIs(page: Page, is: (parts: OverlayParts) => boolean, what: string): Promise<OverlayParts> {
  let last: OverlayParts | null = null;
  await expect
    .poll(
      async () => {
        last = await overlayParts(page);
        return is(last);
      },
      { message: what },
    )
    .toBe(true);
  if (!last) throw new Error(what);
  return last;
}

export const middleOf = ({ x, y, width, height }: Rect) => [x + width / 2, y + height / 2] as const;

/** Waits for the tab and gives where it stands. */
export async function tabOf(page: Page): Promise<Rect> {
  const { tab } = await overlayIs(page, (parts) => parts.tab !== null, 'the tab is there');
  if (!tab) throw new Error('no tab');
  return tab;
}

/** Presses the tab, wherever it stands, and waits until the sidebar shows its Account. */
export async function pressTab(page: Page): Promise<Frame> {
  await page.bringToFront();
  await page.mouse.click(...middleOf(await tabOf(page)));
  return shownSidebar(page);
}

export async function shownSidebar(page: Page): Promise<Frame> {
  const frame = await overlayFrame(page, { path: '/sidebar.html' });
  await frame.getByText(/^(?:Synced|As in Salesforce)/).waitFor();
  return frame;
}

/**
 * Presses what takes its own frame away. Whether it did is for the test to look at: a frame that is destroyed under the pointer
 * sometimes never tells the developer tools that it got the press.
 */
export function pressLast(button: Locator): void {
  button.click().catch(() => undefined);
}

export async function closeSidebar(page: Page, frame: Frame): Promise<void> {
  pressLast(frame.getByRole('button', { name: /Close/ }));
  await sidebarGone(page);
}

export async function sidebarGone(page: Page): Promise<void> {
  await expect.poll(() => overlayFrames(page).length).toBe(0);
}

/** The extension is told of a keyboard command of its manifest as the browser tells it: real keys do not reach a headless browser. */
export async function pressCommand(scene: Scene, name: string, page: Page): Promise<void> {
  const id = await tabId(scene, page);
  await page.bringToFront();
  const worker = scene.browser.context.serviceWorkers().at(-1);
  if (!worker) throw new Error('no worker');
  await worker.evaluate(
    async ([command, tab]) => {
      const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch(name: string, tab: unknown): void } };
      onCommand.dispatch(command, await chrome.tabs.get(tab));
    },
    [name, id] as const,
  );
}

/** Chooses in Options what the sidebar does by itself. */
export async function chooseOverlay(scene: Scene, choice: RegExp): Promise<void> {
  const options = await scene.open('options.html#sites');
  await options.getByRole('radio', { name: choice }).click();
  await expect(options.getByRole('radio', { name: choice })).toBeChecked();
  await expect
    .poll(() => options.evaluate(async () => JSON.stringify(await chrome.storage.local.get('settings'))))
    .toContain('overlay');
  await options.close();
}
