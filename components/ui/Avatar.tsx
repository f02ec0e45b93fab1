import { Building2, UserRound } from 'lucide-react';
import { cx } from './class-names';
import { initialsOf, tintOf } from './text';

interface Props {
  name: string;
  shape: 'person' | 'company';
  size?: 'small' | 'medium' | 'large';
}

const SIZES = { small: 'size-6 text-2xs', medium: 'size-7 text-xs', large: 'size-10 text-base' } as const;

/** Initials on a tint that the name decides. Decoration only: the name always stands beside it. */
export function Avatar({ name, shape, size = 'medium' }: Props) {
  const initials = initialsOf(name);
  const Icon = shape === 'person' ? UserRound : Building2;
  const round = shape === 'person' ? 'rounded-full' : size === 'large' ? 'rounded-lg' : 'rounded-md';
  return (
    <span
      aria-hidden="true"
      className={cx(
        `tint tint-${tintOf(name)} flex shrink-0 items-center justify-center font-semibold tracking-wide select-none`,
        SIZES[size],
        round,
      )}
    >
      {initials === '' ? <Icon className="size-1/2" /> : initials}
    </span>
  );
}
