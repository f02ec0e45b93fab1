import type { ReactNode } from 'react';
import type { LucideIcon } from 'lucide-react';

interface Props {
  icon: LucideIcon;
  title: string;
  /** Behind the title, e.g. that this is what is in use. */
  aside?: ReactNode;
  children: ReactNode;
}

/** One part of the section, in the same shape as the others. */
export function ProtectionCard({ icon: Icon, title, aside, children }: Props) {
  return (
    <section aria-label={title} className="flex gap-3.5 rounded-xl border border-hairline bg-raised px-5 py-4 shadow-lift">
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-faint" strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        <h2 className="flex flex-wrap items-center gap-x-2 font-semibold">
          {title}
          {aside}
        </h2>
        {/* A gap, not margins: a closed dialog among the children takes no room. */}
        <div className="mt-1 flex flex-col gap-3">{children}</div>
      </div>
    </section>
  );
}
