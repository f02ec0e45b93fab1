import type { ReactNode } from 'react';
import type { ExtraValue } from '@/lib/messaging/account-protocol';
import { cx } from '../ui/class-names';
import { readable } from '../ui/text';
import { extraValue } from './extra-value';

export interface Fact {
  label: string;
  value: ReactNode;
  /** Too long for half a row. */
  wide?: boolean;
}

const HALF_A_ROW = 32;

/** The fields that the user has added. */
export function extraFacts(extra: readonly ExtraValue[], now: number): Fact[] {
  return extra.map(({ label, value }) => ({ label: readable(label), value: extraValue(value, now), wide: isWide(value) }));
}

export function FactGrid({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1.5">
      {facts.map(({ label, value, wide = false }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two fields of a CRM may have the same label
        <div key={`${index} ${label}`} className={cx('min-w-0', wide && 'col-span-2')}>
          <dt className="truncate text-xs text-faint">
            <bdi>{label}</bdi>
          </dt>
          <dd className={wide ? 'line-clamp-3' : 'truncate'}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What is too long for half a row gets a whole one. */
const isWide = (value: unknown) =>
  typeof value === 'string' && value.length > HALF_A_ROW && !/^\d{4}-\d\d-\d\d(?:$|T\d\d:)/.test(value);
