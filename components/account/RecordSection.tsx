import type { ReactNode } from 'react';
import { CappedList } from '../ui/CappedList';
import { EmptyLine, Section } from '../ui/Section';

interface Props<T> {
  title: string;
  /** What stands there when there is nothing. */
  none: string;
  items: readonly T[];
  limit: number;
  render: (item: T) => ReactNode;
}

/** The Account's records of one kind: how many, the first few, or a line that there are none. */
export function RecordSection<T extends { id: string }>({ title, none, items, limit, render }: Props<T>) {
  return (
    <Section title={title} count={items.length}>
      {items.length === 0 && <EmptyLine>{none}</EmptyLine>}
      {items.length > 0 && <CappedList items={items} limit={limit} label={title} keyOf={(item) => item.id} render={render} />}
    </Section>
  );
}
