import { browser } from 'wxt/browser';

const ALL_SITES = ['https://*/*', 'http://*/*'];

/** Whether the user has given access to these origins. */
export function hasAccess(origins: string[]): Promise<boolean> {
  return browser.permissions.contains({ origins });
}

/** Each page visit asks, and the browser takes milliseconds to say it while it loads a page: kept until access changes. */
let toAllSites: Promise<boolean> | null = null;

export function hasAccessToAllSites(): Promise<boolean> {
  toAllSites ??= hasAccess(ALL_SITES);
  toAllSites.catch(forgetAccess);
  return toAllSites;
}

function forgetAccess(): void {
  toAllSites = null;
}

/** Gives back the access to these origins, and optional permissions; a no-op for what was never granted. */
export async function giveBackAccess(origins: string[], permissions: 'cookies'[] = []): Promise<void> {
  await browser.permissions.remove({ origins, permissions }).catch(() => false);
  forgetAccess();
}

/** What the user has given, as the browser lists it: patterns of addresses, and permissions by name. */
export async function grantedAccess(): Promise<{ origins: string[]; permissions: string[] }> {
  const { origins = [], permissions = [] } = await browser.permissions.getAll();
  return { origins, permissions };
}

/** Gives back every address that was ever granted, one by one as it was asked for, and optional permissions. */
export async function giveBackAllHosts(permissions: 'cookies'[]): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  await giveBackAccess(origins, permissions);
}

/** To be called while the worker starts: what is kept of the access is right only from then on. */
export function onAccessChange(handler: () => void): void {
  const changed = () => {
    forgetAccess();
    handler();
  };
  browser.permissions.onAdded.addListener(changed);
  browser.permissions.onRemoved.addListener(changed);
}
