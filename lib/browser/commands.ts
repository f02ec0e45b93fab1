import { browser } from 'wxt/browser';

/** Calls `handler` with the name of a keyboard command of the manifest, and the window it was pressed in where that is told. */
export function onCommand(handler: (name: string, windowId: number | undefined) => void): void {
  browser.commands.onCommand.addListener((name, tab) => handler(name, tab?.windowId));
}
