import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearTop, firstPlace, nudged, snapped, TAB, topOf } from '@/lib/overlay/tab-place';

const WINDOW = { width: 1000, height: 800 };
const never = () => false;

describe('the place of the tab', () => {
  it('is at the end of the lines until the user chooses', () => {
    expect(firstPlace('ltr').edge).toBe('right');
    expect(firstPlace('rtl').edge).toBe('left');
  });

  it('keeps its share of the height in a window of another size', () => {
    expect(topOf({ edge: 'right', at: 0.5 }, 800)).toBe(400);
    expect(topOf({ edge: 'right', at: 0.5 }, 400)).toBe(200);
  });

  it('stays within the window, whatever was stored', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 100, max: 4000 }), (at, height) => {
        const top = topOf({ edge: 'left', at }, height);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(top + TAB.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it('begins at the top of a window that is too low for it', () => {
    expect(topOf({ edge: 'left', at: 0.9 }, 30)).toBe(0);
  });
});

describe('a tab that is let go', () => {
  it.each([
    [499, 'left'],
    [501, 'right'],
  ])('at %i of 1000 pixels goes to the %s edge', (centre, edge) => {
    expect(snapped(centre, 300, WINDOW).edge).toBe(edge);
  });

  it('stands where it was let go', () => {
    const place = snapped(900, 300, WINDOW);
    expect(topOf(place, WINDOW.height)).toBeCloseTo(300);
  });

  it('below the window stands at its lower end', () => {
    expect(topOf(snapped(900, 5000, WINDOW), 800)).toBe(800 - TAB.height - 8);
  });
});

describe('an arrow key', () => {
  const place = { edge: 'right', at: 0.5 } as const;
  it('moves the tab up and down by half its height', () => {
    expect(topOf(nudged(place, 'ArrowUp', 800) ?? place, 800)).toBeCloseTo(378);
    expect(topOf(nudged(place, 'ArrowDown', 800) ?? place, 800)).toBeCloseTo(422);
  });
  it('moves it to the other edge', () => {
    expect(nudged(place, 'ArrowLeft', 800)).toEqual({ edge: 'left', at: 0.5 });
    expect(nudged({ ...place, edge: 'left' }, 'ArrowRight', 800)).toEqual(place);
  });
  it('does not move it out of the window', () => {
    let moved: typeof place | { edge: 'left' | 'right'; at: number } = place;
    for (let press = 0; press < 100; press += 1) moved = nudged(moved, 'ArrowUp', 800) ?? moved;
    expect(topOf(moved, 800)).toBe(8);
  });
  it.each(['Enter', 'a', 'Tab'])('is none of them: %s', (key) => {
    expect(nudged(place, key, 800)).toBeNull();
  });
});

describe('the nearest free place', () => {
  it('is the wanted one where nothing is in the way', () => {
    expect(clearTop(300, 800, never)).toBe(300);
  });

  it('is beside what is in the way', () => {
    const banner = { from: 600, to: 800 };
    const covers = (top: number) => top + TAB.height > banner.from && top < banner.to;
    const top = clearTop(700, 800, covers);
    expect(covers(top)).toBe(false);
    expect(top).toBeGreaterThan(banner.from - 2 * TAB.height);
  });

  it('is the wanted one where nothing is free', () => {
    expect(clearTop(300, 800, () => true)).toBe(300);
  });

  it('covers nothing when any place that it looks at is free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 700 }), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (wanted, taken) => {
        const looked: number[] = [];
        const isTaken = (top: number) => {
          looked.push(top);
          return taken[Math.floor(top / 20)] ?? false;
        };
        const top = clearTop(wanted, 800, isTaken);
        const free = looked.filter((one) => !taken[Math.floor(one / 20)]);
        if (free.length > 0) expect(free).toContain(top);
      }),
    );
  });
});
