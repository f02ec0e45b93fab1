import { TriangleAlert } from 'lucide-react';
import { i18n } from '#i18n';
import { useNow } from '../hooks/use-now';
import { formatAgo, formatMoment } from '../ui/format';

interface Props {
  syncedAt: string | null;
  stale: boolean;
  crmLabel: string;
}

/** How old what is shown is. Old data says so in words, not by colour alone. */
export function FreshnessLine({ syncedAt, stale, crmLabel }: Props) {
  const now = useNow();
  if (syncedAt === null) return <p className="text-sm text-faint">{i18n.t('sync.firstRunning', [crmLabel])}</p>;
  const ago = formatAgo(syncedAt, now);
  return (
    <p
      className={`flex min-w-0 items-center gap-1.5 text-sm ${stale ? 'text-warn' : 'text-faint'}`}
      title={formatMoment(syncedAt)}
    >
      {stale && <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" strokeWidth={1.75} />}
      <span className="truncate">{i18n.t(stale ? 'sync.stale' : 'sync.synced', [ago])}</span>
    </p>
  );
}
