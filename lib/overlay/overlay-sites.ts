import type { TabPlace } from './tab-place';

/** What the user wants of the overlay on one site. Times and days are the user's own: `2026-05-01`. */
interface OverlaySite {
  /** The site as a person reads it: a registrable domain, or a page on a platform (`LinkedIn/acme`). */
  place: string;
  /** Where the tab stands there. */
  tab?: TabPlace;
  /** Not shown on that day, or never. */
  hidden?: string;
}

/** All of them, the one used last first. They lie sealed beside the copy: they say which sites were visited. */
export interface OverlaySites {
  sites: OverlaySite[];
}

export const NO_OVERLAY_SITES: OverlaySites = { sites: [] };
export const ALWAYS = 'always';
const MOST_SITES = 1000;

const at = (all: OverlaySites, place: string) => all.sites.find((site) => site.place === place);

function change(all: OverlaySites, place: string, part: Omit<OverlaySite, 'place'>): OverlaySites {
  const others = all.sites.filter((site) => site.place !== place);
  return { sites: [{ ...at(all, place), place, ...part }, ...others].slice(0, MOST_SITES) };
}

/** Where the tab stands on a site, or null when it was never moved there. */
export const tabAt = (all: OverlaySites, place: string): TabPlace | null => at(all, place)?.tab ?? null;

/** Whether nothing is shown on a site: for the day `today`, for good, or not at all. */
export function hiddenAt(all: OverlaySites, place: string, today: string): 'today' | 'always' | null {
  const hidden = at(all, place)?.hidden;
  if (hidden === ALWAYS) return 'always';
  return hidden === today ? 'today' : null;
}

/** With the tab of a site moved. Pure, as all of these are. */
export const withTab = (all: OverlaySites, place: string, tab: TabPlace): OverlaySites => change(all, place, { tab });

/** With a site hidden for a day, or for `ALWAYS`. Days that are over are forgotten. */
export function withHidden(all: OverlaySites, place: string, until: string): OverlaySites {
  const isOver = ({ hidden }: OverlaySite) => hidden !== undefined && hidden !== ALWAYS && until !== ALWAYS && hidden < until;
  const kept = all.sites.filter((site) => site.tab !== undefined || !isOver(site));
  return change({ sites: kept }, place, { hidden: until });
}

/** With a site shown again. */
export function withShown(all: OverlaySites, place: string): OverlaySites {
  const { hidden: _, ...site } = at(all, place) ?? { place };
  const others = all.sites.filter((one) => one.place !== place);
  return { sites: site.tab ? [site, ...others] : others };
}

/** The sites that are hidden on the day `today`. */
export function hiddenSites(all: OverlaySites, today: string): { place: string; hidden: 'today' | 'always' }[] {
  return all.sites.flatMap(({ place }) => {
    const hidden = hiddenAt(all, place, today);
    return hidden ? [{ place, hidden }] : [];
  });
}

/** Whether a stored value has the form of them. */
export function isOverlaySites(value: unknown): value is OverlaySites {
  return typeof value === 'object' && value !== null && Array.isArray((value as Record<string, unknown>).sites);
}
