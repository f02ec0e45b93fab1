import { ExternalLink } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { Avatar } from '../ui/Avatar';
import { buttonLook } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { webLink } from '../ui/text';
import { AccountFacts } from './AccountFacts';
import { EvidenceLine } from './EvidenceLine';
import { FreshBadge } from './FreshBadge';

interface Props {
  view: AccountView;
  condensed: boolean;
}

export function AccountHeader({ view, condensed }: Props) {
  const { account, evidence, crmLabel } = view;
  const about = [account.industry, account.location].filter((part) => part !== null && part !== '');
  const href = webLink(account.url);
  return (
    <div className="px-4 pt-4 pb-3.5">
      <div className="flex gap-3">
        <Avatar name={account.name} shape="company" size="large" />
        <div className="min-w-0 flex-1">
          <div className="flex items-start gap-2">
            <h1 tabIndex={-1} className="line-clamp-2 min-w-0 flex-1 text-xl font-semibold tracking-tight">
              <CrmText text={account.name} />
            </h1>
            <FreshBadge fresh={account.fresh} />
          </div>
          {about.length > 0 && (
            <p className="line-clamp-2 text-muted">
              {about.map((part, index) => (
                <span key={index === 0 ? 'first' : 'second'}>
                  {index > 0 && <span aria-hidden="true"> · </span>}
                  <CrmText text={part ?? ''} />
                </span>
              ))}
            </p>
          )}
          {evidence && <EvidenceLine evidence={evidence} />}
        </div>
      </div>
      <AccountFacts account={account} condensed={condensed} />
      {href && (
        <a href={href} target="_blank" rel="noopener noreferrer" className={`${buttonLook('secondary')} mt-3`}>
          {i18n.t('account.openIn', [crmLabel])}
          <ExternalLink aria-hidden="true" className="size-3.5 text-faint" strokeWidth={1.75} />
        </a>
      )}
    </div>
  );
}
