import type { Site } from './site-identity';
import { isInPreset, type PresetName } from './site-presets';

/** What the user has decided about one site and one Account, or about a site alone. Times are ISO. */
export interface SiteDecision {
  /** `link`: this site is that Account's. `refuse`: it is not. `ignore`: say nothing here. */
  kind: 'link' | 'refuse' | 'ignore';
  /** The site as a person reads it: a registrable domain, or a page on a platform (`LinkedIn/acme`). */
  place: string;
  accountId: string | null;
  at: string;
}

/** All decisions of a connection. They lie sealed beside its copy and outlive every sync. */
export interface SiteDecisions {
  decisions: SiteDecision[];
  /** Kinds of sites on which nothing is ever looked up. */
  never: PresetName[];
}

export const NO_DECISIONS: SiteDecisions = { decisions: [], never: [] };
const MOST_DECISIONS = 5000;

/** What a decision about this site is about. */
export function placeOf(site: Site): string {
  return site.page ? `${site.page.platform}/${site.page.key}` : site.domain;
}

const isSame = (one: Omit<SiteDecision, 'at'>, other: Omit<SiteDecision, 'at'>) =>
  one.kind === other.kind && one.place === other.place && one.accountId === other.accountId;

/** What a new decision takes back: a link and a refusal of one Account cannot both hold, and a linked site is not ignored. */
function contradicts(old: SiteDecision, decision: SiteDecision): boolean {
  if (old.place !== decision.place) return false;
  if (decision.kind === 'ignore') return false;
  return old.kind === 'ignore' ? decision.kind === 'link' : old.accountId === decision.accountId;
}

/** The decisions with one more, the newest first. Pure. */
export function decide(all: SiteDecisions, decision: SiteDecision): SiteDecisions {
  const kept = all.decisions.filter((old) => !isSame(old, decision) && !contradicts(old, decision));
  return { ...all, decisions: [decision, ...kept].slice(0, MOST_DECISIONS) };
}

/** The decisions without one. Pure. */
export function takeBack(all: SiteDecisions, decision: Omit<SiteDecision, 'at'>): SiteDecisions {
  return { ...all, decisions: all.decisions.filter((old) => !isSame(old, decision)) };
}

const accountsWith = (kind: SiteDecision['kind'], all: SiteDecisions, site: Site) =>
  new Set(
    all.decisions.flatMap((one) => (one.kind === kind && one.place === placeOf(site) && one.accountId ? [one.accountId] : [])),
  );

/** Accounts that the user has linked to this site, and those that must not be shown for it. */
export const linkedTo = (all: SiteDecisions, site: Site) => accountsWith('link', all, site);
export const refusedAt = (all: SiteDecisions, site: Site) => accountsWith('refuse', all, site);

/** Why nothing is looked up for this site, or null when it is. The most special decision counts: a link on a page lifts nothing else. */
export function silenced(all: SiteDecisions, site: Site): 'ignored' | PresetName | null {
  const places = new Set([placeOf(site), site.domain]);
  if (all.decisions.some(({ kind, place }) => kind === 'ignore' && places.has(place))) return 'ignored';
  return all.never.find((preset) => isInPreset(preset, site)) ?? null;
}

/** The domains that the user has linked to an Account: they are its own as much as its website. */
export function linkedDomains(all: SiteDecisions, accountId: string): string[] {
  return all.decisions.flatMap((one) =>
    one.kind === 'link' && one.accountId === accountId && !one.place.includes('/') ? [one.place] : [],
  );
}

/** Whether a stored or imported value has the form of decisions. */
export function isSiteDecisions(value: unknown): value is SiteDecisions {
  if (typeof value !== 'object' || value === null) return false;
  const { decisions, never } = value as Record<string, unknown>;
  return Array.isArray(decisions) && Array.isArray(never);
}
