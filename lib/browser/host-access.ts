import { browser } from 'wxt/browser';

const ALL_SITES = ['https://*/*', 'http://*/*'];

/** Whether the user has given access to these origins. */
export function hasAccess(origins: string[]): Promise<boolean> {
  return browser.permissions.contains({ origins });
}

export function hasAccessToAllSites(): Promise<boolean> {
  return hasAccess(ALL_SITES);
}

/** Gives back the access to these origins; a no-op for what was never granted. */
export async function giveBackAccess(origins: string[]): Promise<void> {
  await browser.permissions.remove({ origins }).catch(() => false);
}

export function onAccessChange(handler: () => void): void {
  browser.permissions.onAdded.addListener(handler);
  browser.permissions.onRemoved.addListener(handler);
}
