import { ExternalLink, Globe, MapPin, Phone, UserRound } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { EvidenceLine } from '../account/EvidenceLine';
import { extraFacts, FactGrid } from '../account/FactGrid';
import { FreshBadge } from '../account/FreshBadge';
import { Reach } from '../account/Reach';
import { Avatar } from '../ui/Avatar';
import { Badge } from '../ui/Badge';
import { CrmText } from '../ui/CrmText';
import { phoneLink, readable, shortAddress, webLink } from '../ui/text';

interface Props {
  view: AccountView;
  now: number;
}

/** Who this is, whose it is, and why it stands here. */
export function SidebarHeader({ view, now }: Props) {
  const { account, evidence, crmLabel } = view;
  const href = webLink(account.url);
  return (
    <div className="px-4 pt-3.5 pb-3">
      <div className="flex gap-3">
        <Avatar name={account.name} shape="company" size="large" />
        <div className="min-w-0 flex-1">
          <div className="flex items-start gap-1">
            <h1 tabIndex={-1} className="line-clamp-2 min-w-0 flex-1 text-xl font-semibold tracking-tight">
              <CrmText text={account.name} />
            </h1>
            <FreshBadge fresh={account.fresh} />
            {href && (
              <a
                href={href}
                target="_blank"
                rel="noopener noreferrer"
                title={i18n.t('account.openIn', [crmLabel])}
                aria-label={i18n.t('account.openIn', [crmLabel])}
                className="-mt-0.5 -me-1.5 inline-flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
              >
                <ExternalLink aria-hidden="true" className="size-4" strokeWidth={1.75} />
              </a>
            )}
          </div>
          <div className="mt-0.5 flex min-w-0 items-center gap-1.5 text-sm text-muted">
            {account.type && (
              <Badge>
                <CrmText text={account.type} className="max-w-32 truncate" />
              </Badge>
            )}
            {account.industry && <CrmText text={account.industry} className="min-w-0 truncate" />}
          </div>
          {account.ownerName && (
            <p className="mt-1 flex min-w-0 items-center gap-1 text-sm text-muted">
              <UserRound aria-hidden="true" className="size-3.5 shrink-0 text-faint" strokeWidth={1.75} />
              <span className="sr-only">{i18n.t('account.owner')} </span>
              <CrmText text={account.ownerName} className="min-w-0 truncate" />
            </p>
          )}
          {evidence && <EvidenceLine evidence={evidence} />}
        </div>
      </div>
      <Reaches account={account} />
      <FactGrid facts={extraFacts(account.extra, now)} />
    </div>
  );
}

/** How to get there. A map would tell somebody else where a customer is, so the place can be copied and no more. */
function Reaches({ account: { phone, website, location } }: { account: AccountView['account'] }) {
  if (!phone && !website && !location) return null;
  return (
    <div className="mt-2">
      {phone && <Reach icon={Phone} href={phoneLink(phone)} text={phone} copyLabel={i18n.t('person.copyPhone')} />}
      {website && (
        <Reach
          icon={Globe}
          href={webLink(website)}
          text={readable(website)}
          shown={shortAddress(website)}
          copyLabel={i18n.t('sidebar.copyWebsite')}
        />
      )}
      {location && <Reach icon={MapPin} href={null} text={location} copyLabel={i18n.t('sidebar.copyAddress')} />}
    </div>
  );
}
