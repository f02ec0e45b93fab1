/**
 * The closed protocol between views, content script and background: names and plain types, no run-time code beyond
 * the role table's names. Anyone may import it. Schemas that check it at run time are in schemas.ts (background only).
 */
import type { ErrorCode } from '@/lib/shared/errors';
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { ObjectKind } from '@/lib/crm/records';
import type { AccountScope, Selection } from '@/lib/crm/selection';
import type { AccountView, LeadItem } from './account-protocol';
import type { BackupRequests } from './backup-protocol';
import type { BasisRequests } from './basis-protocol';
import type { CreationRequests } from './creation-protocol';
import type { OutboxEvents, OutboxRequests } from './outbox-protocol';
import type { OverlayRequests } from './overlay-protocol';
import type { PolicyRequests } from './policy-protocol';
import type { PrivacyRequests } from './privacy-protocol';
import type { RightsRequests } from './rights-protocol';
import type { SearchRequests } from './search-protocol';
import type { AccountCandidate, Site, SitePreset, SiteRequests } from './site-protocol';
import type { VaultEvents, VaultRequests } from './vault-protocol';

/** The parts of the sidebar, in the order in which they stand until the user moves them. */
export const SECTIONS = ['tasks', 'opportunities', 'contacts', 'leads', 'activity', 'family', 'others'] as const;
export type SectionId = (typeof SECTIONS)[number];

/** How the user has arranged the sidebar. */
export interface SidebarLayout {
  order: SectionId[];
  /** Parts that are folded up. */
  closed: SectionId[];
}

/** So many hours after a sync that ended well the next one is due. */
export const SYNC_HOURS = [1, 4, 12, 24, 168] as const;
export type SyncHours = (typeof SYNC_HOURS)[number];

/** The chosen hours between two syncs, those that hold, and why they may be fewer: records are deleted after `keepDays` without one (0: never). */
export interface SyncSchedule {
  hours: SyncHours;
  holds: number;
  keepDays: number;
}

/** What the popup shows about the tab in front. */
export type SiteState =
  | { kind: 'not-connected' }
  | { kind: 'not-a-site' }
  /** Nothing is to be looked up here: the user ignores this site or its kind, or the organisation keeps it out. */
  | { kind: 'silenced'; site: Site; why: 'ignored' | 'policy' | SitePreset }
  | { kind: 'unmatched'; site: Site; leads: LeadItem[]; firstSyncRunning: boolean }
  | ({ kind: 'matched' } & SidebarState);

export interface SidebarState {
  site: Site;
  candidates: AccountCandidate[];
  /** Accounts that may be meant as well: parents, children, the brand at another suffix. Never a match. */
  suggestions: AccountCandidate[];
  view: AccountView;
}

export interface ConnectionSummary {
  id: string;
  crm: CrmKind;
  crmLabel: string;
  userName: string;
  orgName: string;
  /** Host of the org, e.g. `acme.my.salesforce.com`. */
  host: string;
  /** Host that the user logs in at, e.g. `login.salesforce.com`. */
  loginHost: string;
  /** `tab`: it is the session of a signed-in tab, the browser's own, and lives as long as that. `key`: a key that somebody typed. */
  login: 'app' | 'tab' | 'key';
  connectedAt: string;
  /** `damaged`: the copy cannot be opened any more, all that can be done is to disconnect. */
  state: 'ready' | 'reconnect-needed' | 'damaged';
  counts: Partial<Record<ObjectKind, number>>;
  sync: SyncStatus;
}

export interface SyncStatus {
  running: SyncProgress | null;
  lastSuccessAt: string | null;
  lastError: { code: ErrorCode; at: string } | null;
  nextDueAt: string | null;
  /** Records skipped in the last run because the CRM sent them malformed. */
  skipped: number;
  /** API calls that the last run cost. */
  calls: number;
  /** The org's daily API calls, by everyone, as last heard; `reserve` is the number of them that syncs leave alone. */
  usage: { used: number; max: number; reserve: number } | null;
  /** Deletions that are too many to be believed without asking. */
  held: HeldDeletions[];
  /** Objects that this CRM user cannot see. */
  unavailable: ObjectKind[];
}

