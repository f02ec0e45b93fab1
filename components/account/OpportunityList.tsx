import { i18n } from '#i18n';
import type { OpportunityItem } from '@/lib/messaging/account-protocol';
import { CrmText } from '../ui/CrmText';
import { RecordLink } from '../ui/RecordLink';
import { formatDay, formatMoney, formatPercent } from '../ui/format';
import { ExtraLines } from './extra-value';
import { FreshBadge } from './FreshBadge';
import { RecordSection } from './RecordSection';

interface Props {
  items: OpportunityItem[];
  limit: number;
  now: number;
}

export function OpportunityList({ items, limit, now }: Props) {
  return (
    <RecordSection
      title={i18n.t('opportunity.title')}
      none={i18n.t('opportunity.none')}
      items={items}
      limit={limit}
      render={(item) => <OpportunityRow item={item} now={now} />}
    />
  );
}

function OpportunityRow({ item, now }: { item: OpportunityItem; now: number }) {
  return (
    <div className="py-1.5">
      <div className="flex items-baseline gap-3">
        <RecordLink url={item.url} text={item.name} className="line-clamp-2 min-w-0 flex-1 font-medium" />
        <FreshBadge fresh={item.fresh} />
        {item.amount && <span className="shrink-0 font-medium">{formatMoney(item.amount)}</span>}
      </div>
      <div className="flex items-center gap-2 text-sm text-muted">
        {item.probability !== null && <Probability percent={item.probability} />}
        {item.stage && <CrmText text={item.stage} className="min-w-0 truncate" />}
        {item.closeOn && (
          <span className={item.overdue ? 'ms-auto shrink-0 font-medium text-danger' : 'ms-auto shrink-0'}>
            {i18n.t(item.overdue ? 'opportunity.wasToClose' : 'opportunity.closes', [formatDay(item.closeOn, now)])}
          </span>
        )}
      </div>
      <ExtraLines extra={item.extra} now={now} />
    </div>
  );
}

/** How likely the deal is, as the CRM says: a bar for the eye, the number for everyone. */
function Probability({ percent }: { percent: number }) {
  const share = Math.min(100, Math.max(0, percent)) / 100;
  return (
    <span className="flex shrink-0 items-center gap-1.5" title={i18n.t('opportunity.probability')}>
      <span aria-hidden="true" className="bar block h-1 w-9 overflow-hidden rounded-full bg-edge/60">
        <span className="bar-fill block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      <span className="sr-only">{i18n.t('opportunity.probability')}</span>
      <span className="w-9 whitespace-nowrap">{formatPercent(share)}</span>
    </span>
  );
}
