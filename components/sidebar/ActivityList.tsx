import { Check, Trophy, X, type LucideIcon } from 'lucide-react';
import { i18n } from '#i18n';
import type { ActivityItem } from '@/lib/messaging/account-protocol';
import { CrmText } from '../ui/CrmText';
import { formatMoney, formatNearDay } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';
import { PagedList } from './PagedList';

interface Props {
  items: ActivityItem[];
  now: number;
}

const KINDS: Record<ActivityItem['kind'], { icon: LucideIcon; look: string }> = {
  task: { icon: Check, look: 'text-muted' },
  won: { icon: Trophy, look: 'text-good' },
  lost: { icon: X, look: 'text-muted' },
};

/** What has happened, newest first, along a line. */
export function ActivityList({ items, now }: Props) {
  return (
    <PagedList
      items={items}
      first={5}
      label={i18n.t('sidebar.activity')}
      className="ms-2.5 border-s border-hairline"
      keyOf={({ id }) => id}
      render={(item) => <Happened item={item} now={now} />}
    />
  );
}

function Happened({ item: { kind, url, name, on, about, amount }, now }: { item: ActivityItem; now: number }) {
  const { icon: Icon, look } = KINDS[kind];
  return (
    <div className="flex gap-2 py-1.5">
      <span className={`-ms-2.5 flex size-5 shrink-0 items-center justify-center rounded-full bg-hover ${look}`}>
        <Icon aria-hidden="true" className="size-3" strokeWidth={2} />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-3">
          <RecordLink url={url} text={name} className="line-clamp-2 min-w-0 flex-1" />
          {on && <span className="shrink-0 text-sm text-faint">{formatNearDay(on, now)}</span>}
        </div>
        <p className="flex min-w-0 gap-1.5 text-sm text-faint">
          <span className={kind === 'won' ? 'text-good' : undefined}>{i18n.t(`sidebar.kind.${kind}`)}</span>
          {about && <CrmText text={about} className="min-w-0 truncate" />}
          {amount && <span>{formatMoney(amount)}</span>}
        </p>
      </div>
    </div>
  );
}
