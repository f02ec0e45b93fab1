import { useState } from 'react';
import { ChevronDown, MailWarning } from 'lucide-react';
import { i18n } from '#i18n';
import type { NoticeItem } from '@/lib/messaging/basis-protocol';
import { systemClock } from '@/lib/shared/clock';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { cx } from '../ui/class-names';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatDay } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';
import { readable } from '../ui/text';

/** People who still have to be told that they are in the CRM (Art. 14 GDPR): one line that can be opened, or nothing. */
export function NoticesLine() {
  const list = useRequest('notices.list', {});
  const [open, setOpen] = useState(false);
  const items = list.data ?? [];
  if (items.length === 0) return null;
  const overdue = items.filter(({ isOverdue }) => isOverdue).length;
  return (
    <section aria-label={i18n.t('notice.title')} className="shrink-0 border-b border-hairline">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={cx(
          'flex h-9 w-full items-center gap-2 px-4 text-start text-sm font-medium hover:bg-hover',
          overdue > 0 ? 'text-danger' : 'text-muted',
        )}
      >
        <MailWarning aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />
        <span className="min-w-0 flex-1 truncate">
          {overdue > 0 ? i18n.t('notice.overdue', overdue) : i18n.t('notice.due', items.length)}
        </span>
        <ChevronDown aria-hidden="true" className={cx('size-4 shrink-0', open && 'rotate-180')} strokeWidth={1.75} />
      </button>
      {open && (
        <ul className="max-h-40 overflow-y-auto px-4 pb-2">
          {items.map((item) => (
            <Row key={`${item.connectionId} ${item.taskId}`} item={item} onDone={() => void list.refetch()} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ item, onDone }: { item: NoticeItem; onDone: () => void }) {
  const dismiss = useAction('notices.dismiss');
  const { connectionId, taskId, subject, due, isOverdue, url } = item;
  const day = formatDay(due, systemClock.now());
  return (
    <li className="flex items-center gap-2 py-1 text-sm">
      <span className="min-w-0 flex-1 truncate">
        <RecordLink text={subject} url={url} />
        <span className={cx('ms-1.5', isOverdue ? 'text-danger' : 'text-faint')}>
          {isOverdue ? i18n.t('notice.late', { day }) : i18n.t('notice.by', { day })}
        </span>
      </span>
      <Button
        size="small"
        look="quiet"
        busy={dismiss.isPending}
        aria-label={i18n.t('notice.doneName', { name: readable(subject) })}
        onClick={() => dismiss.mutate({ connectionId, taskId }, { onSuccess: onDone })}
      >
        {i18n.t('notice.done')}
      </Button>
      {dismiss.error && <ErrorNotice error={dismiss.error} />}
    </li>
  );
}
