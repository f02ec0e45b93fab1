import { browser } from 'wxt/browser';
import type { EventName, Events } from '@/lib/messaging/protocol';
import type { OverlayCommand } from '@/lib/messaging/overlay-protocol';
import { tellEmbeddedViews } from './embedded-views';
import { sendToAllTabs, sendToTab } from './tabs';

/** Tells every open view of the extension. Nobody listening is no fault. */
export async function tellViews<N extends EventName>(event: N, payload: Events[N]): Promise<void> {
  const message = { sidelight: 1, event, payload };
  await Promise.all([browser.runtime.sendMessage(message).catch(() => undefined), tellEmbeddedViews(message)]);
}

/** Tells the content script of one tab, or of all. */
export function tellOverlays(command: OverlayCommand, tabId?: number): Promise<void> {
  const message = { sidelight: 1, ...command };
  return tabId === undefined ? sendToAllTabs(message) : sendToTab(tabId, message);
}
