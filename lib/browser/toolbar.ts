import { browser } from 'wxt/browser';

export interface ToolbarButton {
  /** Files of the icon by their size in pixels. */
  icon: Record<number, string>;
  badge: string;
  title: string;
}

const BADGE_COLOUR = '#3c3f4d';
const TROUBLE_COLOUR = '#b42318';

/** Shows the toolbar's button so, in one tab until it goes to another page, or everywhere else. A tab that is gone does not matter. */
export async function showButton({ icon, badge, title }: ToolbarButton, tabId?: number): Promise<void> {
  const where = tabId === undefined ? {} : { tabId };
  const color = badge === '!' ? TROUBLE_COLOUR : BADGE_COLOUR;
  await Promise.allSettled([
    browser.action.setIcon({ ...where, path: icon }),
    browser.action.setBadgeText({ ...where, text: badge }),
    browser.action.setBadgeBackgroundColor({ ...where, color }),
    browser.action.setTitle({ ...where, title }),
  ]);
}
