import { browser } from 'wxt/browser';

/** Calls `handler` with the name of a keyboard command of the manifest, and where it was pressed as far as the browser says. */
export function onCommand(handler: (name: string, where: { tabId: number | null; windowId: number | undefined }) => void): void {
  browser.commands.onCommand.addListener((name, tab) => handler(name, { tabId: tab?.id ?? null, windowId: tab?.windowId }));
}
