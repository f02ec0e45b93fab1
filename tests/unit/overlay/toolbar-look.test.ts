import { describe, expect, it } from 'vitest';
import { type ToolbarFacts, toolbarLook } from '@/lib/overlay/toolbar-look';

const CALM: ToolbarFacts = { locked: false, trouble: false, syncing: false, matches: 0 };

describe('the toolbar’s button', () => {
  const STATES: [string, ToolbarFacts][] = [
    ['nothing to say', CALM],
    ['a match', { ...CALM, matches: 1 }],
    ['several', { ...CALM, matches: 3 }],
    ['syncing', { ...CALM, syncing: true }],
    ['locked', { ...CALM, locked: true }],
    ['trouble', { ...CALM, trouble: true }],
  ];

  it('tells every state from every other without colour: by icon or badge, and by its words', () => {
    const looks = STATES.map(([, facts]) => toolbarLook(facts));
    expect(new Set(looks.map(({ icon, badge }) => `${icon} ${badge}`)).size).toBe(STATES.length);
    expect(new Set(looks.map(({ says }) => says.join())).size).toBe(STATES.length);
  });

  it('says nothing of a site while it is locked', () => {
    expect(toolbarLook({ locked: true, trouble: true, syncing: true, matches: 4 })).toEqual({
      icon: 'locked',
      badge: '',
      says: ['locked'],
    });
  });

  it('keeps the match in sight while something needs the user', () => {
    expect(toolbarLook({ ...CALM, trouble: true, matches: 2 })).toEqual({
      icon: 'match',
      badge: '!',
      says: ['trouble', 'several'],
    });
  });

  it('has room for a digit and a plus', () => {
    expect(toolbarLook({ ...CALM, matches: 40 }).badge).toBe('9+');
  });
});
