import type { CDPSession, Page } from '@playwright/test';
import { RawTarget, TargetGone } from './raw-target.ts';
import { until } from './within.ts';

const WAIT_MS = 10_000;

/**
 * The real toolbar popup, opened as by a click on the extension's icon: it closes when it loses the focus, has its real
 * size, and `activeTab` is granted. Playwright knows no Page for it, so it is driven by the DevTools protocol.
 */
export class ToolbarPopup {
  readonly #target: RawTarget;
  readonly #targetId: string;
  readonly #browser: CDPSession;
  /** When the icon was clicked, in milliseconds since 1970. */
  readonly openedAt: number;

  constructor(target: RawTarget, targetId: string, browser: CDPSession, openedAt: number) {
    this.openedAt = openedAt;
    this.#target = target;
    this.#targetId = targetId;
    this.#browser = browser;
  }

  /** True when the popup has closed, by itself or by `close`. */
  get closed(): boolean {
    return this.#target.gone;
  }

  /** Runs a function in the popup and hands back what it answers; it may be async, its arguments must be JSON. */
  async evaluate<A extends readonly unknown[], R>(run: (...args: A) => R | Promise<R>, ...args: A): Promise<R> {
    const expression = `(${run.toString()})(...${JSON.stringify(args)})`;
    const answer = (await this.#target.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value?: unknown }; exceptionDetails?: { text: string; exception?: { description?: string } } };
    if (answer.exceptionDetails !== undefined) {
      throw new Error(answer.exceptionDetails.exception?.description ?? answer.exceptionDetails.text);
    }
    return answer.result.value as R;
  }

  /** What the popup shows, as text. */
  text(): Promise<string> {
    // biome-ignore lint/performance/useDomNodeTextContent: only what can be seen is wanted
    return this.evaluate(() => document.body.innerText);
  }

  /** Waits until the popup shows `wanted`, and gives the whole text. */
  async waitForText(wanted: string | RegExp, timeoutMs = WAIT_MS): Promise<string> {
    let last = '';
    return until(timeoutMs, `popup to show ${wanted}`, async () => {
      last = await this.text();
      return (typeof wanted === 'string' ? last.includes(wanted) : wanted.test(last)) ? last : undefined;
    }).catch((error: unknown) => {
      throw error instanceof TargetGone ? error : new Error(`${String(error)} It shows:\n${last}`);
    });
  }

  /** A real mouse click (a user gesture) on the middle of the first element that fits, as soon as it is there and visible. */
  async click(selector: string, timeoutMs = WAIT_MS): Promise<void> {
    const [x, y] = await until(timeoutMs, `popup to have a clickable ${selector}`, () => this.#middleOf(selector));
    const at = { x, y, button: 'left', clickCount: 1 };
    await this.#target.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
    await this.#target.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...at });
    // The click itself may close the popup; then there is nobody left to answer.
    await this.#target.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...at }).catch(ignoreGone);
  }

  /** Clicks into a field, replaces what stands in it, as typed text. */
  async fill(selector: string, text: string): Promise<void> {
    await this.click(selector);
    await this.evaluate(() => document.execCommand('selectAll'));
    await this.#target.send('Input.insertText', { text });
  }

  async press(key: 'Enter' | 'Escape' | 'Tab'): Promise<void> {
    const code = { Enter: 13, Escape: 27, Tab: 9 }[key];
    const event = { key, code: key, windowsVirtualKeyCode: code, ...(key === 'Enter' ? { text: '\r' } : {}) };
    await this.#target.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event }).catch(ignoreGone);
    await this.#target
      .send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: key, windowsVirtualKeyCode: code })
      .catch(ignoreGone);
  }

  /** A PNG of the popup. */
  async screenshot(): Promise<Buffer> {
    const { data } = (await this.#target.send('Page.captureScreenshot', { format: 'png' })) as { data: string };
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.#browser.send('Target.closeTarget', { targetId: this.#targetId });
    await until(WAIT_MS, 'popup to close', () => (this.closed ? true : undefined));
  }

  /** Waits until the popup has closed by itself, as after "open in a tab". */
  async waitForClose(timeoutMs = WAIT_MS): Promise<void> {
    await until(timeoutMs, 'popup to close', () => (this.closed ? true : undefined));
  }

  #middleOf(selector: string): Promise<readonly [number, number] | undefined> {
    return this.evaluate((wanted: string) => {
      const element = document.querySelector(wanted);
      if (element === null || element.matches(':disabled')) return undefined;
      element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 ? ([box.x + box.width / 2, box.y + box.height / 2] as const) : undefined;
    }, selector);
  }
}

/** Clicks the extension's toolbar icon while `page` is the tab in front, and waits for the popup to have loaded. */
export async function openPopup(page: Page, extensionId: string): Promise<ToolbarPopup> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('This context has no browser of its own.');
  await page.bringToFront();
  const session = await browser.newBrowserCDPSession();
  const before = new Set((await popupTargets(session, extensionId)).map((target) => target.targetId));
  const targetId = await tabOf(page, session);
  const openedAt = Date.now();
  await session.send('Extensions.triggerAction', { id: extensionId, targetId });
  const info = await until(WAIT_MS, 'toolbar popup to open', async () =>
    (await popupTargets(session, extensionId)).find((target) => !before.has(target.targetId)),
  );
  const popup = new ToolbarPopup(await RawTarget.attach(session, info.targetId), info.targetId, session, openedAt);
  await until(WAIT_MS, 'toolbar popup to load', async () =>
    (await popup.evaluate(() => document.readyState === 'complete' && location.protocol === 'chrome-extension:'))
      ? true
      : undefined,
  );
  return popup;
}

async function popupTargets(session: CDPSession, extensionId: string) {
  const { targetInfos } = await session.send('Target.getTargets');
  return targetInfos.filter((info) => info.type === 'page' && info.url.startsWith(`chrome-extension://${extensionId}/`));
}

/**
 * The id of the tab that shows `page`: `Extensions.triggerAction` wants the tab target, which is the parent of the page
 * target and is only listed when asked for by type.
 */
async function tabOf(page: Page, session: CDPSession): Promise<string> {
  const own = await page.context().newCDPSession(page);
  const { targetInfo } = await own.send('Target.getTargetInfo');
  await own.detach();
  const { targetInfos: tabs } = await session.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const tab = tabs.find((info) => info.targetId === targetInfo.parentId) ?? tabs.find((info) => info.url === page.url());
  if (tab === undefined) throw new Error(`No tab shows ${page.url()}`);
  return tab.targetId;
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof TargetGone)) throw error;
}
