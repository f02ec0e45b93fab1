import type { ReactNode } from 'react';
import { CircleAlert, Clock } from 'lucide-react';
import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { emptyWords } from '../account/gap-words';
import { TaskDue } from '../account/TaskDue';
import { CrmText } from '../ui/CrmText';
import { cx } from '../ui/class-names';
import { formatMoney, formatNumber } from '../ui/format';
import { RecordLink } from '../ui/RecordLink';

interface Props {
  view: AccountView;
  now: number;
}

/** What matters first, before any list: what is to be done next, and what is at stake. Currencies are never added up. */
export function Glance({ view, now }: Props) {
  const { tasks, opportunities, pipeline } = view;
  const [next] = tasks;
  const Icon = next?.overdue ? CircleAlert : Clock;
  return (
    <dl className="grid grid-cols-[fit-content(35%)_minmax(0,1fr)] gap-x-3 gap-y-1.5 border-t border-hairline bg-subtle px-4 py-2.5">
      <Line label={i18n.t('sidebar.next')}>
        {next ? (
          <>
            <RecordLink url={next.url} text={next.subject} className="line-clamp-2 font-medium" />
            <span className="flex min-w-0 items-center gap-1 text-sm text-muted">
              <Icon
                aria-hidden="true"
                className={cx('size-3.5 shrink-0', next.overdue ? 'text-danger' : 'text-faint')}
                strokeWidth={1.75}
              />
              <span className="max-w-full shrink-0">
                <TaskDue item={next} now={now} />
              </span>
              {next.about && (
                <>
                  <span aria-hidden="true">·</span>
                  <CrmText text={next.about} className="min-w-0 truncate" />
                </>
              )}
            </span>
          </>
        ) : (
          <span className="text-faint">{emptyWords(view, 'task', i18n.t('sidebar.nothingDue'))}</span>
        )}
      </Line>
      <Line label={i18n.t('sidebar.atStake')}>
        <span className="flex flex-wrap items-baseline gap-x-2.5">
          {pipeline.map((money) => (
            <span key={money.currency ?? ''} className="max-w-full truncate text-lg font-semibold tracking-tight">
              {formatMoney(money)}
            </span>
          ))}
          <span className={opportunities.length === 0 ? 'text-faint' : 'text-sm text-muted'}>
            {opportunities.length === 0
              ? emptyWords(view, 'opportunity', i18n.t('opportunity.none'))
              : i18n.t('sidebar.inOpportunities', opportunities.length, [formatNumber(opportunities.length)])}
          </span>
        </span>
      </Line>
    </dl>
  );
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt className="min-w-12 pt-px text-sm text-faint">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