/** The CRM no longer has `count` of the copy's `of` records; they stay until the user has answered. */
export interface HeldDeletions {
  object: ObjectKind;
  count: number;
  of: number;
  at: string;
  /** `keep`: the user wants them kept for now. `remove`: they go in the run that is about to start. */
  answer: 'keep' | 'remove' | null;
}

/** One run as the history tells it. Times are ISO. */
export interface RunSummary {
  startedAt: string;
  endedAt: string | null;
  /** `first`: into an empty copy. `due`: by the clock. `asked`: by the user. `resumed`: after the browser had stopped one. */
  why: 'first' | 'due' | 'asked' | 'resumed';
  outcome: 'ok' | 'failed' | 'interrupted';
  code: ErrorCode | null;
  objects: { object: ObjectKind; received: number; deleted: number }[];
  calls: number;
  skipped: number;
  /** Parts of the copy that did not pass their check, so that everything was fetched anew. */
  refused: number;
  /** Notes about syncs that did not pass their check and were begun anew. */
  renewed: number;
}

/** A record that would go, by name, for a person to recognise. */
export interface HeldItem {
  id: string;
  name: string;
  /** Something that tells it from others: the Account's site, a person's title, a deal's stage. */
  detail: string | null;
}

/** What may be chosen of one object. */
export interface FieldOption {
  /** The CRM's own name. */
  name: string;
  label: string;
  /** Name in the domain model; null for a field beyond it. */
  model: string | null;
  /** A field without which nothing works: it cannot be left out. */
  needed: boolean;
  filterable: boolean;
  options: { value: string; label: string }[];
}

export interface SyncProgress {
  object: ObjectKind;
  done: number;
  total: number;
  overallDone: number;
  overallTotal: number;
  /** Null until a second has passed. */
  recordsPerSecond: number | null;
  secondsLeft: number | null;
}

export interface Receipt {
  /** The connection's, which is gone. */
  id: string;
  crm: CrmKind;
  crmLabel: string;
  userName: string;
  orgName: string;
  startedAt: string;
  finishedAt: string;
  counts: Partial<Record<ObjectKind, number>>;
  bytes: number;
  /**
   * `confirmed`: the CRM said the token is dead. `failed`: it could not be asked; `revokeUrl` is where to
   * do it by hand. `nothing-to-revoke`: the login was the browser's own, and goes on.
   */
  revocation: 'confirmed' | 'failed' | 'nothing-to-revoke';
  revokeUrl: string | null;
  /** What was looked at after the deletion and found empty. */
  verified: { bucketGone: boolean; keyGone: boolean };
}

