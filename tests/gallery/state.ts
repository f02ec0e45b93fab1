import type { Page } from '@playwright/test';
import type { EventName, Events, Reply, RequestName, Requests } from '@/lib/messaging/protocol';
import type { ErrorCode } from '@/lib/shared/errors';

type Answer<N extends RequestName> = Reply<N> | 'never';

/** One answer, one for each time it is asked, or one that depends on the question; `never` keeps the view waiting. */
export type Answers = { [N in RequestName]?: Answer<N> | Answer<N>[] | ((payload: Requests[N]['in']) => Answer<N>) };

/** One state of a view: the answers of the background that lead to it, and what the user does to get there. */
export interface State {
  id: string;
  view: 'sidebar' | 'sidepanel' | 'popup' | 'options' | 'setup' | 'tab';
  answers: Answers;
  /** The section of the options page. */
  section?: string;
  /** The browser's own question is answered with no, or the page lets no frame in. */
  accessDenied?: boolean;
  /** The browser cannot be asked to look for an update. */
  noUpdateCheck?: boolean;
  /** The view breaks, and says so; the browser's console may complain. */
  breaks?: boolean;
  /** It shows letters that no font of ours has, so no picture of it is the same on two machines. */
  hasForeignLetters?: boolean;
  act?: (page: Page) => Promise<void>;
}

export const ok = <V>(value: V): { ok: true; value: V } => ({ ok: true, value });
export const no = (code: ErrorCode): { ok: false; code: ErrorCode } => ({ ok: false, code });

/** Lets the view hear an event of the background. */
export async function emit<N extends EventName>(page: Page, event: N, payload: Events[N]): Promise<void> {
  await page.evaluate(
    ([name, data]) => (globalThis as unknown as { emit: (event: EventName, payload: unknown) => void }).emit(name, data),
    [event, payload] as const,
  );
}

/** Has the view drawn again in another language: what leads to a state is written in English. */
export async function speak(page: Page, language: string): Promise<void> {
  // A quiet network does not mean that the script has run, on a machine that is busy.
  while (!(await page.evaluate(() => 'speak' in globalThis))) await page.waitForTimeout(50);
  await page.evaluate((next) => (globalThis as unknown as { speak: (language: string) => void }).speak(next), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Nobody may lose their place by what they pressed. */
export async function expectFocus(page: Page, text: string): Promise<void> {
  const found = await page.evaluate(() => {
    const { activeElement, body } = document;
    return activeElement === body ? '' : (activeElement?.textContent ?? '');
  });
  if (!found.includes(text)) throw new Error(`the focus is on "${found}", not on "${text}"`);
}
