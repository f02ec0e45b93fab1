import { useRef, useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';

interface Props<T> {
  items: readonly T[];
  /** How many are shown at first. */
  first: number;
  keyOf: (item: T) => string;
  render: (item: T) => ReactNode;
  /** Names the list for a screen reader. */
  label: string;
  className?: string;
}

const PAGE = 25;

/**
 * A list that grows by pages, whose rows cost nothing while they are out of sight: the browser leaves out their layout and
 * painting (`content-visibility`). Unlike rows that are taken out of the document they can be found by find-in-page, counted
 * by a screen reader and reached by Tab. The focus goes to the first row that appears.
 */
export function PagedList<T>({ items, first, keyOf, render, label, className }: Props<T>) {
  const [most, setMost] = useState(first);
  const list = useRef<HTMLUListElement>(null);
  // Hiding a single item behind a button costs as much room as showing it.
  const shown = items.length <= most + 1 ? items : items.slice(0, most);
  const left = items.length - shown.length;

  const showMore = () => {
    const next = shown.length;
    setMost(next + PAGE);
    requestAnimationFrame(() => {
      const row = list.current?.children.item(next);
      row?.querySelector<HTMLElement>('a[href], button')?.focus({ preventScroll: true });
    });
  };
  return (
    <>
      <ul ref={list} aria-label={label} className={className}>
        {shown.map((item) => (
          <li key={keyOf(item)} className={cx(shown.length > PAGE && 'paged-row')}>
            {render(item)}
          </li>
        ))}
      </ul>
      {left > 0 && (
        <button
          type="button"
          onClick={showMore}
          className="-ms-1.5 mt-1 inline-flex h-6 items-center rounded-sm px-1.5 text-sm font-medium text-accent hover:bg-accent-soft"
        >
          {left <= PAGE
            ? i18n.t('common.showAll', [formatNumber(items.length)])
            : i18n.t('sidebar.showMore', [formatNumber(PAGE), formatNumber(left)])}
        </button>
      )}
    </>
  );
}
