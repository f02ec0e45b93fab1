import { browser } from 'wxt/browser';

/** Calls `handler` with the name of a keyboard command of the manifest. */
export function onCommand(handler: (name: string) => void): void {
  browser.commands.onCommand.addListener((name) => handler(name));
}
