import type { BrowserContext, Page } from '@playwright/test';

/** One question of a page visit, "has this site an Account?", and how long its answer took, in milliseconds. */
export interface Match {
  at: number;
  ms: number;
  matched: boolean;
}

/** Opens a tab for each host. */
export async function openSites(context: BrowserContext, hosts: readonly string[]): Promise<void> {
  for (const host of hosts) {
    const page = await context.newPage();
    await page.goto(`https://${host}/`);
  }
}

/**
 * Asks for one open site after another, whether or not the last one was answered. The question is the overlay's own, from
 * its own place in the page; a page of the extension, `options`, only sets it going.
 * @returns what ends it and gives the answers
 */
export async function askForMatches(options: Page, everyMs: number): Promise<() => Promise<Match[]>> {
  await options.evaluate(async (pause) => {
    const tabs = (await chrome.tabs.query({ url: 'https://*/*' })).flatMap(({ id, url }) =>
      id !== undefined && url?.includes('.home.arpa/') ? [id] : [],
    );
    if (tabs.length === 0) throw new Error('no site is open');
    const state = { matches: [] as unknown[], asked: 0, timer: 0 as unknown, open: new Set<Promise<unknown>>() };
    const ask = async (tabId: number) => {
      const [injected] = await chrome.scripting.executeScript({
        target: { tabId },
        func: async () => {
          const at = performance.now();
          const reply = await chrome.runtime.sendMessage({ sidelight: 1, name: 'overlay.ask', payload: {} });
          const ms = performance.now() - at;
          return { at: performance.timeOrigin + at, ms, matched: reply?.ok === true && reply.value !== null };
        },
      });
      if (injected?.result) state.matches.push(injected.result);
    };
    state.timer = setInterval(() => {
      const asking = ask(tabs[state.asked % tabs.length] ?? 0);
      state.asked += 1;
      state.open.add(asking);
      void asking.finally(() => state.open.delete(asking));
    }, pause);
    Object.assign(globalThis, { sidelightMatches: state });
  }, everyMs);
  return () =>
    options.evaluate(async () => {
      const { sidelightMatches: state } = globalThis as unknown as {
        sidelightMatches: { matches: Match[]; timer: number; open: Set<Promise<unknown>> };
      };
      clearInterval(state.timer);
      await Promise.all(state.open);
      return state.matches;
    });
}
