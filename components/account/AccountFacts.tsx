import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { useNow } from '../hooks/use-now';
import { CrmText } from '../ui/CrmText';
import { cx } from '../ui/class-names';
import { phoneLink, readable } from '../ui/text';
import { extraValue, WebValue } from './extra-value';

interface Props {
  account: AccountView['account'];
  condensed: boolean;
}

interface Fact {
  label: string;
  value: ReactNode;
  /** Too long for half a row. */
  wide?: boolean;
}

const LINK = 'decoration-edge-strong underline-offset-2 hover:underline';
const HALF_A_ROW = 32;
/** The popup has room for the first few of the fields that the user has added. */
const MOST_EXTRA_CONDENSED = 4;

/** The few facts of an Account that fit in one glance; what the CRM does not know is left out. */
export function AccountFacts({ account, condensed }: Props) {
  const now = useNow();
  const facts: Fact[] = [];
  if (account.ownerName) facts.push({ label: i18n.t('account.owner'), value: <CrmText text={account.ownerName} /> });
  if (account.type) facts.push({ label: i18n.t('account.type'), value: <CrmText text={account.type} /> });
  if (account.phone) {
    const shown = <CrmText text={account.phone} />;
    const call = phoneLink(account.phone);
    const link = call && (
      <a href={call} className={LINK}>
        {shown}
      </a>
    );
    facts.push({ label: i18n.t('account.phone'), value: link ?? shown });
  }
  if (account.website && !condensed) facts.push({ label: i18n.t('account.website'), value: <WebValue text={account.website} /> });
  for (const { label, value } of condensed ? account.extra.slice(0, MOST_EXTRA_CONDENSED) : account.extra)
    facts.push({ label: readable(label), value: extraValue(value, now), wide: isWide(value) });
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
