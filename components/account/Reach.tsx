import type { LucideIcon } from 'lucide-react';
import { CopyButton } from '../ui/CopyButton';
import { CrmText } from '../ui/CrmText';
import { readable } from '../ui/text';

interface Props {
  /** Null for what cannot be opened, or must not be. */
  href: string | null;
  text: string;
  /** What stands there, when that is shorter than the whole. */
  shown?: string;
  copyLabel: string;
  icon?: LucideIcon;
}

/** An address or number: a link when it is a valid one, always copyable. */
export function Reach({ href, text, shown = text, copyLabel, icon: Icon }: Props) {
  const words = <CrmText text={shown} />;
  const isWeb = href !== null && /^https?:/.test(href);
  return (
    <div className="group/reach -my-px flex h-6 items-center gap-1 text-sm">
      {Icon && <Icon aria-hidden="true" className="me-1 size-3.5 shrink-0 text-faint" strokeWidth={1.75} />}
      {href ? (
        <a
          href={href}
          {...(isWeb ? { target: '_blank', rel: 'noopener noreferrer' } : {})}
          className="min-w-0 truncate text-muted decoration-edge-strong underline-offset-2 hover:text-accent hover:underline"
        >
          {words}
        </a>
      ) : (
        <span className="min-w-0 truncate text-muted">{words}</span>
      )}
      <CopyButton
        text={readable(text)}
        label={copyLabel}
        className="opacity-0 group-hover/reach:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
      />
    </div>
  );
}
