import { i18n } from '#i18n';
import type { AccountView } from '@/lib/messaging/account-protocol';
import { formatMoney, formatNumber } from '../ui/format';
import { cx } from '../ui/class-names';

interface Props {
  view: AccountView;
}

/** What is at stake and what is late, before any list. Amounts of different currencies are never added up. */
export function AccountSummary({ view }: Props) {
  const late = view.tasks.filter((task) => task.overdue).length;
  const pipeline = view.pipeline.length > 0 ? view.pipeline : [];
  return (
    <dl className="flex border-t border-hairline bg-subtle px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <dt className="text-xs text-faint">{i18n.t('account.pipeline')}</dt>
        {pipeline.length === 0 && <dd className="text-lg font-semibold text-faint">–</dd>}
        {pipeline.map((money) => (
          <dd key={money.currency ?? ''} className="truncate text-lg font-semibold tracking-tight">
            {formatMoney(money)}
          </dd>
        ))}
      </div>
      <Count label={i18n.t('account.openOpportunities')} value={view.gaps.opportunity ? null : view.opportunities.length} />
      <Count label={i18n.t('account.openTasks')} value={view.gaps.task ? null : view.tasks.length} late={late} />
    </dl>
  );
}

function Count({ label, value, late = 0 }: { label: string; value: number | null; late?: number }) {
  return (
    <div className="border-s border-hairline ps-3 pe-3 last:pe-0">
      <dt className="text-xs text-faint">{label}</dt>
      <dd className={cx('text-lg font-semibold', !value && 'text-faint')}>
        {value === null ? '–' : formatNumber(value)}
        {late > 0 && (
          <span className="ms-1.5 text-sm font-medium text-danger">{i18n.t('account.late', late, [formatNumber(late)])}</span>
        )}
      </dd>
    </div>
  );
}
