import { useState } from 'react';
import { i18n } from '#i18n';
import { ConnectCrm } from '@/components/connections/ConnectCrm';
import { ConnectionCard } from '@/components/connections/ConnectionCard';
import { ReceiptView } from '@/components/connections/ReceiptView';
import { UnseenReceipts } from '@/components/connections/UnseenReceipts';
import { useAction } from '@/components/hooks/use-action';
import { useRequest } from '@/components/hooks/use-request';
import { SampleOffer } from '@/components/sample/SampleOffer';
import type { SelectionDraft } from '@/components/selection/selection-draft';
import { SyncSchedule } from '@/components/sync/SyncSchedule';
import { Button } from '@/components/ui/Button';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import type { Receipt } from '@/lib/messaging/protocol';
import type { Drafts, OptionsProps } from './options-props';

interface Props extends Pick<OptionsProps, 'askHostAccess' | 'checkForUpdate'> {
  drafts: Drafts;
  onDraft: (connectionId: string, draft: SelectionDraft | null) => void;
}

export function Connections({ askHostAccess, checkForUpdate, drafts, onDraft }: Props) {
  const list = useRequest('connections.list', {});
  const [adding, setAdding] = useState(false);
  const [receipt, setReceipt] = useState<Receipt | null>(null);

  const dismiss = useAction('receipts.dismiss');
  // What is on screen has been seen.
  const show = (ended: Receipt) => {
    setReceipt(ended);
    dismiss.mutate({ id: ended.id });
  };

  const trouble = list.error && <ErrorNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return trouble ?? <CardSkeleton />;
  const none = list.data.length === 0;
  const hasCrm = list.data.some(({ crm }) => crm !== 'sample');
  return (
    <div className="space-y-4">
      {trouble}
      {receipt && <ReceiptView receipt={receipt} onDone={() => setReceipt(null)} />}
      <UnseenReceipts shown={receipt} />
      {list.data.map((connection) => (
        <ConnectionCard
          key={connection.id}
          connection={connection}
          askHostAccess={askHostAccess}
          checkForUpdate={checkForUpdate}
          notNeeded={connection.crm === 'sample' && hasCrm}
          draft={drafts[connection.id] ?? null}
          onDraft={(draft) => onDraft(connection.id, draft)}
          onDisconnected={(ended) => {
            show(ended);
            void list.refetch();
          }}
        />
      ))}
      {(adding || (!hasCrm && receipt === null)) && (
        <ConnectCrm
          askHostAccess={askHostAccess}
          onConnected={() => {
            setAdding(false);
            void list.refetch();
          }}
        />
      )}
      {hasCrm && <SyncSchedule />}
      {none && receipt === null && <SampleOffer onAdded={() => void list.refetch()} />}
      {hasCrm && !adding && (
        <Button look="quiet" onClick={() => setAdding(true)}>
          {i18n.t('connect.another')}
        </Button>
      )}
    </div>
  );
}

function CardSkeleton() {
  return (
    <div role="status" className="rounded-xl border border-hairline p-5">
      <span className="sr-only">{i18n.t('common.loading')}</span>
      <div aria-hidden="true" className="space-y-3">
        <div className="shimmer h-4 w-1/3" />
        <div className="shimmer h-3.5 w-2/3" />
        <div className="shimmer h-16 w-full" />
      </div>
    </div>
  );
}
