import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { ConnectCrm } from '../connections/ConnectCrm';
import { SampleOffer } from '../sample/SampleOffer';
import { SyncAnnouncer } from '../sync/SyncAnnouncer';
import { SyncProgressBar } from '../sync/SyncProgressBar';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { Phrase, slots } from '../ui/Phrase';
import { sentenceOf } from '../ui/sentence';
import { AppError } from '@/lib/shared/errors';

interface Props {
  connections: UseQueryResult<ConnectionSummary[]>;
  /** Asks the browser for access to the CRM's addresses. Must be called straight from the click. */
  askHostAccess: (origins: string[]) => Promise<boolean>;
}

/** What is connected, or the two ways to begin: one's own CRM, or the sample. */
export function ConnectStep({ connections, askHostAccess }: Props) {
  const said = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  const { data, error, refetch } = connections;
  const count = data?.length ?? 0;
  // What was pressed is gone then; the word of what it did takes the focus.
  useEffect(() => {
    if (count > 0 && pressed.current) said.current?.focus();
  }, [count]);
  if (!data) return error ? <ErrorNotice error={error} onRetry={() => void refetch()} /> : null;
  const onAdded = () => {
    pressed.current = true;
    void refetch();
  };
  const hasCrm = data.some(({ crm }) => crm !== 'sample');
  return (
    <>
      <div ref={said} tabIndex={-1} className="space-y-4 empty:hidden">
        {data.map((connection) => (
          <Connected key={connection.id} connection={connection} />
        ))}
      </div>
      {!hasCrm && <ConnectCrm askHostAccess={askHostAccess} onConnected={onAdded} />}
      {count === 0 && <SampleOffer onAdded={onAdded} />}
    </>
  );
}

function Connected({ connection: { crm, crmLabel, userName, sync } }: { connection: ConnectionSummary }) {
  return (
    <>
      <Notice tone={sync.lastError ? 'warn' : 'good'}>
        {crm === 'sample' ? (
          <p>{i18n.t('sample.added')}</p>
        ) : (
          <p>
            <Phrase
              text={i18n.t('setup.connected', slots('crm', 'user'))}
              parts={{ crm: crmLabel, user: <CrmText text={userName} className="font-medium" /> }}
            />
          </p>
        )}
        {sync.lastError && <p>{sentenceOf(new AppError(sync.lastError.code))}</p>}
      </Notice>
      {sync.running && <SyncProgressBar progress={sync.running} />}
      <SyncAnnouncer status={sync} />
    </>
  );
}
