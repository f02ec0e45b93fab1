import { i18n } from '#i18n';
import type { CalledHost } from '@/lib/messaging/privacy-protocol';
import { useNow } from '../hooks/use-now';
import { formatAgo, formatMoment, formatNumber } from '../ui/format';

/** Every host that was ever called for a connection, as the one module that calls out has counted. */
export function HostList({ hosts }: { hosts: CalledHost[] }) {
  const now = useNow();
  return (
    <div className="border-t border-hairline px-5 py-3">
      <h4 className="font-medium">{i18n.t('privacy.hosts.title')}</h4>
      {hosts.length === 0 && <p className="text-muted">{i18n.t('privacy.hosts.none')}</p>}
      <ul aria-label={i18n.t('privacy.hosts.title')} className="mt-1 space-y-1">
        {hosts.map(({ host, calls, last }) => (
          <li key={host} className="flex flex-wrap items-baseline gap-x-3">
            <span className="min-w-0 flex-1 break-all">{host}</span>
            <span className="text-sm text-muted tabular-nums">{i18n.t('privacy.hosts.calls', calls, [formatNumber(calls)])}</span>
            <time dateTime={last} title={formatMoment(last)} className="w-20 text-end text-sm text-faint">
              {formatAgo(last, now)}
            </time>
          </li>
        ))}
      </ul>
      <p className="mt-1.5 text-sm text-faint">{i18n.t('privacy.hosts.only')}</p>
    </div>
  );
}
