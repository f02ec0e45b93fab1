import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { useNow } from '../hooks/use-now';
import { formatAgo, formatMoment, formatNumber } from '../ui/format';

/** When the copy was last brought up to date, and when it is next: after a failure that is the next try. */
export function ConnectionTimes({ connection: { sync, state } }: { connection: ConnectionSummary }) {
  const now = useNow();
  const facts: { label: string; value: string; title?: string }[] = [];
  facts.push(
    sync.lastSuccessAt
      ? { label: i18n.t('sync.last'), value: formatAgo(sync.lastSuccessAt, now), title: formatMoment(sync.lastSuccessAt) }
      : { label: i18n.t('sync.last'), value: i18n.t('sync.never') },
  );
  if (sync.nextDueAt && sync.running === null && state === 'ready') {
    const due = Date.parse(sync.nextDueAt) <= now ? i18n.t('sync.dueNow') : formatAgo(sync.nextDueAt, now);
    facts.push({ label: i18n.t(sync.lastError ? 'sync.nextTry' : 'sync.next'), value: due, title: formatMoment(sync.nextDueAt) });
  }
  if (sync.skipped > 0) facts.push({ label: i18n.t('sync.skipped'), value: formatNumber(sync.skipped) });
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
      {facts.map(({ label, value, title }) => (
        <div key={label} className="flex gap-1.5" title={title}>
          <dt className="text-faint">{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
