import { browser } from 'wxt/browser';

/** What the polyfill has no types for. */
interface PanelApis {
  /** Chrome and Edge. */
  sidePanel?: { open(options: { windowId: number }): Promise<void> };
  /** Firefox. */
  sidebarAction?: { open(): Promise<void> };
}

/**
 * Opens the browser's own side panel. Only what a person has just pressed may do that, so it is asked for without waiting for
 * anything first. A browser that refuses leaves everything as it is.
 * @param windowId the window to open it in; Firefox takes the one in front
 */
export async function openSidePanel(windowId: number | undefined): Promise<void> {
  const { sidePanel, sidebarAction } = browser as unknown as PanelApis;
  if (sidePanel && windowId !== undefined) await sidePanel.open({ windowId }).catch(() => undefined);
  else await sidebarAction?.open().catch(() => undefined);
}
