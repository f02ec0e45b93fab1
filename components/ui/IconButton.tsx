import type { ComponentProps } from 'react';
import type { LucideIcon } from 'lucide-react';
import { cx } from './class-names';

interface Props extends Omit<ComponentProps<'button'>, 'children'> {
  icon: LucideIcon;
  /** What the button does: its name for a screen reader and its tooltip. */
  label: string;
  spinning?: boolean;
}

export function IconButton({ icon: Icon, label, spinning = false, className, ...rest }: Props) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...rest}
      className={cx(
        'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted transition-colors hover:bg-hover hover:text-ink',
        'disabled:opacity-50',
        className,
      )}
    >
      <Icon
        aria-hidden="true"
        className={cx('size-4', spinning && 'animate-spin motion-reduce:animate-none')}
        strokeWidth={1.75}
      />
    </button>
  );
}
