import { hasAccessToAllSites } from '@/lib/browser/host-access';
import { callbackUrl } from '@/lib/browser/login-window';
import { tabInFront } from '@/lib/browser/tabs';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { siteOf } from '@/lib/matching/site-identity';
import { SECTIONS, type SectionId, type SidebarState, type SiteState } from '@/lib/messaging/protocol';
import type { Site } from '@/lib/messaging/site-protocol';
import type { Caller, Handlers } from '@/lib/messaging/router';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { LiveConnection } from './connections';
import type { Services } from './services';
import { createBasisHandlers } from './basis-handlers';
import { createCreationHandlers } from './creation-handlers';
import { createOverlayHandlers } from './overlay-handlers';
import { createSearchHandlers } from './search-handlers';
import { createSiteHandlers } from './site-handlers';
import { createOutboxHandlers } from './outbox-handlers';
import { accountsOf, pathOf, silencedIn } from './site-matching';
import { createSyncHandlers } from './sync-handlers';
import { createPersonRightsHandlers } from './person-rights-handlers';
import { createPrivacyHandlers } from './privacy-handlers';
import { createVaultHandlers } from './vault-handlers';
import { accountView, connectionSummary, damagedSummary, leadsAt } from './summaries';

/** One entry per request of the protocol. Who may send which is decided before, by the sender policy. */
export function createHandlers(services: Services): Handlers {
  const {
    clock,
    settings,
    errands,
    connections,
    logs,
    disconnecting,
    syncs,
    outboxes,
    forms,
    changes,
    frames,
    policy,
    recovered,
  } = services;
  async function siteInFront(tabId: number | null): Promise<{ tabId: number; site: Site; path: string | null } | null> {
    const tab = await tabInFront(tabId);
    const site = tab?.url ? siteOf(tab.url) : null;
    return tab && site ? { tabId: tab.tabId, site, path: pathOf(tab.url) } : null;
  }

  async function sidebarState(site: Site, path: string | null): Promise<SidebarState | null> {
    const { candidates, suggestions } = await accountsOf(site, await connections.ready(), { policy: await policy.get(), path });
    const [best] = candidates;
    if (!best) return null;
    const connection = await connections.get(best.connectionId);
    return {
      site,
      candidates,
      suggestions,
      view: await accountView(connection, best.accountId, site, clock.now(), best.evidence),
    };
  }

  async function siteState(tabId: number | null): Promise<SiteState> {
    const ready = await connections.ready();
    if (ready.length === 0) return { kind: 'not-connected' };
    const front = await siteInFront(tabId);
    if (!front) return { kind: 'not-a-site' };
    const { site } = front;
    const why = await silencedIn(site, ready, await policy.get());
    if (why) return { kind: 'silenced', site, why };
    const matched = await sidebarState(site, front.path);
    if (matched) return { kind: 'matched', ...matched };
    const states = await Promise.all(ready.map(({ runner }) => runner.status()));
    const firstSyncRunning = states.some(({ lastSuccessAt, running }) => lastSuccessAt === null && running !== null);
    return { kind: 'unmatched', site, leads: await leadsAt(site, ready, clock.now()), firstSyncRunning };
  }

  /** Where the page behind a sidebar frame is now. */
  const pathBehind = async ({ tabId }: Caller): Promise<string | null> =>
    tabId === null ? null : pathOf((await tabInFront(tabId))?.url);

  /** The site this sidebar frame was opened for; a frame without a token of its own tab gets nothing. */
  async function frameSite(token: string, caller: Caller): Promise<Site> {
    const site = await frames.present(token, caller);
    if (!site) throw new AppError('message.refused');
    return site;
  }

  /** The login is back: what has waited for it goes on. */
  async function goOn(connection: LiveConnection) {
    await logs.add(connection, { act: 'signed-in' });
    syncs.startNow(connection);
    outboxes.run(connection, true).catch((error) => logFailure(toAppError(error)));
    return connectionSummary(connection, clock.now());
  }
  const isSilenced = async (site: Site): Promise<boolean> =>
    (await silencedIn(site, await connections.ready(), await policy.get())) !== null;

  return {
    ...createOverlayHandlers({ services, frameSite, siteInFront }),
    async 'sidebar.open'({ token }, caller) {
      const state = await sidebarState(await frameSite(token, caller), await pathBehind(caller));
      if (!state) throw new AppError('record.missing');
      return state;
    },
    async 'sidebar.account'({ token, connectionId, accountId }, caller) {
      const site = await frameSite(token, caller);
      const connection = await connections.get(connectionId);
      const known = { policy: await policy.get(), path: await pathBehind(caller) };
      const { candidates, suggestions } = await accountsOf(site, [connection], known);
      const allowed = [...candidates, ...suggestions].find((candidate) => candidate.accountId === accountId);
      if (!allowed) throw new AppError('message.refused');
      return accountView(connection, accountId, site, clock.now(), allowed.evidence);
    },
    async 'sidebar.layout'() {
      const { order, closed } = (await settings.get()).sidebar;
      const known = (names: readonly string[]): SectionId[] => SECTIONS.filter((id) => names.includes(id));
      return { order: known(order).sort((a, b) => order.indexOf(a) - order.indexOf(b)), closed: known(closed) };
    },
    async 'sidebar.arrange'(layout) {
      await settings.change({ sidebar: layout });
      return null;
    },
    async 'sidebar.close'({ token }, caller) {
      await frameSite(token, caller);
      if (caller.tabId !== null) await tellOverlays({ overlay: 'close' }, caller.tabId);
      return null;
    },
    'site.state': ({ tabId }) => siteState(tabId),
    async 'account.view'({ connectionId, accountId }) {
      return accountView(await connections.get(connectionId), accountId, null, clock.now());
    },
    async 'connections.list'() {
      const entries = await connections.entries();
      // Whoever looks may come from signing in.
      syncs.resumeSignedIn().catch((error) => logFailure(toAppError(error)));
      return Promise.all(
        entries.map((entry) =>
          connections
            .get(entry.id)
            .then((connection) => connectionSummary(connection, clock.now()))
            .catch((error) => damagedSummary(entry, toAppError(error).code, clock.now())),
        ),
      );
    },
    async 'connections.connect'({ loginHost, clientId }) {
      await recovered;
      const connection = await connections.connect(loginHost, clientId);
      await logs.add(connection, { act: 'connected' });
      syncs.startNow(connection);
      await tellViews('connections.changed', {});
      return connectionSummary(connection, clock.now());
    },
    async 'connections.sample'() {
      await recovered;
      const connection = await connections.connectSample();
      await logs.add(connection, { act: 'connected' });
      syncs.startNow(connection);
      await tellViews('connections.changed', {});
      return connectionSummary(connection, clock.now());
    },
    async 'connections.connectByTab'({ host }) {
      await recovered;
      const connection = await connections.connectByTab(host);
      await logs.add(connection, { act: 'connected' });
      syncs.startNow(connection);
      await tellViews('connections.changed', {});
      return connectionSummary(connection, clock.now());
    },
    async 'connections.connectByKey'({ crm, address, apiKey }) {
      await recovered;
      const connection = await connections.connectByKey(crm, address, apiKey);
      await logs.add(connection, { act: 'connected' });
      syncs.startNow(connection);
      await tellViews('connections.changed', {});
      return connectionSummary(connection, clock.now());
    },
    'connections.reconnect': async ({ connectionId }) => goOn(await connections.reconnect(connectionId)),
    'connections.renewKey': async ({ connectionId, apiKey }) => goOn(await connections.reconnect(connectionId, apiKey)),
    'connections.disconnect': ({ connectionId }) => disconnecting.disconnect(connectionId),
    'receipts.list': disconnecting.unseen,
    async 'receipts.dismiss'({ id }) {
      await disconnecting.dismiss(id);
      await tellViews('connections.changed', {});
      return null;
    },
    'connections.setup': async () => ({ callbackUrl: callbackUrl('salesforce') }),
    ...createSyncHandlers(connections, syncs, policy.get),
    ...createSiteHandlers({ clock, connections, policy, siteInFront }),
    ...createSearchHandlers(connections, errands),
    ...createVaultHandlers(services),
    ...createPrivacyHandlers(services),
    ...createPersonRightsHandlers(services),
    ...createCreationHandlers({ connections, forms, changes, siteInFront, isSilenced }),
    ...createBasisHandlers({ connections, clock }),
    ...createOutboxHandlers({
      connections,
      outboxes,
      forms,
      clock,
      onChange: (connectionId) => void tellViews('outbox.changed', { connectionId }),
    }),
    async 'setup.step'() {
      const { setup } = await settings.get();
      return { step: setup === 'unseen' ? 'about' : setup };
    },
    async 'setup.go'({ step }) {
      await settings.change({ setup: step });
      return null;
    },
    async 'policy.get'() {
      return { ...(await policy.get()), ignored: await policy.ignored() };
    },
    'sites.access': async () => ({ mode: (await hasAccessToAllSites()) ? 'all' : 'none' }),
  };
}
