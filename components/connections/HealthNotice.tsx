import type { ConnectionSummary, Receipt } from '@/lib/messaging/protocol';
import { i18n } from '#i18n';
import { AppError } from '@/lib/shared/errors';
import { sentenceOf } from '../ui/sentence';
import { Notice } from '../ui/Notice';
import type { useAction } from '../hooks/use-action';
import { DisconnectButton } from './DisconnectButton';
import { SyncNow } from './SyncNow';
import { UpdateCheck, type CheckForUpdate } from './UpdateCheck';
import type { Remedy } from './health';

interface Props {
  connection: ConnectionSummary;
  remedy: Remedy;
  start: ReturnType<typeof useAction<'sync.start'>>;
  checkForUpdate: CheckForUpdate | null;
  onDisconnected: (receipt: Receipt) => void;
}

/** What is wrong with the copy in one sentence, and one button for it. */
export function HealthNotice({ connection, remedy, start, checkForUpdate, onDisconnected }: Props) {
  const code = connection.sync.lastError?.code ?? 'storage.unreadable';
  return (
    <Notice
      tone="warn"
      actions={
        <>
          {remedy === 'sync' && <SyncNow connection={connection} start={start} look="primary" />}
          {remedy === 'update' && <UpdateCheck check={checkForUpdate} />}
          {remedy === 'reconnect' && (
            <DisconnectButton
              connection={connection}
              draft={null}
              onDisconnected={onDisconnected}
              look="primary"
              label={i18n.t('health.reconnect')}
            />
          )}
        </>
      }
    >
      <p>{sentenceOf(new AppError(code))}</p>
      {remedy === 'reconnect' && <p className="mt-1">{i18n.t('health.choicesLost')}</p>}
    </Notice>
  );
}
