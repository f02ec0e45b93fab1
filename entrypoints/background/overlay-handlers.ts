import { hasAccessToAllSites } from '@/lib/browser/host-access';
import { injectTab } from '@/lib/browser/overlay-script';
import { openOutside } from '@/lib/browser/side-panel';
import { tabInFront } from '@/lib/browser/tabs';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { isPlatform, siteOf } from '@/lib/matching/site-identity';
import type { OverlayRequests } from '@/lib/messaging/overlay-protocol';
import type { Site } from '@/lib/messaging/site-protocol';
import type { Caller, Handlers } from '@/lib/messaging/router';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { Services } from './services';
import { accountCount, hasAccounts } from './site-matching';

/** The site of a page that sends, and its tab. Chromium keeps a script's address as the page was loaded with. */
async function siteOfPage({ url, tabId }: Caller): Promise<{ site: Site; tabId: number } | null> {
  const asked = siteOf(url);
  if (!asked || tabId === null) return null;
  if (!isPlatform(asked)) return { site: asked, tabId };
  const tab = await tabInFront(tabId);
  const now = tab?.url ? siteOf(tab.url) : null;
  return { site: now?.host === asked.host ? now : asked, tabId };
}

/** Requests about the overlay: whether it comes, where it stands, and where the user does not want it. */
export function createOverlayHandlers(options: {
  services: Pick<Services, 'connections' | 'frames' | 'overlays' | 'pace' | 'policy' | 'settings' | 'toolbar' | 'vault'>;
  frameSite: (token: string, caller: Caller) => Promise<Site>;
  siteInFront: (tabId: number | null) => Promise<{ tabId: number; site: Site } | null>;
}): Pick<Handlers, keyof OverlayRequests> {
  const { frameSite, siteInFront } = options;
  const { connections, frames, overlays, pace, policy, settings, toolbar, vault } = options.services;

  /** Open pages show or take away what now holds; views ask again. */
  async function tellAll(): Promise<null> {
    await tellOverlays({ overlay: 'refresh' });
    await tellViews('connections.changed', {});
    return null;
  }
  /** Behind the answer, since the browser takes longer to change its toolbar. It may have been locked meanwhile. */
  async function showInToolbar(tabId: number, count: () => Promise<number>): Promise<void> {
    await pace.breathe();
    const matches = await count();
    if ((await vault.locked()) === null) await toolbar.site(tabId, matches);
  }
  async function frontOrRefused(tabId: number | null) {
    const front = await siteInFront(tabId);
    if (!front) throw new AppError('message.invalid');
    return front;
  }

  return {
    async 'overlay.ask'(_, caller) {
      const page = await siteOfPage(caller);
      if (!page) return null;
      const { site, tabId } = page;
      // All at once, since each is a call to the browser; while it is locked no connection can be opened.
      const [isAllowed, locked, ready, shown, rules] = await Promise.all([
        hasAccessToAllSites(),
        vault.locked(),
        connections.ready(),
        overlays.shown(site, tabId),
        policy.get(),
      ]);
      if (!isAllowed || locked !== null) return null;
      const byPath = isPlatform(site);
      const nothing = byPath ? { token: null, byPath, place: null, open: false } : null;
      const isSomebodys = await hasAccounts(site, ready, rules);
      // It may have been locked meanwhile, and the page has been told so before this answer comes.
      if ((await vault.locked()) !== null) return null;
      const count = async () => (isSomebodys ? accountCount(site, ready, rules) : 0);
      showInToolbar(tabId, count).catch((error) => logFailure(toAppError(error)));
      if (!isSomebodys || !shown) return nothing;
      // Not waited for: it comes beside the answer. A page that refuses it shows nothing, and the token opens nothing.
      void injectTab(tabId);
      return { token: await frames.issue(tabId, site), byPath, ...shown };
    },
    async 'overlay.move'(place, caller) {
      const page = await siteOfPage(caller);
      // A site on which nothing is shown has nothing to move.
      if (page && (await frames.isIssued(page.tabId))) await overlays.move(page.site, place);
      return null;
    },
    async 'overlay.closed'(_, caller) {
      const page = await siteOfPage(caller);
      if (page) await overlays.closed(page.site, page.tabId);
      return null;
    },
    'overlay.outside': async () => null,
    async 'sidebar.here'(_, { tabId }) {
      if (tabId !== null) await tellOverlays({ overlay: 'here' }, tabId);
      return null;
    },
    async 'sidebar.hide'({ token, how }, caller) {
      const site = await frameSite(token, caller);
      if (caller.tabId === null) return null;
      await overlays.hide(site, caller.tabId, how);
      await tellOverlays({ overlay: 'remove' }, caller.tabId);
      return how === 'tab' ? null : tellAll();
    },
    async 'overlay.hidden'({ tabId }) {
      const front = await siteInFront(tabId);
      return front && overlays.hidden(front.site, front.tabId);
    },
    async 'overlay.show'({ tabId }) {
      const front = await frontOrRefused(tabId);
      await overlays.show(front.site, front.tabId);
      return tellAll();
    },
    'overlay.settings': async () => ({ mode: (await settings.get()).overlay, hidden: await overlays.list() }),
    async 'overlay.configure'({ mode }) {
      await settings.change({ overlay: mode });
      return tellAll();
    },
    async 'overlay.showAt'({ place }) {
      await overlays.showAt(place);
      return tellAll();
    },
  };
}

/** The user presses the key: the sidebar opens where it can stand, else what stands outside the page. */
export function createSidebarKey(services: Pick<Services, 'connections' | 'frames' | 'overlays' | 'policy' | 'vault'>) {
  const { connections, frames, overlays, policy, vault } = services;

  async function toggle(tabId: number): Promise<boolean> {
    if ((await vault.locked()) !== null) return false;
    const tab = await tabInFront(tabId);
    const site = tab?.url ? siteOf(tab.url) : null;
    if (!site || (await accountCount(site, await connections.ready(), await policy.get())) === 0) return false;
    if (!(await injectTab(tabId, true))) return false;
    const place = await overlays.placed(site);
    if ((await vault.locked()) !== null) return false;
    await tellOverlays({ overlay: 'toggle', token: await frames.issue(tabId, site), place }, tabId);
    return true;
  }
  return async (tabId: number): Promise<void> => {
    if (!(await toggle(tabId))) openOutside(tabId);
  };
}
