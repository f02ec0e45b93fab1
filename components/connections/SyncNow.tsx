import { RefreshCw } from 'lucide-react';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { maySync } from './health';

interface Props {
  connection: ConnectionSummary;
  start: ReturnType<typeof useAction<'sync.start'>>;
  look?: 'primary' | 'secondary';
}

export function SyncNow({ connection, start, look = 'secondary' }: Props) {
  return (
    <Button
      look={look}
      busy={start.isPending}
      disabled={!maySync(connection)}
      onClick={() => start.mutate({ connectionId: connection.id })}
    >
      {!start.isPending && <RefreshCw aria-hidden="true" className="size-3.5" strokeWidth={1.75} />}
      {i18n.t('sync.now')}
    </Button>
  );
}
