import { browser } from 'wxt/browser';

/** Chromium's side panel; absent without its permission, and in Firefox. */
interface SidePanel {
  open(options: { tabId: number }): Promise<void>;
}

/**
 * Opens what stands outside the page: the browser's side panel where there is one, else the popup. The panel wants to be asked for
 * within the very event of the user's press, so nothing may be awaited before this is called.
 */
export function openOutside(tabId: number): void {
  const { sidePanel } = browser as unknown as { sidePanel?: SidePanel };
  const popup = () => browser.action.openPopup().catch(() => undefined);
  void (sidePanel ? sidePanel.open({ tabId }).catch(popup) : popup());
}
