import type { AccountView } from '@/lib/messaging/account-protocol';
import type { Occasion } from './record-draft';

/**
 * What a form is opened for in a view about a tab. On a site with an Account the new record is that Account's; a text that somebody
 * has marked or typed is about somebody else.
 */
export function occasionOf(tabId: number | null, text: string | null, view: AccountView | undefined): Occasion {
  if (text !== null || !view || view.sample) return { connectionId: null, tabId, text, link: null };
  return { connectionId: view.connectionId, tabId, text, link: { kind: 'account', id: view.account.id } };
}
