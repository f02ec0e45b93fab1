/** The part of the protocol that is about the overlay. Plain types only; `protocol.ts` passes them on. */

/** What is done on a site that matches: a tab is shown, the sidebar opens, or nothing until the user presses the key. */
export const OVERLAY_MODES = ['tab', 'open', 'asked'] as const;
export type OverlayMode = (typeof OVERLAY_MODES)[number];

/** For how long the user wants nothing shown on a site: until the tab is closed, for the day, or for good. */
export const HIDING = ['tab', 'today', 'always'] as const;
export type Hiding = (typeof HIDING)[number];

/** Where the tab stands; `at` is the part of the window's height above it. */
interface TabPlace {
  edge: 'left' | 'right';
  at: number;
}

export interface OverlayAnswer {
  /** For one frame; null: nothing to show. */
  token: string | null;
  /** The answer depends on the path, so it has to be asked again when that changes. */
  byPath: boolean;
  place: TabPlace | null;
  /** The sidebar is to open by itself. */
  open: boolean;
}

export interface HiddenSite {
  place: string;
  hidden: 'today' | 'always';
}

export interface OverlayRequests {
  /** Null: nothing to show, whatever the path. */
  'overlay.ask': { in: Record<never, never>; out: OverlayAnswer | null };
  /** The user has moved the tab on this site. */
  'overlay.move': { in: TabPlace; out: null };
  /** The user has closed the sidebar on this site: it does not open by itself in this tab any more. */
  'overlay.closed': { in: Record<never, never>; out: null };
  /** A view outside the page is wanted. It is opened as the message comes in; here it is only let through. */
  'overlay.outside': { in: Record<never, never>; out: null };
  /** The frame's page has started. */
  'sidebar.here': { in: Record<never, never>; out: null };
  'sidebar.hide': { in: { token: string; how: Hiding }; out: null };
  /** Whether the overlay is hidden on the site in front, and shows it again. */
  'overlay.hidden': { in: { tabId: number | null }; out: Hiding | null };
  'overlay.show': { in: { tabId: number | null }; out: null };
  'overlay.settings': { in: Record<never, never>; out: { mode: OverlayMode; hidden: HiddenSite[] } };
  'overlay.configure': { in: { mode: OverlayMode }; out: null };
  'overlay.showAt': { in: { place: string }; out: null };
}

/** What the background tells a content script. */
export type OverlayCommand =
  | { overlay: 'remove' }
  | { overlay: 'close' }
  | { overlay: 'refresh' }
  | { overlay: 'here' }
  /** The user asks for the sidebar by key: it opens, or closes when it is open. */
  | { overlay: 'toggle'; token: string; place: TabPlace | null };
