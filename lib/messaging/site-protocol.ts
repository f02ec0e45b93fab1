/**
 * The part of the protocol that is about sites: what matches and why, what may be meant, and what the user has decided.
 * Plain types only.
 */

/** The site a tab is on, as it is matched: host in ASCII, registrable domain (`acme.co.uk`). */
export interface Site {
  host: string;
  domain: string;
  /** Set on a company's page on somebody else's platform (`linkedin.com/company/acme`). */
  page?: { platform: string; key: string };
}

/** Proofs, strongest first. Nothing else makes a match. */
type MatchKind = 'linked' | 'same-page' | 'same-path' | 'same-host' | 'same-domain' | 'mail';

/** Hints: an Account with one of these may be meant and is never shown as a match. */
type HintKind = 'other-suffix' | 'named-site' | 'parent' | 'child' | 'some-mail' | 'lead-company' | 'page-name' | 'address-name';

/** Why an Account stands beside a site, or is suggested for it. `domain` is the site's registrable domain. */
export interface MatchEvidence {
  kind: MatchKind | HintKind;
  domain: string;
  /** The platform, the address with its path, the other domain, the related Account's name, or the name that was compared. */
  of?: string;
  /** Contacts with an e-mail address at the domain, of those with a company's address. */
  people?: number;
  among?: number;
}

export interface Money {
  amount: number;
  /** ISO 4217, or null when the CRM does not say (a single-currency org). */
  currency: string | null;
}

export interface AccountCandidate {
  connectionId: string;
  /** It is of the built-in sample CRM; absent for a real one. */
  sample?: true;
  accountId: string;
  name: string;
  industry: string | null;
  location: string | null;
  ownerName: string | null;
  openPipeline: Money[];
  evidence: MatchEvidence;
}

/** Kinds of sites on which nothing is looked up, when the user says so. */
export const SITE_PRESETS = ['banking', 'health', 'webmail', 'government'] as const;
export type SitePreset = (typeof SITE_PRESETS)[number];

export const DECISION_KINDS = ['link', 'refuse', 'ignore'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

/** What the user has decided about a site. */
export interface DecisionItem {
  connectionId: string;
  /** `link`: the site is that Account's. `refuse`: it is not. `ignore`: nothing is shown there. */
  kind: DecisionKind;
  /** A registrable domain, or a page on a platform (`LinkedIn/acme`). */
  place: string;
  accountId: string | null;
  /** Null when the Account is not in the copy (any more), or when the decision is about no Account. */
  accountName: string | null;
  at: string;
}

/** An Account found by its name. */
interface NamedAccount {
  connectionId: string;
  /** It is of the built-in sample CRM; absent for a real one. */
  sample?: true;
  accountId: string;
  name: string;
  website: string | null;
}

export interface SiteRequests {
  /** Accounts that may be meant by the site in front. Where nothing matches, the page is asked what it calls itself. */
  'site.suggestions': { in: { tabId: number | null }; out: AccountCandidate[] };
  /** Decides about the site in front. Ignoring it needs no Account. */
  'site.decide': {
    in: { tabId: number | null; kind: DecisionKind; connectionId: string | null; accountId: string | null };
    out: null;
  };
  /** Takes back a decision, in whichever connection it stands. */
  'site.takeBack': { in: { kind: DecisionKind; place: string; accountId: string | null }; out: null };
  /** The first Accounts whose name begins like the text or has a word that does. */
  'accounts.named': { in: { text: string }; out: NamedAccount[] };
  'decisions.list': { in: Record<never, never>; out: { decisions: DecisionItem[]; never: SitePreset[] } };
  /** Forgets decisions that are damaged; those of other connections stay. */
  'decisions.reset': { in: Record<never, never>; out: null };
  'decisions.never': { in: { never: SitePreset[] }; out: null };
}
