/** The part of the protocol that is about searching the copy, and what a menu or the address bar asks the popup to do. Types only. */
import type { ErrorCode } from '@/lib/shared/errors';

/** A text with the ranges of it that answer the query, in order and apart from each other. */
export interface MarkedText {
  text: string;
  marks: [from: number, to: number][];
}

export type SearchedKind = 'account' | 'contact' | 'lead' | 'opportunity';

export interface SearchItem {
  connectionId: string;
  /** It is of the built-in sample CRM; absent for a real one. */
  sample?: true;
  object: SearchedKind;
  id: string;
  /** Its page in the CRM; empty when it has none. */
  url: string;
  name: MarkedText;
  /** What tells it from others of that name: company, title, stage, and the address or number that was found. */
  details: MarkedText[];
  /** A person who wants neither calls nor e-mail; absent for everybody else. */
  objected?: true;
  /** The company's site as the CRM has it; text, and not to be followed unless it is a web address. */
  website: string | null;
}

export interface SearchAnswer {
  /** Best first. Empty for a text with nothing to look for. */
  items: SearchItem[];
  /** `unsynced`: nothing is copied yet. `syncing`: the first sync is under way, so that more may come. */
  state: 'not-connected' | 'unsynced' | 'syncing' | 'ready';
  /** Why a connection could not be searched. */
  code: ErrorCode | null;
}

/** What somebody chose in a menu of the browser, for the popup to go on with. The text is what they had marked on a page. */
export interface Errand {
  kind: 'search' | 'create-lead';
  text: string;
}

export interface SearchRequests {
  /** With an empty text nothing is searched, but what a search needs is made ready. */
  'search.find': { in: { text: string }; out: SearchAnswer };
  /** The errand that waits, once. */
  'errand.take': { in: Record<never, never>; out: Errand | null };
}
