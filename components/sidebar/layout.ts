import { SECTIONS, type SectionId, type SidebarLayout } from '@/lib/messaging/protocol';

/** All parts in the user's order; those that the user has never moved keep their place among the others. */
export function inOrder({ order }: Pick<SidebarLayout, 'order'>): SectionId[] {
  return order.length === 0 ? [...SECTIONS] : [...order, ...SECTIONS.filter((id) => !order.includes(id))];
}

/** The layout with one part a step further up (-1) or down (1) among those that are `shown`. */
export function moved(layout: SidebarLayout, shown: readonly SectionId[], id: SectionId, step: -1 | 1): SidebarLayout {
  const neighbour = shown[shown.indexOf(id) + step];
  if (neighbour === undefined) return layout;
  const rest = inOrder(layout).filter((other) => other !== id);
  const at = rest.indexOf(neighbour) + (step === 1 ? 1 : 0);
  return { ...layout, order: rest.toSpliced(at, 0, id) };
}

/** The layout with one part folded up or open. */
export function folded(layout: SidebarLayout, id: SectionId, isOpen: boolean): SidebarLayout {
  const rest = layout.closed.filter((other) => other !== id);
  return { ...layout, closed: isOpen ? rest : [...rest, id] };
}
