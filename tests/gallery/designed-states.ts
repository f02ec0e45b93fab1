/** The states that every view has to be designed for. */
const KINDS = ['loading', 'empty', 'offline', 'locked', 'stale', 'error', 'firstRun'] as const;
type Kind = (typeof KINDS)[number];

/** Why a view has no such state. */
interface None {
  none: string;
}

const none = (why: string): None => ({ none: why });

const LOCAL = none('it is answered from the copy, with or without a network');
const WHOLE_VIEW = none('the whole view is replaced by the form to unlock');
const SHOWS_NO_COPY = none('it shows nothing that could grow old');
const NOTHING_FIRST = none('it is the same the first time');

/** Which state of the gallery shows it, by view or part of a view. A test holds it against the gallery. */
export const DESIGNED: Record<string, Record<Kind, string | None>> = {
  tab: {
    loading: none('there is no tab before the answer is there'),
    empty: none('without a match the page is not touched'),
    offline: LOCAL,
    locked: none('nothing is matched while it is locked'),
    stale: none('the sidebar says so'),
    error: 'tab-refused',
    firstRun: 'tab-closed',
  },
  sidebar: {
    loading: 'sidebar-loading',
    empty: 'sidebar-empty',
    offline: 'sidebar-offline',
    locked: 'sidebar-locked',
    stale: 'sidebar-stale',
    error: 'sidebar-error',
    firstRun: 'sidebar-first-sync',
  },
  sidepanel: {
    loading: 'sidepanel-loading',
    empty: 'sidepanel-empty',
    offline: 'sidepanel-offline',
    locked: 'sidepanel-locked',
    stale: 'sidepanel-stale',
    error: 'sidepanel-error',
    firstRun: 'sidepanel-not-connected',
  },
  popup: {
    loading: 'popup-loading',
    empty: 'popup-unmatched',
    offline: 'popup-offline',
    locked: 'popup-locked-idle',
    stale: 'popup-stale',
    error: 'popup-error',
    firstRun: 'popup-not-connected',
  },
  search: {
    loading: 'popup-search-waiting',
    empty: 'popup-search-none',
    offline: LOCAL,
    locked: WHOLE_VIEW,
    stale: 'popup-search-syncing',
    error: 'popup-search-error',
    firstRun: 'popup-search-unsynced',
  },
  'lead form': {
    loading: 'popup-lead-form-loading',
    empty: 'popup-lead-form',
    offline: 'popup-lead-form-error',
    locked: 'popup-locked-draft',
    stale: SHOWS_NO_COPY,
    error: 'popup-lead-form-forbidden',
    firstRun: NOTHING_FIRST,
  },
  'unlock form': {
    loading: 'popup-locked-unlocking',
    empty: 'popup-locked-missing',
    offline: LOCAL,
    locked: 'popup-locked-start',
    stale: SHOWS_NO_COPY,
    error: 'popup-locked-failed',
    firstRun: 'options-protection-device',
  },
  connections: {
    loading: 'options-loading',
    empty: 'options-connect',
    offline: 'options-offline',
    locked: 'options-locked',
    stale: 'options-reconnect',
    error: 'options-error',
    firstRun: 'options-syncing',
  },
  'sync history': {
    loading: 'options-history-loading',
    empty: 'options-history-empty',
    offline: LOCAL,
    locked: WHOLE_VIEW,
    stale: SHOWS_NO_COPY,
    error: 'options-history-error',
    firstRun: 'options-history-empty',
  },
  selection: {
    loading: 'options-selection-loading',
    empty: 'options-selection-fields-few',
    offline: 'options-selection-fields-error',
    locked: WHOLE_VIEW,
    stale: 'options-selection-lost',
    error: 'options-selection-error',
    firstRun: 'options-selection-all',
  },
  'site access': {
    loading: 'options-sites-loading',
    empty: 'options-sites',
    offline: LOCAL,
    locked: WHOLE_VIEW,
    stale: SHOWS_NO_COPY,
    error: 'options-sites-error',
    firstRun: 'options-sites',
  },
  protection: {
    loading: 'options-waiting-for-state',
    empty: none('there is always a way of protection'),
    offline: LOCAL,
    locked: WHOLE_VIEW,
    stale: 'options-protection-rotation',
    error: 'options-no-state',
    firstRun: 'options-protection-device',
  },
  receipts: {
    loading: 'popup-disconnecting',
    empty: 'options-protection-reset-empty',
    offline: 'options-receipt-trouble',
    locked: 'popup-locked-receipt-unseen',
    stale: 'options-receipt-unseen',
    error: 'options-receipt-trouble',
    firstRun: 'popup-receipt',
  },
};
