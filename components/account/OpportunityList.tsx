import { use } from 'react';
import { i18n } from '#i18n';
import type { OpportunityItem } from '@/lib/messaging/account-protocol';
import { CrmText } from '../ui/CrmText';
import { RecordLink } from '../ui/RecordLink';
import { formatDay, formatMoney } from '../ui/format';
import { ExtraLines } from './extra-value';
import { FreshBadge } from './FreshBadge';
import { OtherOwner } from './OtherOwner';
import { RecordSection } from './RecordSection';
import { RowActionsContext } from './row-actions';
import { StageBar } from './StageBar';

interface Props {
  none: string;
  items: OpportunityItem[];
  limit: number;
  now: number;
}

export function OpportunityList({ none, items, limit, now }: Props) {
  return (
    <RecordSection
      title={i18n.t('opportunity.title')}
      none={none}
      items={items}
      limit={limit}
      render={(item) => <OpportunityRow item={item} now={now} />}
    />
  );
}

interface RowProps {
  item: OpportunityItem;
  now: number;
  /** Whose Account it is: another owner of the deal is worth a word. */
  accountOwner?: string | null;
}

export function OpportunityRow({ item: known, now, accountOwner = null }: RowProps) {
  const actions = use(RowActionsContext);
  const item = actions?.opportunity(known) ?? known;
  return (
    <div className="py-1.5">
      <div className="flex items-baseline gap-3">
        <RecordLink url={item.url} text={item.name} className="line-clamp-2 min-w-0 flex-1 font-medium" />
        <FreshBadge fresh={item.fresh} />
        {item.amount && <span className="shrink-0 font-medium">{formatMoney(item.amount)}</span>}
        {actions?.button(known)}
      </div>
      <div className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
        <StageBar position={item.position} probability={item.probability} />
        {item.stage && <CrmText text={item.stage} className="min-w-0 flex-[1_1_5rem] truncate" />}
        {item.closeOn && (
          <span className={item.overdue ? 'ms-auto font-medium text-danger' : 'ms-auto'}>
            {i18n.t(item.overdue ? 'opportunity.wasToClose' : 'opportunity.closes', [formatDay(item.closeOn, now)])}
          </span>
        )}
      </div>
      <OtherOwner name={item.ownerName} accountOwner={accountOwner} />
      <ExtraLines extra={item.extra} now={now} />
      {actions?.below('opportunity', known)}
    </div>
  );
}
