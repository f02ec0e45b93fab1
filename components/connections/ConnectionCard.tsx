import { useState } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary, Receipt } from '@/lib/messaging/protocol';
import { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { SelectionPanel } from '../selection/SelectionPanel';
import type { SelectionDraft } from '../selection/selection-draft';
import { SampleMark } from '../sample/SampleMark';
import { HeldDeletions } from '../sync/HeldDeletions';
import { SyncAnnouncer } from '../sync/SyncAnnouncer';
import { SyncHistory } from '../sync/SyncHistory';
import { SyncProgressBar } from '../sync/SyncProgressBar';
import { UsageLine } from '../sync/UsageLine';
import { objectsName } from '../sync/object-names';
import { Badge } from '../ui/Badge';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { sentenceOf } from '../ui/sentence';
import { Notice } from '../ui/Notice';
import { Phrase, slots } from '../ui/Phrase';
import { formatList } from '../ui/format-more';
import type { AskHostAccess } from './ask-access';
import { ConnectionTimes } from './ConnectionTimes';
import { CountsList } from './CountsList';
import { DisconnectButton } from './DisconnectButton';
import { HealthNotice } from './HealthNotice';
import { LostChoice } from './LostChoice';
import { ReconnectNotice } from './ReconnectNotice';
import { SyncNow } from './SyncNow';
import type { CheckForUpdate } from './UpdateCheck';
import { lostChoiceOf, remedyFor } from './health';

interface Props {
  connection: ConnectionSummary;
  askHostAccess: AskHostAccess;
  checkForUpdate: CheckForUpdate | null;
  /** It is the sample, and the user's own CRM is connected. */
  notNeeded?: boolean;
  draft: SelectionDraft | null;
  onDraft: (draft: SelectionDraft | null) => void;
  onDisconnected: (receipt: Receipt) => void;
}

export function ConnectionCard({ connection, askHostAccess, checkForUpdate, notNeeded = false, ...rest }: Props) {
  const { draft, onDraft, onDisconnected } = rest;
  const isSample = connection.crm === 'sample';
  const short = isSample ? 'sample.removeShort' : connection.login === 'tab' ? 'disconnect.shortTab' : 'disconnect.short';
  const { sync, state, crmLabel } = connection;
  const start = useAction('sync.start');
  const remedy = remedyFor(connection);
  const lost = lostChoiceOf(connection);
  const [called, setCalled] = useState(0);
  return (
    <section
      aria-label={`${crmLabel}, ${connection.orgName}`}
      className="rounded-xl border border-hairline bg-raised shadow-lift"
    >
      <header className="flex flex-wrap items-start gap-x-4 gap-y-3 px-5 pt-4 pb-4">
        <div className="min-w-0 flex-1 basis-52">
          <h2 className="flex flex-wrap items-center gap-x-2 text-lg font-semibold">
            {crmLabel}
            {isSample && <SampleMark />}
            <StateBadge connection={connection} />
          </h2>
          {isSample && <p className="mt-0.5 text-pretty text-muted">{i18n.t('sample.about')}</p>}
          {connection.userName !== '' && !isSample && (
            <p className="mt-0.5 text-muted">
              <Phrase
                text={i18n.t('connection.connectedAs', slots('user', 'org'))}
                parts={{
                  user: <CrmText text={connection.userName} className="font-medium text-ink" />,
                  org: <CrmText text={connection.orgName} className="font-medium text-ink" />,
                }}
              />
            </p>
          )}
          <p className="truncate text-sm text-faint">{connection.host}</p>
        </div>
        {/* A copy that cannot be used has its one way out in the notice below. */}
        {remedy === null && lost !== 'selection.damaged' && <SyncNow connection={connection} start={start} />}
      </header>
      <div className="space-y-4 px-5 pb-5">
        {notNeeded && (
          <Notice
            tone="info"
            actions={<DisconnectButton connection={connection} draft={null} onDisconnected={onDisconnected} look="secondary" />}
          >
            <p>{i18n.t('sample.notNeeded')}</p>
          </Notice>
        )}
        {state === 'reconnect-needed' && <ReconnectNotice connection={connection} askHostAccess={askHostAccess} />}
        {start.error && <ErrorNotice error={start.error} />}
        {remedy !== null && sync.running === null && (
          <HealthNotice
            connection={connection}
            remedy={remedy}
            start={start}
            checkForUpdate={checkForUpdate}
            onDisconnected={onDisconnected}
          />
        )}
        {lost !== null && sync.running === null && <LostChoice code={lost} onChoose={() => setCalled((times) => times + 1)} />}
        {remedy === null && lost === null && sync.lastError && state !== 'reconnect-needed' && sync.running === null && (
          <Notice tone="warn">
            <p>{sentenceOf(new AppError(sync.lastError.code))}</p>
          </Notice>
        )}
        {sync.running && <SyncProgressBar progress={sync.running} />}
        {state !== 'damaged' && <Copy connection={connection} />}
      </div>
      {state !== 'damaged' && (
        <div className="divide-y divide-hairline border-t border-hairline *:px-5 *:py-3">
          <SelectionPanel connection={connection} draft={draft} onDraft={onDraft} called={called} />
          <SyncHistory connectionId={connection.id} />
        </div>
      )}
      <SyncAnnouncer status={sync} />
      {remedy !== 'reconnect' && !notNeeded && (
        <footer className="flex items-center gap-3 border-t border-hairline px-5 py-3">
          <p className="min-w-0 flex-1 text-sm text-faint">{i18n.t(short)}</p>
          <DisconnectButton connection={connection} draft={draft && i18n.t('selection.draft')} onDisconnected={onDisconnected} />
        </footer>
      )}
    </section>
  );
}

/** What is in the copy, and how it got there. */
function Copy({ connection }: { connection: ConnectionSummary }) {
  const { sync, crmLabel } = connection;
  return (
    <>
      {sync.held.length > 0 && (
        <div className="space-y-2">
          {sync.held.map((held) => (
            <HeldDeletions key={held.object} connection={connection} held={held} />
          ))}
        </div>
      )}
      <CountsList counts={connection.counts} />
      <div className="space-y-1 border-t border-hairline pt-3">
        <ConnectionTimes connection={connection} />
        <UsageLine status={sync} />
        {sync.unavailable.length > 0 && (
          <p className="text-sm text-faint">
            {i18n.t('sync.unavailable', [crmLabel, formatList(sync.unavailable.map(objectsName))])}
          </p>
        )}
      </div>
    </>
  );
}

function StateBadge({ connection: { state, sync } }: { connection: ConnectionSummary }) {
  if (state === 'reconnect-needed') return <Badge tone="warn">{i18n.t('connection.reconnectNeeded')}</Badge>;
  if (state === 'damaged') return <Badge tone="warn">{i18n.t('connection.damaged')}</Badge>;
  if (sync.running) return <Badge tone="accent">{i18n.t('connection.syncing')}</Badge>;
  return <Badge tone="good">{i18n.t('connection.ready')}</Badge>;
}
