import type { ReactNode } from 'react';
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { cx } from './class-names';

const TONES = {
  info: { look: 'bg-subtle', icon: Info, iconLook: 'text-muted' },
  good: { look: 'bg-good-soft', icon: CircleCheck, iconLook: 'text-good' },
  warn: { look: 'bg-warn-soft', icon: TriangleAlert, iconLook: 'text-warn' },
  danger: { look: 'bg-danger-soft', icon: CircleAlert, iconLook: 'text-danger' },
} as const;

interface Props {
  tone: keyof typeof TONES;
  children: ReactNode;
  /** Buttons or links that belong to it. */
  actions?: ReactNode;
  /** Interrupts a screen reader; for what went wrong because of something the user just did. */
  urgent?: boolean;
  className?: string;
}

export function Notice({ tone, children, actions, urgent = false, className }: Props) {
  const { look, icon: Icon, iconLook } = TONES[tone];
  return (
    <div role={urgent ? 'alert' : undefined} className={cx('flex gap-2 rounded-lg px-3 py-2.5', look, className)}>
      <Icon aria-hidden="true" className={cx('mt-px size-4 shrink-0', iconLook)} strokeWidth={1.75} />
      <div className="min-w-0 flex-1">
        {children}
        {actions && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
