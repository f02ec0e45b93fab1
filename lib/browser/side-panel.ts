import { browser } from 'wxt/browser';
import { openPopup } from './popup';

/** What the polyfill has no types for. */
interface PanelApis {
  /** Chrome and Edge, with the permission. */
  sidePanel?: { open(options: { windowId: number } | { tabId: number }): Promise<void> };
  /** Firefox. */
  sidebarAction?: { open(): Promise<void> };
}

const apis = () => browser as unknown as PanelApis;

/**
 * Opens the browser's own side panel. Only what a person has just pressed may do that, so it is asked for without waiting for
 * anything first. A browser that refuses leaves everything as it is.
 * @param windowId the window to open it in; Firefox takes the one in front
 */
export async function openSidePanel(windowId: number | undefined): Promise<void> {
  const { sidePanel, sidebarAction } = apis();
  if (sidePanel && windowId !== undefined) await sidePanel.open({ windowId }).catch(() => undefined);
  else await sidebarAction?.open().catch(() => undefined);
}

/**
 * Opens what stands outside the page of a tab: the side panel where there is one, else the popup; Firefox opens its sidebar only for
 * what was pressed in the browser itself. To be called within the event of the press, before anything is awaited.
 */
export function openOutside(tabId: number): void {
  const { sidePanel } = apis();
  const popup = () => openPopup().catch(() => undefined);
  void (sidePanel ? sidePanel.open({ tabId }).catch(popup) : popup());
}
