/** What the toolbar's button says of a tab. */
export interface ToolbarFacts {
  locked: boolean;
  /** Something needs the user. */
  trouble: boolean;
  syncing: boolean;
  /** Accounts of the site in the tab. */
  matches: number;
}

export interface ToolbarLook {
  /** Three shapes: the mark, the mark with a tick, the mark behind a padlock. */
  icon: 'plain' | 'match' | 'locked';
  badge: string;
  /** What is said of it, in the order in which it matters; empty when there is nothing to say. */
  says: ('locked' | 'trouble' | 'match' | 'several' | 'syncing')[];
}

const MOST_COUNTED = 9;

/** How the button looks, so that no two states differ by colour alone: by the icon's shape, the badge's sign and the title. */
export function toolbarLook({ locked, trouble, syncing, matches }: ToolbarFacts): ToolbarLook {
  if (locked) return { icon: 'locked', badge: '', says: ['locked'] };
  const count = matches > MOST_COUNTED ? `${MOST_COUNTED}+` : String(matches);
  const badges = [trouble && '!', matches > 1 && count, syncing && '↻'];
  const says = [
    ...(trouble ? (['trouble'] as const) : []),
    ...(matches > 1 ? (['several'] as const) : matches === 1 ? (['match'] as const) : []),
    ...(syncing ? (['syncing'] as const) : []),
  ];
  return {
    icon: matches > 0 ? 'match' : 'plain',
    badge: badges.find((badge) => badge !== false) || '',
    says,
  };
}
