import { browser } from 'wxt/browser';

/** Which tab a side panel is about, and whether it has gone to another page since. */
export interface FollowedTab {
  tabId: number;
  /** Counts up with every page, so that a view knows to ask again. */
  visit: number;
}

/**
 * Tells the tab in front of the panel's own window, now and whenever it is another one or has gone elsewhere.
 * @returns ends it
 */
export function followTab(tell: (tab: FollowedTab | null) => void): () => void {
  let windowId: number | undefined;
  let shown: number | undefined;
  let visit = 0;
  let over = false;

  const show = (tabId: number | undefined) => {
    if (over) return;
    shown = tabId;
    visit += 1;
    tell(tabId === undefined ? null : { tabId, visit });
  };
  const look = async () => {
    const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
    windowId = tab?.windowId;
    show(tab?.id);
  };
  const onActivated = (active: { tabId: number; windowId: number }) => {
    if (active.windowId === windowId) show(active.tabId);
  };
  // The address is told only where the extension may see it; that a page has loaded is told for every tab.
  const onUpdated = (tabId: number, change: { url?: string; status?: string }) => {
    if (tabId === shown && (change.url !== undefined || change.status === 'complete')) show(tabId);
  };
  browser.tabs.onActivated.addListener(onActivated);
  browser.tabs.onUpdated.addListener(onUpdated);
  void look().catch(() => show(undefined));
  return () => {
    over = true;
    browser.tabs.onActivated.removeListener(onActivated);
    browser.tabs.onUpdated.removeListener(onUpdated);
  };
}
