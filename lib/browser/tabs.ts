import { browser } from 'wxt/browser';

export interface TabInFront {
  tabId: number;
  /** Absent when the extension may not see it. */
  url: string | null;
}

/** The active tab of the window in front, or the tab asked for. */
export async function tabInFront(tabId: number | null): Promise<TabInFront | null> {
  const tab =
    tabId === null
      ? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]
      : await browser.tabs.get(tabId).catch(() => undefined);
  return tab?.id === undefined ? null : { tabId: tab.id, url: tab.url ?? null };
}

/** Sends to the content script of one tab; tabs without one do not matter. */
export async function sendToTab(tabId: number, message: unknown): Promise<void> {
  await browser.tabs.sendMessage(tabId, message, { frameId: 0 }).catch(() => undefined);
}

export async function sendToAllTabs(message: unknown): Promise<void> {
  const tabs = await browser.tabs.query({});
  await Promise.all(tabs.map(({ id }) => (id === undefined ? undefined : sendToTab(id, message))));
}

/** Runs a self-contained function in the page's top frame and returns what it returned, or null when that is not allowed. */
export async function runInTab<T>(tabId: number, read: () => T): Promise<T | null> {
  const results = await browser.scripting.executeScript({ target: { tabId }, func: read }).catch(() => []);
  return (results[0]?.result as T | undefined) ?? null;
}

/** Opens an address in the tab in front, or in a new one. */
export async function openAddress(url: string, where: 'current' | 'tab' | 'background'): Promise<void> {
  if (where === 'current') await browser.tabs.update({ url });
  else await browser.tabs.create({ url, active: where === 'tab' });
}
