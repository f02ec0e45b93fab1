import { i18n } from '#i18n';
import type { Suggested, Where } from '@/lib/browser/omnibox';
import { openPopup } from '@/lib/browser/popup';
import { openAddress } from '@/lib/browser/tabs';
import type { SearchAnswer, SearchItem } from '@/lib/messaging/search-protocol';
import type { Errands } from './errands';

/** The browser shows no more. */
const MOST_SUGGESTED = 6;

interface AddressBarOptions {
  isLocked: () => Promise<boolean>;
  search: (text: string) => Promise<SearchAnswer>;
  errands: Errands;
  /** Whether an address is one of a connected CRM. */
  isRecordPage: (text: string) => Promise<boolean>;
}

/** A record of the sample has no page in a CRM; the popup shows it. */
const hasPage = ({ url }: SearchItem): boolean => url !== '';

function suggestedOf({ url, name, details }: SearchItem): Suggested {
  const pieces: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of name.marks) {
    pieces.push({ text: name.text.slice(at, from), marked: false }, { text: name.text.slice(from, to), marked: true });
    at = to;
  }
  pieces.push({ text: name.text.slice(at), marked: false });
  const detail = details.map(({ text }) => text).join(' · ');
  return { url, name: pieces.filter(({ text }) => text !== ''), detail };
}

/** The keyword in the address bar: finds records while somebody types, and opens the one that is chosen. */
export function createAddressBar({ isLocked, search, errands, isRecordPage }: AddressBarOptions) {
  return {
    async typed(text: string): Promise<{ first: string; suggestions: Suggested[] }> {
      if (await isLocked()) return { first: i18n.t('omnibox.locked'), suggestions: [] };
      const answer = await search(text).catch((): SearchAnswer => ({ items: [], state: 'ready', code: 'unexpected' }));
      const { state } = answer;
      const items = answer.items.filter(hasPage);
      // It may have been locked while the answer was being found.
      if (await isLocked()) return { first: i18n.t('omnibox.locked'), suggestions: [] };
      const suggestions = items.slice(0, MOST_SUGGESTED).map(suggestedOf);
      if (state === 'not-connected') return { first: i18n.t('omnibox.notConnected'), suggestions };
      return { first: i18n.t(items.length > 0 ? 'omnibox.first' : 'omnibox.nothing'), suggestions };
    },
    /** A suggestion brings the address of its record; a text that was typed means the first record found. */
    async chosen(text: string, where: Where): Promise<void> {
      if (await isLocked()) return openPopup();
      // Only a page of the CRM is opened, whoever wrote the address.
      if (await isRecordPage(text)) return openAddress(text, where);
      const [first] = (await search(text)).items.filter(hasPage);
      return first ? openAddress(first.url, where) : errands.send({ kind: 'search', text });
    },
  };
}
