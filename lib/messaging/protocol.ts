/**
 * The closed protocol between views, content script and background: names and plain types, no run-time code beyond
 * the role table's names. Anyone may import it. Schemas that check it at run time are in schemas.ts (background only).
 */
import type { ErrorCode } from '@/lib/shared/errors';
import type { ObjectKind } from '@/lib/crm/records';

/** The site a tab is on, as it is matched: host in ASCII, registrable domain (`acme.co.uk`). */
export interface Site {
  host: string;
  domain: string;
}

/** Why an Account stands beside a site. `domain` is the registrable domain that both share. */
export interface MatchEvidence {
  kind: 'same-host' | 'same-domain';
  domain: string;
}

export interface AccountCandidate {
  connectionId: string;
  accountId: string;
  name: string;
  industry: string | null;
  location: string | null;
  ownerName: string | null;
  openPipeline: Money[];
  evidence: MatchEvidence;
}

export interface Money {
  amount: number;
  /** ISO 4217, or null when the CRM does not say (a single-currency org). */
  currency: string | null;
}

export interface PersonItem {
  id: string;
  url: string;
  name: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  /** The person asked not to be called, or not to be e-mailed: no shortcut may be offered. */
  doNotCall: boolean;
  emailOptOut: boolean;
  lastActivityOn: string | null;
}

export interface LeadItem extends PersonItem {
  company: string | null;
  status: string | null;
}

export interface OpportunityItem {
  id: string;
  url: string;
  name: string;
  stage: string | null;
  amount: Money | null;
  closeOn: string | null;
  overdue: boolean;
  probability: number | null;
}

export interface TaskItem {
  id: string;
  url: string;
  subject: string | null;
  status: string | null;
  priority: string | null;
  dueOn: string | null;
  overdue: boolean;
  /** Whom or what it is about, by name, when that record is in the local copy. */
  about: string | null;
}

/** One Account with all that a view shows of it. */
export interface AccountView {
  connectionId: string;
  crmLabel: string;
  account: {
    id: string;
    url: string;
    name: string;
    website: string | null;
    industry: string | null;
    type: string | null;
    phone: string | null;
    location: string | null;
    ownerName: string | null;
  };
  evidence: MatchEvidence | null;
  contacts: PersonItem[];
  opportunities: OpportunityItem[];
  pipeline: Money[];
  tasks: TaskItem[];
  leads: LeadItem[];
  /** When the copy was last brought up to date, ISO; null before the first sync has ended. */
  syncedAt: string | null;
  stale: boolean;
}

/** What the popup shows about the tab in front. */
export type SiteState =
  | { kind: 'not-connected' }
  | { kind: 'not-a-site' }
  | { kind: 'unmatched'; site: Site; leads: LeadItem[]; firstSyncRunning: boolean }
  | { kind: 'matched'; site: Site; candidates: AccountCandidate[]; view: AccountView };

export interface SidebarState {
  site: Site;
  candidates: AccountCandidate[];
  view: AccountView;
}

export interface ConnectionSummary {
  id: string;
  crm: 'salesforce';
  crmLabel: string;
  userName: string;
  orgName: string;
  /** Host of the org, e.g. `acme.my.salesforce.com`. */
  host: string;
  /** Host that the user logs in at, e.g. `login.salesforce.com`. */
  loginHost: string;
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
}

export interface SyncProgress {
  object: ObjectKind;
  done: number;
  total: number;
  overallDone: number;
  overallTotal: number;
  secondsLeft: number | null;
}

export interface Receipt {
  crmLabel: string;
  userName: string;
  orgName: string;
  startedAt: string;
  finishedAt: string;
  counts: Partial<Record<ObjectKind, number>>;
  bytes: number;
  /** `confirmed`: the CRM said the token is dead. `failed`: it could not be asked; `revokeUrl` is where to do it by hand. */
  revocation: 'confirmed' | 'failed' | 'nothing-to-revoke';
  revokeUrl: string | null;
  /** What was looked at after the deletion and found empty. */
  verified: { bucketGone: boolean; keyGone: boolean };
}

/** A field of a form, from the CRM's own description of the object. */
export interface FormField {
  /** The CRM's API name, e.g. `LastName`. */
  name: string;
  label: string;
  type: 'text' | 'email' | 'phone' | 'url' | 'picklist' | 'checkbox' | 'textarea' | 'number' | 'date';
  required: boolean;
  maxLength: number | null;
  options: { value: string; label: string }[];
  value: string;
  /** Where a prefilled value came from, in words; null when it is empty or a default of the CRM. */
  source: string | null;
}

export interface LeadForm {
  connectionId: string;
  crmLabel: string;
  orgName: string;
  site: Site | null;
  fields: FormField[];
}

export const LEGAL_BASES = ['consent', 'contract', 'legitimate-interest'] as const;
export type LegalBasisKind = (typeof LEGAL_BASES)[number];

/** Why this person may be put into the CRM, GDPR Art. 6(1)(a), (b) or (f), with the user's own words. */
export interface LegalBasis {
  kind: LegalBasisKind;
  reason: string;
}

export type CreateResult =
  | { kind: 'created'; id: string; url: string; name: string }
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  | {
      kind: 'duplicates';
      message: string;
      allowSave: boolean;
      matches: { id: string; object: string; name: string | null; url: string }[];
    };

export interface SiteAccess {
  /** `all`: the overlay may appear on every site. `none`: only the popup works. */
  mode: 'all' | 'none';
}

/** Every request: what goes in and what comes back. The key is the wire name. */
export interface Requests {
  'overlay.ask': { in: Record<never, never>; out: { token: string; candidates: number } | null };
  'sidebar.open': { in: { token: string }; out: SidebarState };
  'sidebar.account': { in: { token: string; connectionId: string; accountId: string }; out: AccountView };
  'sidebar.close': { in: { token: string }; out: null };
  'site.state': { in: { tabId: number | null }; out: SiteState };
  'account.view': { in: { connectionId: string; accountId: string }; out: AccountView };
  'connections.list': { in: Record<never, never>; out: ConnectionSummary[] };
  'connections.connect': { in: { crm: 'salesforce'; loginHost: string; clientId: string }; out: ConnectionSummary };
  'connections.reconnect': { in: { connectionId: string }; out: ConnectionSummary };
  'connections.disconnect': { in: { connectionId: string }; out: Receipt };
  'connections.setup': { in: Record<never, never>; out: { callbackUrl: string } };
  'sync.start': { in: { connectionId: string }; out: null };
  'lead.form': { in: { tabId: number | null }; out: LeadForm };
  'lead.create': {
    in: {
      connectionId: string;
      values: Record<string, string>;
      basis: LegalBasis;
      source: string | null;
      allowDuplicate: boolean;
    };
    out: CreateResult;
  };
  'sites.access': { in: Record<never, never>; out: SiteAccess };
}
export type RequestName = keyof Requests;

/** Every event the background sends to open views. They carry no record data: a view asks again when it hears one. */
export interface Events {
  'connections.changed': Record<never, never>;
  'sync.progress': { connectionId: string; status: SyncStatus };
}
export type EventName = keyof Events;

/** What the background tells a content script. */
export type OverlayCommand = { overlay: 'remove' } | { overlay: 'close' } | { overlay: 'refresh' };

/** The answer on the wire. `detail` never holds record data. */
export type Reply<N extends RequestName> = { ok: true; value: Requests[N]['out'] } | { ok: false; code: ErrorCode };
