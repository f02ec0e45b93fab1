import { browser } from 'wxt/browser';

const ID = 'overlay';
const FILE = '/overlay.js';
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
