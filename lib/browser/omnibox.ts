import { browser } from 'wxt/browser';

/** A text in pieces, some of them marked as what was looked for. */
type Piece = { text: string; marked: boolean };

export interface Suggested {
  /** What stands in the address bar when it is chosen: the record's page. */
  url: string;
  name: readonly Piece[];
  detail: string;
}

export type Where = 'current' | 'tab' | 'background';

/** XML has no way to write these, and one of them would make the browser refuse all suggestions. */
const NOT_IN_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

const plain = (text: string) => text.toWellFormed().replace(NOT_IN_XML, ' ');
const escaped = (text: string) => plain(text).replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** Chromium reads descriptions as XML with marks; Firefox shows them as they stand. */
export function descriptionOf({ name, detail }: Omit<Suggested, 'url'>, isXml: boolean): string {
  if (!isXml) return [plain(name.map(({ text }) => text).join('')), plain(detail)].filter((part) => part !== '').join(' – ');
  const marked = name.map(({ text, marked: is }) => (is ? `<match>${escaped(text)}</match>` : escaped(text))).join('');
  return detail === '' ? marked : `${marked} <dim>${escaped(detail)}</dim>`;
}

const WHERE: Record<string, Where> = { currentTab: 'current', newForegroundTab: 'tab', newBackgroundTab: 'background' };

/** What the address bar does with the keyword: it asks while somebody types, and tells what was chosen or typed. */
export function onOmnibox(handlers: {
  /** What stands first, and the suggestions below it. */
  typed: (text: string) => Promise<{ first: string; suggestions: Suggested[] }>;
  chosen: (text: string, where: Where) => void;
}): void {
  const isXml = !navigator.userAgent.includes('Firefox');
  browser.omnibox.onInputChanged.addListener(async (text, suggest) => {
    const { first, suggestions } = await handlers.typed(text);
    browser.omnibox.setDefaultSuggestion({ description: isXml ? escaped(first) : plain(first) });
    suggest(suggestions.map((one) => ({ content: one.url, description: descriptionOf(one, isXml) })));
  });
  browser.omnibox.onInputEntered.addListener((text, disposition) => handlers.chosen(text, WHERE[disposition] ?? 'current'));
}
