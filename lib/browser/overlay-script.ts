import { browser } from 'wxt/browser';

const ID = 'overlay';
const FILE = '/overlay.js';
/** What shows something. Most pages match nothing, and never get it. */
const TAB_FILE = '/overlay-tab.js';
const MATCHES = ['https://*/*', 'http://*/*'];

/** Registers the content script for all sites, and puts it into the tabs that are open already. */
export async function registerOverlay(): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (registered.length > 0) return;
  await browser.scripting.registerContentScripts([
    { id: ID, js: [FILE.slice(1)], matches: MATCHES, runAt: 'document_idle', allFrames: false, persistAcrossSessions: true },
  ]);
  const tabs = await browser.tabs.query({ url: MATCHES });
  await Promise.allSettled(
    tabs.map(({ id }) => (id === undefined ? null : browser.scripting.executeScript({ target: { tabId: id }, files: [FILE] }))),
  );
}

export async function unregisterOverlay(): Promise<void> {
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [ID] });
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ID] });
}

/** Puts into a page what shows the tab; true when it is there. `whole`: the content script, too, where the user asks for it. */
export async function injectTab(tabId: number, whole = false): Promise<boolean> {
  const files = whole ? ([FILE, TAB_FILE] as const) : ([TAB_FILE] as const);
  return browser.scripting.executeScript({ target: { tabId }, files: [...files] }).then(
    () => true,
    () => false,
  );
}
