/** Where the tab is at the page's edge. `at` is the part of the window's height above it, 0..1, so that it fits every window. */
export interface TabPlace {
  edge: 'left' | 'right';
  at: number;
}

/** The tab's size in CSS pixels. */
export const TAB = { width: 28, height: 44 } as const;

/** What stays free above and below it, in CSS pixels. */
const MARGIN = 8;

/** Where it stands on a site until the user puts it elsewhere: beside the end of the lines, above the middle. */
export function firstPlace(direction: string): TabPlace {
  return { edge: direction === 'rtl' ? 'left' : 'right', at: 0.38 };
}

/** A top within the window, in CSS pixels. A window that is too low for the tab shows its upper part. */
function within(top: number, height: number): number {
  return Math.max(0, Math.min(Math.max(MARGIN, top), height - TAB.height - MARGIN));
}

/** The tab's upper edge in a window of this height, in CSS pixels. */
export function topOf({ at }: TabPlace, height: number): number {
  return within(at * height, height);
}

/** The place for a tab that was let go at this point: the nearer edge, and the height as it is. */
export function snapped(centre: number, top: number, window: { width: number; height: number }): TabPlace {
  return {
    edge: centre < window.width / 2 ? 'left' : 'right',
    at: window.height > 0 ? within(top, window.height) / window.height : 0,
  };
}

/** The place that an arrow key moves it to, or null for every other key. Up and down by half its height, to the sides across. */
export function nudged(place: TabPlace, key: string, height: number): TabPlace | null {
  if (key === 'ArrowLeft') return { ...place, edge: 'left' };
  if (key === 'ArrowRight') return { ...place, edge: 'right' };
  const step = { ArrowUp: -TAB.height / 2, ArrowDown: TAB.height / 2 }[key];
  return step === undefined || height <= 0 ? null : { ...place, at: within(topOf(place, height) + step, height) / height };
}

/**
 * The nearest top to the wanted one at which the tab covers nothing that has to stay in reach, in CSS pixels. Looks outward in
 * steps of half a tab; where nothing is free it stays where it is wanted.
 */
export function clearTop(wanted: number, height: number, isTaken: (top: number) => boolean): number {
  const step = TAB.height / 2;
  for (let away = 0; away < height; away += step) {
    for (const top of [wanted - away, wanted + away]) {
      if (within(top, height) === top && !isTaken(top)) return top;
    }
  }
  return wanted;
}
