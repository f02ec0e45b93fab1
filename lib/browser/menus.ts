import { browser } from 'wxt/browser';

export interface Menu {
  id: string;
  title: string;
  on: 'selection' | 'link';
}

export interface MenuClick {
  id: string;
  /** What is marked on the page. */
  text: string;
  /** Where the link leads. */
  link: string;
}

/** Puts these menus in the place of all that were there; the browser keeps them for the workers that come. */
export async function setMenus(menus: readonly Menu[]): Promise<void> {
  await browser.contextMenus.removeAll();
  for (const { id, title, on } of menus) browser.contextMenus.create({ id, title, contexts: [on] });
}

export function onMenu(handler: (click: MenuClick) => void): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText = '', linkUrl = '' }) => {
    handler({ id: String(menuItemId), text: selectionText, link: linkUrl });
  });
}
