import { useState } from 'react';
import { i18n } from '#i18n';
import { useRequest } from '../hooks/use-request';
import { Disclosure } from '../ui/Disclosure';
import { ErrorNotice } from '../ui/ErrorNotice';
import { HistoryTable } from './HistoryTable';

/** The last runs, asked for when someone wants to see them. */
export function SyncHistory({ connectionId }: { connectionId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Disclosure summary={i18n.t('history.title')} onToggle={setOpen}>
      {open && <Runs connectionId={connectionId} />}
    </Disclosure>
  );
}

function Runs({ connectionId }: { connectionId: string }) {
  const history = useRequest('sync.history', { connectionId });
  if (history.error) return <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />;
  if (!history.data) {
    return (
      <div role="status">
        <span className="sr-only">{i18n.t('common.loading')}</span>
        <div aria-hidden="true" className="space-y-3 py-2">
          <div className="shimmer h-3 w-full" />
          <div className="shimmer h-3 w-5/6" />
          <div className="shimmer h-3 w-full" />
        </div>
      </div>
    );
  }
  if (history.data.length === 0) return <p className="text-faint">{i18n.t('history.none')}</p>;
  return <HistoryTable runs={history.data} />;
}