/** Where somebody is in the setup: one of its four steps, or through with it. */
export const SETUP_STEPS = ['about', 'connect', 'sites', 'protection', 'done'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

export interface SiteAccess {
  /** `all`: the overlay may appear on every site. `none`: only the popup works. */
  mode: 'all' | 'none';
}

/** Every request: what goes in and what comes back. The key is the wire name. */
export interface Requests
  extends BackupRequests,
    BasisRequests,
    CreationRequests,
    OutboxRequests,
    OverlayRequests,
    PolicyRequests,
    PrivacyRequests,
    RightsRequests,
    SiteRequests,
    SearchRequests,
    VaultRequests {
  'sidebar.open': { in: { token: string }; out: SidebarState };
  'sidebar.account': { in: { token: string; connectionId: string; accountId: string }; out: AccountView };
  'sidebar.layout': { in: Record<never, never>; out: SidebarLayout };
  'sidebar.arrange': { in: SidebarLayout; out: null };
  'sidebar.close': { in: { token: string }; out: null };
  'site.state': { in: { tabId: number | null }; out: SiteState };
  'account.view': { in: { connectionId: string; accountId: string }; out: AccountView };
  'connections.list': { in: Record<never, never>; out: ConnectionSummary[] };
  'connections.connect': { in: { crm: 'salesforce'; loginHost: string; clientId: string }; out: ConnectionSummary };
  /** Adds the built-in sample CRM. @throws `sample.exists` */
  'connections.sample': { in: Record<never, never>; out: ConnectionSummary };
  /** With the session of a tab that is signed in at this My Domain. */
  'connections.connectByTab': { in: { crm: 'salesforce'; host: string }; out: ConnectionSummary };
  /** With the key of an API user, at the CRM's own address. @throws `auth.key-invalid`, `auth.address-invalid` */
  'connections.connectByKey': { in: { crm: 'espocrm'; address: string; apiKey: string }; out: ConnectionSummary };
  'connections.reconnect': { in: { connectionId: string }; out: ConnectionSummary };
  /** Signs in again with a new key, where the login is one. */
  'connections.renewKey': { in: { connectionId: string; apiKey: string }; out: ConnectionSummary };
  'connections.disconnect': { in: { connectionId: string }; out: Receipt };
  /** Disconnects whose receipt nobody has seen, the oldest first. They name neither user nor organisation. Answered while locked too. */
  'receipts.list': { in: Record<never, never>; out: Receipt[] };
  'receipts.dismiss': { in: { id: string }; out: null };
  'connections.setup': { in: Record<never, never>; out: { callbackUrl: string } };
  /** How often each copy is brought up to date. */
  'sync.schedule': { in: Record<never, never>; out: SyncSchedule };
  'sync.every': { in: { hours: SyncHours }; out: SyncSchedule };
  'sync.start': { in: { connectionId: string }; out: null };
  /** The last runs, newest first. */
  'sync.history': { in: { connectionId: string }; out: RunSummary[] };
  /** The first hundred of the records that would go. */
  'sync.held': { in: { connectionId: string; object: ObjectKind }; out: { count: number; of: number; items: HeldItem[] } };
  'sync.answer': { in: { connectionId: string; object: ObjectKind; answer: 'keep' | 'remove' }; out: null };
  'selection.get': { in: { connectionId: string }; out: Selection };
  /** What is copied when nothing was chosen. */
  'selection.usual': { in: Record<never, never>; out: Selection };
  /** Asks the CRM which fields this user may see. */
  'selection.fields': { in: { connectionId: string; object: ObjectKind }; out: FieldOption[] };
  /** Asks the CRM how many Accounts a scope selects; `invalid` is what it says against the scope. */
  'selection.preview': { in: { connectionId: string; scope: AccountScope }; out: { accounts: number } | { invalid: string } };
  /** Stores the selection and starts a sync that brings the copy in line with it. */
  'selection.save': { in: { connectionId: string; selection: Selection }; out: null };
  /** Where the setup was left; it is kept with the settings. */
  'setup.step': { in: Record<never, never>; out: { step: SetupStep } };
  'setup.go': { in: { step: SetupStep }; out: null };
  'sites.access': { in: Record<never, never>; out: SiteAccess };
  /** Disconnects everything and forgets all settings, also while locked. One receipt for each connection. */
  'vault.reset': { in: Record<never, never>; out: Receipt[] };
}
export type RequestName = keyof Requests;

/** Every event the background sends to open views. They carry no record data: a view asks again when it hears one. */
export interface Events extends OutboxEvents, VaultEvents {
  'connections.changed': Record<never, never>;
  'sync.progress': { connectionId: string; status: SyncStatus };
  /** The CRM's live answer about an Account has come, or could not be had: a view of it asks again. */
  'account.refreshed': { connectionId: string; accountId: string };
}
export type EventName = keyof Events;

/** The answer on the wire. `detail` never holds record data. */
export type Reply<N extends RequestName> = { ok: true; value: Requests[N]['out'] } | { ok: false; code: ErrorCode };
