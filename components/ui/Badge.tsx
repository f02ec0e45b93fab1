import type { ReactNode } from 'react';
import { cx } from './class-names';

const TONES = {
  neutral: 'bg-hover text-muted',
  accent: 'bg-accent-soft text-accent',
  danger: 'bg-danger-soft text-danger',
  warn: 'bg-warn-soft text-warn',
  good: 'bg-good-soft text-good',
} as const;

interface Props {
  tone?: keyof typeof TONES;
  children: ReactNode;
}

export function Badge({ tone = 'neutral', children }: Props) {
  return (
    <span
      className={cx(
        'inline-flex h-[1.125rem] items-center gap-1 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
