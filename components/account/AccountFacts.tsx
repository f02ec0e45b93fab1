import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/protocol';
import { CrmText } from '../ui/CrmText';
import { phoneLink, readable, shortAddress, webLink } from '../ui/text';

interface Props {
  account: AccountView['account'];
  condensed: boolean;
}

const LINK = 'decoration-edge-strong underline-offset-2 hover:underline';

/** The few facts of an Account that fit in one glance; what the CRM does not know is left out. */
export function AccountFacts({ account, condensed }: Props) {
  const site = webLink(account.website);
  const call = phoneLink(account.phone);
  const facts: { label: string; value: ReactNode }[] = [];
  if (account.ownerName) facts.push({ label: i18n.t('account.owner'), value: <CrmText text={account.ownerName} /> });
  if (account.type) facts.push({ label: i18n.t('account.type'), value: <CrmText text={account.type} /> });
  if (account.phone) {
    const shown = <CrmText text={account.phone} />;
    facts.push({
      label: i18n.t('account.phone'),
      value: call ? (
        <a href={call} className={LINK}>
          {shown}
        </a>
      ) : (
        shown
      ),
    });
  }
  if (account.website && !condensed) {
    const shown = <bdi>{shortAddress(account.website)}</bdi>;
    const link = site && (
      <a href={site} target="_blank" rel="noopener noreferrer" title={readable(account.website)} className={LINK}>
        {shown}
      </a>
    );
    facts.push({ label: i18n.t('account.website'), value: link ?? shown });
  }
  if (facts.length === 0) return null;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-4 gap-y-1.5">
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-xs text-faint">{label}</dt>
          <dd className="truncate">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
