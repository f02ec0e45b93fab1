import { i18n } from '#i18n';
import { type MenuClick, setMenus } from '@/lib/browser/menus';
import { siteOf } from '@/lib/matching/site-identity';
import type { Errand } from '@/lib/messaging/search-protocol';

/** The entries of the page's own menu. `%s` is what is marked, filled in by the browser. */
export const makeMenus = (): Promise<void> =>
  setMenus([
    { id: 'search', title: i18n.t('menu.find'), on: 'selection' },
    { id: 'create-lead', title: i18n.t('menu.createLead'), on: 'selection' },
    { id: 'search-link', title: i18n.t('menu.findCompany'), on: 'link' },
  ]);

/** What a click asks for; null when there is nothing in it. A link stands for the company whose site it leads to. */
export function errandOf({ id, text, link }: MenuClick): Errand | null {
  if (id === 'search-link') {
    const site = siteOf(link);
    return site ? { kind: 'search', text: site.page?.key ?? site.domain } : null;
  }
  return text.trim() !== '' && (id === 'search' || id === 'create-lead') ? { kind: id, text } : null;
}
