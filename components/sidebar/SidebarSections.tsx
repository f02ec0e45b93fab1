import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { SidebarLayout } from '@/lib/messaging/protocol';
import { ArrangeList } from './ArrangeList';
import { FoldSection } from './FoldSection';
import { folded, inOrder, moved } from './layout';
import { partsOf } from './parts';

export interface SectionsProps {
  view: AccountView;
  candidates: AccountCandidate[];
  suggestions: AccountCandidate[];
  onChoose: (candidate: AccountCandidate) => void;
  layout: SidebarLayout;
  onLayout: (layout: SidebarLayout) => void;
  arranging: boolean;
  onArranged: () => void;
  now: number;
}

/** All lists of an Account in the user's order. Loaded behind the glance, which needs none of it. */
export function SidebarSections({ view, candidates, suggestions, onChoose, layout, onLayout, now, ...arrange }: SectionsProps) {
  const { account, family } = view;
  const relatives = new Set([account.id, family.parent?.id, ...family.children.map(({ id }) => id)]);
  const others = suggestions.filter(({ accountId }) => !relatives.has(accountId));
  const parts = partsOf({ view, suggestions: others, offered: [...candidates, ...suggestions], onChoose, now });
  const shown = inOrder(layout)
    .map((id) => parts[id])
    .filter(({ count, hiddenWhenEmpty }) => count > 0 || !hiddenWhenEmpty);
  if (arrange.arranging) {
    const ids = shown.map(({ id }) => id);
    return (
      <ArrangeList parts={shown} onMove={(id, step) => onLayout(moved(layout, ids, id, step))} onDone={arrange.onArranged} />
    );
  }
  return shown.map(({ id, title, count, none, remark, body }) => (
    <FoldSection
      key={`${id} ${account.id}`}
      title={title}
      count={count}
      none={none}
      remark={remark}
      open={!layout.closed.includes(id)}
      onFold={(open) => onLayout(folded(layout, id, open))}
    >
      {body()}
    </FoldSection>
  ));
}
