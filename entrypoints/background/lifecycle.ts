import { browser } from 'wxt/browser';
import { onAlarm } from '@/lib/browser/alarms';
import { onCommand } from '@/lib/browser/commands';
import { hasAccessToAllSites, onAccessChange } from '@/lib/browser/host-access';
import { onAway } from '@/lib/browser/idle';
import { registerOverlay, unregisterOverlay } from '@/lib/browser/overlay-script';
import { closeAreasToPages } from '@/lib/browser/storage-area';
import { tellOverlays, tellViews } from '@/lib/browser/views';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { LIMIT_ALARM } from './locking';
import { createSidebarKey } from './overlay-handlers';
import type { Services } from './services';
import { SYNC_ALARMS } from './syncs';

/** Browser events to service calls. Every listener is registered while the worker starts, or its event would be lost. */
export function registerLifecycle(services: Services): void {
  const { syncs, frames, overlays, locking, protecting, recovered } = services;
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
    if (name === LIMIT_ALARM) unattended(() => locking.lock('limit'));
    if (SYNC_ALARMS.includes(name)) {
      unattended(async () => {
        await syncs.runDue();
        await recovered;
        await protecting.rotateDue();
      });
    }
  });
  onAway((why) => unattended(() => locking.lock(why)));
  const onSidebarKey = createSidebarKey(services);
  onCommand((name, tabId) => {
    if (name === 'lock') unattended(() => locking.lock('user'));
    if (name === 'sidebar' && tabId !== null) unattended(() => onSidebarKey(tabId));
  });
  unattended(locking.followSettings);
  onAccessChange(() => unattended(followSiteAccess));
  browser.runtime.onInstalled.addListener(() => {
    unattended(async () => {
      await closeAreasToPages();
      await followSiteAccess();
    });
  });
  browser.runtime.onStartup.addListener(() => {
    unattended(async () => {
      await closeAreasToPages();
      await syncs.runDue();
    });
  });
  // The browser may have dropped the alarm; a worker that wakes for anything else sees to it.
  unattended(syncs.ensureAlarms);
  unattended(syncs.resume);
  browser.tabs.onRemoved.addListener((tabId) => unattended(() => Promise.all([frames.drop(tabId), overlays.drop(tabId)])));
}
