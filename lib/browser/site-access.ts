import { browser } from 'wxt/browser';

const ALL_SITES = { origins: ['https://*/*', 'http://*/*'] };

/** Opens the browser's question for access to the CRM's addresses; must be called straight from a click. True when it was allowed. */
export const askHostAccess = (origins: string[], permissions: 'cookies'[] = []): Promise<boolean> =>
  browser.permissions.request({ origins, permissions });

/** Opens the browser's question for all sites; must be called straight from a click. True when it was allowed. */
export const askSiteAccess = (): Promise<boolean> => browser.permissions.request(ALL_SITES);

async function grantedOrigins(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins.filter((origin) => !ALL_SITES.origins.includes(origin));
}

/**
 * Gives the access to all sites back; true when it is gone. Chromium takes the CRM's own hosts away together with "all sites", which
 * covers them. Asking for them again right after is granted without a question, since they were granted before. Firefox leaves them,
 * and would not let us ask here.
 */
export async function dropSiteAccess(): Promise<boolean> {
  const narrower = await grantedOrigins();
  const dropped = await browser.permissions.remove(ALL_SITES);
  const left = await grantedOrigins();
  const lost = narrower.filter((origin) => !left.includes(origin));
  if (lost.length > 0) await browser.permissions.request({ origins: lost });
  return dropped;
}

/** What the user has given beyond the installation: patterns of addresses, all sites as one, and permissions by name. */
export async function listGrants(): Promise<string[]> {
  const { origins = [], permissions = [] } = await browser.permissions.getAll();
  const narrow = origins.filter((origin) => !ALL_SITES.origins.includes(origin));
  const all = narrow.length < origins.length ? ['all'] : [];
  return [...all, ...narrow, ...permissions.filter((one) => one === 'cookies')];
}

/** Gives one of them back; true when the browser has taken it. */
export async function dropGrant(grant: string): Promise<boolean> {
  if (grant === 'all') return dropSiteAccess();
  const asked = grant === 'cookies' ? { permissions: ['cookies' as const] } : { origins: [grant] };
  await browser.permissions.remove(asked).catch(() => false);
  return !(await listGrants()).includes(grant);
}
