import { useRef, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { cx } from './class-names';
import { formatNumber } from './format';

interface Props<T> {
  items: readonly T[];
  /** How many are shown until the user asks for all. */
  limit: number;
  keyOf: (item: T) => string;
  render: (item: T) => ReactNode;
  /** Names the list for a screen reader. */
  label: string;
  className?: string;
  /** Lines the button up with items that have a padding of their own. */
  moreClassName?: string;
}

/** A list that starts short. The focus goes to the first item that appears, so that a keyboard user goes on from there. */
export function CappedList<T>({ items, limit, keyOf, render, label, className, moreClassName = '-ms-1.5' }: Props<T>) {
  const [all, setAll] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  // Hiding a single item behind a button costs as much room as showing it.
  const capped = !all && items.length > limit + 1;
  const shown = capped ? items.slice(0, limit) : items;

  const showAll = () => {
    setAll(true);
    requestAnimationFrame(() => {
      const next = list.current?.children.item(limit);
      const target = next?.querySelector<HTMLElement>('a[href], button');
      target?.focus({ preventScroll: true });
    });
  };
  return (
    <>
      <ul ref={list} aria-label={label} className={className}>
        {shown.map((item) => (
          <li key={keyOf(item)}>{render(item)}</li>
        ))}
      </ul>
      {capped && (
        <button
          type="button"
          onClick={showAll}
          className={cx(
            'mt-1 inline-flex h-6 items-center rounded-sm px-1.5 text-sm font-medium text-accent hover:bg-accent-soft',
            moreClassName,
          )}
        >
          {i18n.t('common.showAll', [formatNumber(items.length)])}
        </button>
      )}
    </>
  );
}
