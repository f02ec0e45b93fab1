import { PanelRight, RefreshCw, Settings } from 'lucide-react';
import { i18n } from '#i18n';
import { FreshnessLine } from '@/components/account/FreshnessLine';
import { DisconnectButton } from '@/components/connections/DisconnectButton';
import { maySync } from '@/components/connections/health';
import { useAction } from '@/components/hooks/use-action';
import { useNow } from '@/components/hooks/use-now';
import { SyncAnnouncer } from '@/components/sync/SyncAnnouncer';
import { SyncProgressBar } from '@/components/sync/SyncProgressBar';
import { sentenceOf } from '@/components/ui/sentence';
import { IconButton } from '@/components/ui/IconButton';
import { LockButton } from '@/components/vault/LockButton';
import { formatAgo, formatMoment } from '@/components/ui/format';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { ConnectionSummary, Receipt, SyncStatus } from '@/lib/messaging/protocol';
import { AppError } from '@/lib/shared/errors';
import { moveToSidePanel } from './side-panel';

interface Props {
  connection: ConnectionSummary;
  /** The Account on screen, which the CRM may have been asked about since the last sync. */
  view: AccountView | undefined;
  draft: string | null;
  openOptions: () => void;
  onDisconnected: (receipt: Receipt) => void;
}

/** How fresh the copy is, and what can be done about it, whatever the tab shows. */
export function PopupFooter({ connection, view, draft, openOptions, onDisconnected }: Props) {
  const now = useNow();
  const start = useAction('sync.start');
  const { sync } = connection;
  const trouble = start.error ?? (sync.lastError && sync.running === null ? new AppError(sync.lastError.code) : null);
  const synced = sync.lastSuccessAt;
  return (
    <footer className="shrink-0 border-t border-hairline bg-subtle">
      {trouble && <p className="px-4 pt-2.5 text-sm text-warn">{sentenceOf(trouble)}</p>}
      {sync.running && (
        <div className="px-4 pt-3">
          <SyncProgressBar progress={sync.running} />
        </div>
      )}
      <div className="flex h-10 items-center gap-0.5 ps-4 pe-2">
        <div className="min-w-0 flex-1">
          {view ? (
            <FreshnessLine view={view} />
          ) : (
            <p className="line-clamp-2 text-sm text-faint" title={synced ? formatMoment(synced) : undefined}>
              {copyState(sync, now)}
            </p>
          )}
        </div>
        <IconButton
          icon={RefreshCw}
          label={i18n.t('sync.now')}
          spinning={sync.running !== null || start.isPending}
          disabled={!maySync(connection)}
          onClick={() => start.mutate({ connectionId: connection.id })}
        />
        <IconButton icon={PanelRight} label={i18n.t('sidebar.open')} onClick={() => void moveToSidePanel().catch(() => {})} />
        <LockButton />
        <IconButton icon={Settings} label={i18n.t('common.options')} onClick={openOptions} />
        <DisconnectButton connection={connection} draft={draft} onDisconnected={onDisconnected} />
      </div>
      <SyncAnnouncer status={sync} />
    </footer>
  );
}

function copyState({ running, lastSuccessAt }: SyncStatus, now: number): string {
  if (running) return i18n.t('sync.running');
  return lastSuccessAt ? i18n.t('sync.synced', [formatAgo(lastSuccessAt, now)]) : i18n.t('sync.neverSynced');
}
