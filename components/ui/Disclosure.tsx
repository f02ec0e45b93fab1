import type { ReactNode } from 'react';
import { ChevronRight } from 'lucide-react';

interface Props {
  summary: string;
  /** Behind the summary, seen while it is closed as well. */
  aside?: ReactNode;
  /** Given when something else opens it too. */
  open?: boolean;
  onToggle?: (open: boolean) => void;
  children: ReactNode;
}

/** The browser's own disclosure, so that find-in-page and the keyboard work as everywhere. */
export function Disclosure({ summary, aside, open, onToggle, children }: Props) {
  return (
    <details
      className="group"
      {...(open === undefined ? {} : { open })}
      onToggle={(event) => onToggle?.(event.currentTarget.open)}
    >
      <summary className="-ms-1 inline-flex h-6 list-none items-center gap-1 rounded-sm px-1 font-medium text-accent hover:bg-accent-soft">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 transition-transform group-open:rotate-90 rtl:not-group-open:-scale-x-100"
          strokeWidth={2}
        />
        {summary}
        {aside && <span className="ms-1.5 inline-flex">{aside}</span>}
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}
