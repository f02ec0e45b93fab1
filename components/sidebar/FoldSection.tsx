import { useId, type ReactNode } from 'react';
import { ChevronRight } from 'lucide-react';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';

interface Props {
  title: string;
  count: number;
  /** A short remark at the right of the heading, seen while it is folded up as well. */
  remark?: ReactNode;
  /** What stands there when there is nothing. */
  none: string;
  open: boolean;
  onFold: (open: boolean) => void;
  children: ReactNode;
}

/** A part of the sidebar that folds up. One without content is a line that says so, and nothing to press. */
export function FoldSection({ title, count, remark, none, open, onFold, children }: Props) {
  const id = useId();
  if (count === 0)
    return (
      <section aria-labelledby={id} className="border-t border-hairline px-4 py-2">
        <h2 id={id} className="sr-only">
          {title}
        </h2>
        <p className="text-sm text-faint">{none}</p>
      </section>
    );
  return (
    <section aria-labelledby={id} className="border-t border-hairline">
      <div className="sticky top-0 z-10 flex items-center gap-2 bg-surface pe-4">
        <h2 id={id} className="min-w-0 flex-1 text-sm font-semibold text-muted">
          <button
            type="button"
            aria-expanded={open}
            aria-controls={`${id}-body`}
            onClick={() => onFold(!open)}
            className="-outline-offset-2 flex h-8 w-full items-center gap-1 ps-2.5 text-start hover:text-ink"
          >
            <ChevronRight
              aria-hidden="true"
              className={cx('size-3.5 shrink-0 text-faint transition-transform', open ? 'rotate-90' : 'rtl:-scale-x-100')}
              strokeWidth={2}
            />
            <span className="truncate">{title}</span>
            <span className="ms-1 font-normal text-faint">{formatNumber(count)}</span>
          </button>
        </h2>
        {remark && <div className="shrink-0 text-sm">{remark}</div>}
      </div>
      <div id={`${id}-body`} hidden={!open} className="px-4 pb-3">
        {open && children}
      </div>
    </section>
  );
}
