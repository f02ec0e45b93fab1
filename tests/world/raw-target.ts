import type { CDPSession } from '@playwright/test';

/**
 * A line of the DevTools protocol to a target that Playwright has no Page for, such as the toolbar popup or the side
 * panel: messages are wrapped by the browser session (`Target.sendMessageToTarget`).
 */
export class RawTarget {
  #next = 0;
  readonly #browser: CDPSession;
  readonly #sessionId: string;
  readonly #waiting = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();
  #gone = false;

  private constructor(browser: CDPSession, sessionId: string) {
    this.#browser = browser;
    this.#sessionId = sessionId;
    browser.on('Target.receivedMessageFromTarget', (event) => {
      if (event.sessionId === sessionId) this.#receive(event.message);
    });
    browser.on('Target.detachedFromTarget', (event) => {
      if (event.sessionId === sessionId) this.#lose();
    });
  }

  static async attach(browser: CDPSession, targetId: string): Promise<RawTarget> {
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
    return new RawTarget(browser, sessionId);
  }

  get gone(): boolean {
    return this.#gone;
  }

  async send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#gone) throw new TargetGone();
    const id = ++this.#next;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const message = JSON.stringify({ id, method, params });
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#sessionId, message }).catch(() => this.#lose());
    return answer;
  }

  #receive(message: string): void {
    const { id, result, error } = JSON.parse(message) as { id?: number; result?: unknown; error?: { message: string } };
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id === undefined || waiting === undefined) return;
    this.#waiting.delete(id);
    if (error === undefined) waiting.resolve(result);
    else waiting.reject(new Error(error.message));
  }

  #lose(): void {
    this.#gone = true;
    for (const waiting of this.#waiting.values()) waiting.reject(new TargetGone());
    this.#waiting.clear();
  }
}

/** The target was closed while it was talked to: a popup closes itself when it loses the focus. */
export class TargetGone extends Error {
  override readonly name = 'TargetGone';
  constructor() {
    super('The target was closed.');
  }
}
