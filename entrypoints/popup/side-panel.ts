import { browser } from 'wxt/browser';

interface PanelApis {
  sidePanel?: { open(options: { windowId: number }): Promise<void> };
  sidebarAction?: { open(): Promise<void> };
}

/** Shows the same in the browser's own side panel, where it stays while the person goes from site to site. */
export async function moveToSidePanel(): Promise<void> {
  const { sidePanel, sidebarAction } = browser as unknown as PanelApis;
  // Firefox believes in a press only as long as nothing has been waited for.
  if (sidebarAction) await sidebarAction.open();
  else {
    const { id } = await browser.windows.getCurrent();
    if (id !== undefined) await sidePanel?.open({ windowId: id });
  }
  window.close();
}
