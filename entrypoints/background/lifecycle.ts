import { browser } from 'wxt/browser';
import { onAlarm } from '@/lib/browser/alarms';
import { onCommand } from '@/lib/browser/commands';
import { onMenu } from '@/lib/browser/menus';
import { onOnline } from '@/lib/browser/network';
import { onOmnibox } from '@/lib/browser/omnibox';
import { hasAccessToAllSites, onAccessChange } from '@/lib/browser/host-access';
import { onAway } from '@/lib/browser/idle';
import { registerOverlay, unregisterOverlay } from '@/lib/browser/overlay-script';
import { openSidePanel } from '@/lib/browser/side-panel';
import { closeAreasToPages } from '@/lib/browser/storage-area';
import { openAddress } from '@/lib/browser/tabs';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { LIMIT_ALARM } from './locking';
import { errandOf, makeMenus } from './menus';
import { OUTBOX_ALARM } from './outboxes';
import { createSidebarKey } from './overlay-handlers';
import type { Services } from './services';
import { SYNC_ALARMS } from './syncs';

/** Browser events to service calls. Every listener is registered while the worker starts, or its event would be lost. */
export function registerLifecycle(services: Services): void {
  const {
    syncs,
    outboxes,
    connections,
    frames,
    overlays,
    locking,
    protecting,
    recovered,
    firstAnswered,
    addressBar,
    errands,
    toolbar,
    settings,
    retention,
  } = services;
  const unattended = (work: () => Promise<unknown>) => {
    work().catch((error) => logFailure(toAppError(error)));
  };

  async function followSiteAccess(): Promise<void> {
    if (await hasAccessToAllSites()) {
      await registerOverlay();
      await tellOverlays({ overlay: 'refresh' });
    } else {
      await unregisterOverlay();
      await tellOverlays({ overlay: 'remove' });
    }
    await tellViews('connections.changed', {});
  }

  onAlarm((name) => {
    if (name === OUTBOX_ALARM) unattended(() => outboxes.runAll(false));
    if (name === LIMIT_ALARM) unattended(() => locking.lock('limit'));
    if (SYNC_ALARMS.includes(name)) {
      unattended(async () => {
        await syncs.runDue();
        await syncs.resumeSignedIn();
        await retention.enforce(connections);
        // A login may have come back that nobody tells of.
        await outboxes.runAll(true);
        await recovered;
        await protecting.rotateDue();
      });
    }
  });
  onAway((why) => unattended(() => locking.lock(why)));
  const onSidebarKey = createSidebarKey(services);
  onCommand((name, { tabId, windowId }) => {
    if (name === 'lock') unattended(() => locking.lock('user'));
    if (name === 'side-panel') unattended(() => openSidePanel(windowId));
    if (name === 'sidebar' && tabId !== null) unattended(() => onSidebarKey(tabId));
  });
  onMenu((click) => {
    const errand = errandOf(click);
    if (errand) unattended(() => errands.send(errand));
  });
  onOmnibox({
    typed: addressBar.typed,
    chosen: (text, where) => unattended(() => addressBar.chosen(text, where)),
  });
  onOnline(() => unattended(() => outboxes.runAll(true)));
  unattended(locking.followSettings);
  unattended(toolbar.refresh);
  onAccessChange(() => unattended(followSiteAccess));
  /** Once in the life of a profile: whoever has seen it finds it in the popup, as long as nothing is connected. */
  async function openSetup(): Promise<void> {
    if ((await settings.get()).setup !== 'unseen') return;
    await settings.change({ setup: 'about' });
    await openAddress('/setup.html', 'tab');
  }
  browser.runtime.onInstalled.addListener(({ reason }) => {
    unattended(async () => {
      await closeAreasToPages();
      await makeMenus();
      await followSiteAccess();
    });
    if (reason === 'install') unattended(openSetup);
  });
  browser.runtime.onStartup.addListener(() => {
    unattended(async () => {
      await closeAreasToPages();
      await syncs.runDue();
    });
  });
  // The browser may have dropped the alarm; a worker that wakes for anything else sees to it.
  unattended(syncs.ensureAlarms);
  // Nearly everything a worker is woken for needs the copies; they open while the browser brings the message.
  unattended(connections.ready);
  unattended(async () => {
    await firstAnswered;
    await syncs.resume();
    await syncs.resumeSignedIn();
  });
  // What an earlier worker was killed in, or what has fallen due while the browser was closed.
  unattended(async () => {
    await firstAnswered;
    await outboxes.runAll(true);
  });
  browser.tabs.onRemoved.addListener((tabId) => unattended(() => Promise.all([frames.drop(tabId), overlays.drop(tabId)])));
}
