import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded, inOrder, moved } from '@/components/sidebar/layout';
import { SECTIONS, type SectionId, type SidebarLayout } from '@/lib/messaging/protocol';

const layout = (...order: SectionId[]): SidebarLayout => ({ order, closed: [] });

describe('the parts of the sidebar', () => {
  it('stand as shipped until one is moved', () => {
    expect(inOrder(layout())).toEqual(SECTIONS);
  });

  it('that an older arrangement does not know come last', () => {
    expect(inOrder(layout('leads', 'tasks'))).toEqual([
      'leads',
      'tasks',
      'opportunities',
      'contacts',
      'activity',
      'family',
      'others',
    ]);
  });

  it('move past the neighbour that can be seen, and past what is hidden between', () => {
    const shown: SectionId[] = ['tasks', 'contacts', 'activity'];
    const next = moved(layout(), shown, 'activity', -1);
    expect(inOrder(next).filter((id) => shown.includes(id))).toEqual(['tasks', 'activity', 'contacts']);
    expect(inOrder(moved(next, ['tasks', 'activity', 'contacts'], 'activity', 1)).filter((id) => shown.includes(id))).toEqual(
      shown,
    );
  });

  it('stay where they are at the ends', () => {
    expect(moved(layout(), SECTIONS, 'tasks', -1)).toEqual(layout());
    expect(moved(layout(), SECTIONS, 'others', 1)).toEqual(layout());
  });

  it('fold up and open again', () => {
    const up = folded(layout(), 'leads', false);
    expect(up.closed).toEqual(['leads']);
    expect(folded(up, 'leads', false).closed).toEqual(['leads']);
    expect(folded(up, 'leads', true).closed).toEqual([]);
  });

  it('are all there once, whatever is moved in whatever order', () => {
    const moves = fc.array(fc.tuple(fc.constantFrom(...SECTIONS), fc.constantFrom(-1 as const, 1 as const)));
    fc.assert(
      fc.property(moves, fc.subarray([...SECTIONS]), (steps, hidden) => {
        let now = layout();
        for (const [id, step] of steps) {
          const shown = inOrder(now).filter((one) => !hidden.includes(one));
          if (shown.includes(id)) now = moved(now, shown, id, step);
        }
        expect([...inOrder(now)].sort()).toEqual([...SECTIONS].sort());
      }),
    );
  });
});
