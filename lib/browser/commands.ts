import { browser } from 'wxt/browser';

/** Calls `handler` with the name of a keyboard command of the manifest, and the tab in front where the browser says which. */
export function onCommand(handler: (name: string, tabId: number | null) => void): void {
  browser.commands.onCommand.addListener((name, tab) => handler(name, tab?.id ?? null));
}
