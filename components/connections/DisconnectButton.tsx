import { useState, type ComponentProps } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { ConnectionSummary, Receipt } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { COPIED, objectsName } from '../sync/object-names';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatNumber } from '../ui/format';

interface Props {
  connection: ConnectionSummary;
  /** What is typed and not sent, by name, because it goes too. */
  draft: string | null;
  onDisconnected: (receipt: Receipt) => void;
  look?: ComponentProps<typeof Button>['look'];
  label?: string;
}

const GOES = { app: 'disconnect.goes', tab: 'disconnect.goesTab', key: 'disconnect.goesKey' } as const;

/** One press opens one question that names what goes; yes starts it, and the receipt says what was done. */
export function DisconnectButton({ connection, draft, onDisconnected, look = 'danger-quiet', label }: Props) {
  const isSample = connection.crm === 'sample';
  const what = isSample ? 'sample.removeGoes' : GOES[connection.login];
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const disconnect = useAction('connections.disconnect', { again: true });
  const goes = COPIED.filter((object) => (connection.counts[object] ?? 0) > 0);
  const ask = () => {
    // Nobody tells a view that shows no records what is on its way.
    client.removeQueries({ queryKey: ['outbox.unsent'] });
    setAsking(true);
  };
  // By promise: the connection leaves the list before the answer comes, and with it goes this button and its callbacks.
  const confirm = async () => {
    const receipt = await disconnect.mutateAsync({ connectionId: connection.id }).catch(() => null);
    if (receipt === null) return;
    setAsking(false);
    onDisconnected(receipt);
  };
  return (
    <>
      <Button look={look} onClick={ask}>
        {label ?? i18n.t(isSample ? 'sample.remove' : 'disconnect.button')}
      </Button>
      <ConfirmDialog
        open={asking}
        title={isSample ? i18n.t('sample.removeTitle') : i18n.t('disconnect.title', [connection.crmLabel])}
        confirmLabel={i18n.t(isSample ? 'sample.removeConfirm' : 'disconnect.confirm')}
        busy={disconnect.isPending}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      >
        <p>{i18n.t(what)}</p>
        {goes.length > 0 && (
          <ul className="mt-2 grid grid-cols-2 gap-x-4 text-ink">
            {goes.map((object) => (
              <li key={object}>
                <span className="font-medium">{formatNumber(connection.counts[object] ?? 0)}</span> {objectsName(object)}
              </li>
            ))}
          </ul>
        )}
        {draft !== null && (
          <p className="mt-2 text-warn">
            {i18n.t('disconnect.draft')} <CrmText text={draft} className="font-medium" />
          </p>
        )}
        {asking && <Unsent connectionId={connection.id} />}
        <p className="mt-2">{isSample ? i18n.t('sample.removeStays') : i18n.t('disconnect.stays', [connection.crmLabel])}</p>
        {disconnect.error && <ErrorNotice error={disconnect.error} className="mt-3" />}
      </ConfirmDialog>
    </>
  );
}

const NAMED = 5;

/** Records on their way, by name, because they go too. An outbox that cannot be read names nobody, and holds nobody up. */
function Unsent({ connectionId }: { connectionId: string }) {
  const names = useRequest('outbox.unsent', { connectionId }).data ?? [];
  if (names.length === 0) return null;
  return (
    <div className="mt-2 text-warn">
      <p>{i18n.t('disconnect.unsent')}</p>
      <ul className="font-medium">
        {names.slice(0, NAMED).map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two may be called the same, and the list is read once
          <li key={at} className="truncate">
            <CrmText text={name} />
          </li>
        ))}
        {names.length > NAMED && <li>{i18n.t('disconnect.more', [formatNumber(names.length - NAMED)])}</li>}
      </ul>
    </div>
  );
}
