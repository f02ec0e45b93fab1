import { describe, expect, it } from 'vitest';
import {
  ALWAYS,
  hiddenAt,
  hiddenSites,
  isOverlaySites,
  NO_OVERLAY_SITES,
  type OverlaySites,
  tabAt,
  withHidden,
  withShown,
  withTab,
} from '@/lib/overlay/overlay-sites';

const TODAY = '2026-05-01';
const TOMORROW = '2026-05-02';
const PLACE = { edge: 'left', at: 0.2 } as const;

describe('what the user wants of the overlay', () => {
  it('is nothing special until they say so', () => {
    expect(tabAt(NO_OVERLAY_SITES, 'acme.com')).toBeNull();
    expect(hiddenAt(NO_OVERLAY_SITES, 'acme.com', TODAY)).toBeNull();
  });

  it('is kept for each site', () => {
    const all = withTab(withHidden(NO_OVERLAY_SITES, 'other.com', ALWAYS), 'acme.com', PLACE);
    expect(tabAt(all, 'acme.com')).toEqual(PLACE);
    expect(hiddenAt(all, 'acme.com', TODAY)).toBeNull();
    expect(hiddenAt(all, 'other.com', TODAY)).toBe('always');
  });

  describe('given a site that is hidden for today', () => {
    const all = withHidden(withTab(NO_OVERLAY_SITES, 'acme.com', PLACE), 'acme.com', TODAY);
    it('is hidden today, and not tomorrow', () => {
      expect(hiddenAt(all, 'acme.com', TODAY)).toBe('today');
      expect(hiddenAt(all, 'acme.com', TOMORROW)).toBeNull();
      expect(hiddenSites(all, TOMORROW)).toEqual([]);
    });
    it('keeps its tab where it was', () => {
      expect(tabAt(all, 'acme.com')).toEqual(PLACE);
      expect(tabAt(withShown(all, 'acme.com'), 'acme.com')).toEqual(PLACE);
    });
    it('is shown when the user takes it back', () => {
      expect(hiddenAt(withShown(all, 'acme.com'), 'acme.com', TODAY)).toBeNull();
    });
  });

  it('is forgotten for days that are over', () => {
    const all = withHidden(withHidden(NO_OVERLAY_SITES, 'acme.com', TODAY), 'other.com', TOMORROW);
    expect(all.sites.map(({ place }) => place)).toEqual(['other.com']);
  });

  it('lists hidden sites, those hidden for good too', () => {
    const all = withHidden(withHidden(NO_OVERLAY_SITES, 'acme.com', TODAY), 'other.com', ALWAYS);
    expect(hiddenSites(all, TODAY)).toEqual([
      { place: 'other.com', hidden: 'always' },
      { place: 'acme.com', hidden: 'today' },
    ]);
  });

  it('leaves nothing of a site that is shown again and was never moved', () => {
    expect(withShown(withHidden(NO_OVERLAY_SITES, 'acme.com', ALWAYS), 'acme.com')).toEqual(NO_OVERLAY_SITES);
  });

  it('is kept for the thousand sites used last', () => {
    let all: OverlaySites = NO_OVERLAY_SITES;
    for (let site = 0; site < 1001; site += 1) all = withTab(all, `site-${site}.com`, PLACE);
    expect(all.sites).toHaveLength(1000);
    expect(tabAt(all, 'site-0.com')).toBeNull();
    expect(tabAt(all, 'site-1000.com')).toEqual(PLACE);
  });

  it.each([null, 7, [], { sites: 'none' }])('is not %j', (stored) => {
    expect(isOverlaySites(stored)).toBe(false);
  });
});
