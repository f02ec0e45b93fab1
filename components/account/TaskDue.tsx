import { i18n } from '#i18n';
import type { TaskItem } from '@/lib/messaging/account-protocol';
import { formatNearDay } from '../ui/format';

/** When it is due; what is late says so in words. */
export function TaskDue({ item, now }: { item: TaskItem; now: number }) {
  if (item.dueOn === null) return <span className="text-faint">{i18n.t('task.noDate')}</span>;
  const day = formatNearDay(item.dueOn, now);
  if (item.overdue) return <span className="font-medium text-danger">{i18n.t('task.wasDue', [day])}</span>;
  return <span>{i18n.t('task.due', [day])}</span>;
}
