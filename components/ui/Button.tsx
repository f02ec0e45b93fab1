import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover active:bg-accent-hover border-transparent shadow-lift',
  secondary: 'bg-raised text-ink hover:bg-hover border-edge shadow-lift',
  quiet: 'text-muted hover:bg-hover hover:text-ink border-transparent',
  danger: 'bg-danger text-on-accent hover:bg-danger-hover border-transparent shadow-lift',
  'danger-quiet': 'text-muted hover:bg-danger-soft hover:text-danger border-transparent',
} as const;
const SIZES = { small: 'h-6 px-2 text-sm gap-1', medium: 'h-7 px-2.5 gap-1.5', large: 'h-8 px-3.5 gap-2' } as const;

interface Props extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS;
  size?: keyof typeof SIZES;
  /** While true the button keeps its place in the tab order, says that it is busy and does nothing. */
  busy?: boolean;
  /** There is nothing to press it for. Unlike a disabled button it keeps the focus, so that nobody loses their place. */
  off?: boolean;
  children: ReactNode;
}

/** The class names of a button, for a link that looks like one. */
export function buttonLook(look: keyof typeof LOOKS, size: keyof typeof SIZES = 'medium'): string {
  return cx(
    'inline-flex shrink-0 items-center justify-center rounded-md border font-medium whitespace-nowrap transition-colors select-none',
    'disabled:opacity-50',
    LOOKS[look],
    SIZES[size],
  );
}

export function Button({
  look = 'secondary',
  size = 'medium',
  busy = false,
  off = false,
  children,
  onClick,
  className,
  ...rest
}: Props) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || off || undefined}
      onClick={busy || off ? (event) => event.preventDefault() : onClick}
      className={cx(buttonLook(look, size), busy && 'opacity-70', off && 'opacity-50', className)}
    >
      {busy && <Spinner />}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-3 animate-spin rounded-full border-[1.5px] border-current border-e-transparent motion-reduce:animate-none"
    />
  );
}
