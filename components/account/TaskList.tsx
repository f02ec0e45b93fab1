import { use } from 'react';
import { Circle, CircleAlert, Flag } from 'lucide-react';
import { i18n } from '#i18n';
import type { TaskItem } from '@/lib/messaging/account-protocol';
import { CrmText } from '../ui/CrmText';
import { RecordLink } from '../ui/RecordLink';
import { cx } from '../ui/class-names';
import { ExtraLines } from './extra-value';
import { FreshBadge } from './FreshBadge';
import { OtherOwner } from './OtherOwner';
import { RecordSection } from './RecordSection';
import { RowActionsContext } from './row-actions';
import { TaskDue } from './TaskDue';

interface Props {
  none: string;
  items: TaskItem[];
  limit: number;
  now: number;
}

export function TaskList({ none, items, limit, now }: Props) {
  return (
    <RecordSection
      title={i18n.t('task.title')}
      none={none}
      items={items}
      limit={limit}
      render={(item) => <TaskRow item={item} now={now} />}
    />
  );
}

interface RowProps {
  item: TaskItem;
  now: number;
  /** Whose Account it is: somebody else's task is worth a word. */
  accountOwner?: string | null;
}

export function TaskRow({ item: known, now, accountOwner = null }: RowProps) {
  const actions = use(RowActionsContext);
  const item = actions?.task(known) ?? known;
  const Icon = item.overdue ? CircleAlert : Circle;
  return (
    <div className="flex gap-2 py-1.5">
      <Icon
        aria-hidden="true"
        className={cx('mt-0.5 size-3.5 shrink-0', item.overdue ? 'text-danger' : 'text-edge-strong')}
        strokeWidth={1.75}
      />
      <div className="min-w-0 flex-1">
        <div className="flex items-start gap-2">
          <RecordLink url={item.url} text={item.subject} className="line-clamp-2 min-w-0 flex-1" />
          <FreshBadge fresh={item.fresh} />
          {actions?.button(known)}
        </div>
        <div className="flex flex-wrap items-center gap-x-2.5 text-sm text-muted">
          <TaskDue item={item} now={now} />
          {item.priority && <TaskPriority priority={item.priority} />}
          {item.about && <CrmText text={item.about} className="min-w-0 truncate" />}
        </div>
        <OtherOwner name={item.ownerName} accountOwner={accountOwner} />
        <ExtraLines extra={item.extra} now={now} />
        {actions?.below('task', known)}
      </div>
    </div>
  );
}

/** CRMs name their priorities freely; only the one that everybody calls high is worth a mark. */
function TaskPriority({ priority }: { priority: string }) {
  const high = /^(high|urgent|hoch)$/i.test(priority.trim());
  if (!high) return null;
  return (
    <span className="inline-flex shrink-0 items-center gap-1 font-medium text-warn">
      <Flag aria-hidden="true" className="size-3" strokeWidth={2} />
      <CrmText text={priority} />
    </span>
  );
}
