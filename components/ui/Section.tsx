import { useId, type ReactNode } from 'react';
import { formatNumber } from './format';

interface Props {
  title: string;
  count?: number;
  /** A short remark at the right of the heading, e.g. "2 overdue". */
  remark?: ReactNode;
  children: ReactNode;
}

/** A named part of a view: a quiet heading with how many there are, and the list. */
export function Section({ title, count, remark, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-t border-hairline px-4 pt-3 pb-3.5">
      <div className="mb-1 flex min-h-5 items-center gap-1.5">
        <h2 id={id} className="text-sm font-semibold text-muted">
          {title}
          {count !== undefined && count > 0 && <span className="ms-1.5 font-normal text-faint">{formatNumber(count)}</span>}
        </h2>
        {remark && <div className="ms-auto text-sm">{remark}</div>}
      </div>
      {children}
    </section>
  );
}

/** The one line that stands where a list would be. */
export function EmptyLine({ children }: { children: ReactNode }) {
  return <p className="text-faint">{children}</p>;
}
