import { useState } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { AppError, toAppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { originsFor } from './login-host';

interface Props {
  connection: ConnectionSummary;
  askHostAccess: (origins: string[]) => Promise<boolean>;
}

/** The login has ended or is damaged. The browser may have taken back the access to the host as well, so it is asked for again. */
export function ReconnectNotice({ connection, askHostAccess }: Props) {
  const reconnect = useAction('connections.reconnect');
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      if (!(await askHostAccess([...originsFor(connection.loginHost), ...originsFor(connection.host)])))
        throw new AppError('access.host-denied');
      await reconnect.mutateAsync({ connectionId: connection.id });
    } catch (error) {
      setFailure(toAppError(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Notice
        tone="warn"
        actions={
          <Button look="primary" busy={busy} onClick={() => void run()}>
            {i18n.t('connection.reconnect')}
          </Button>
        }
      >
        <p>{i18n.t(textOf(connection), [connection.crmLabel])}</p>
      </Notice>
      {failure && <ErrorNotice error={failure} />}
    </>
  );
}

function textOf({ sync }: ConnectionSummary) {
  if (sync.lastError?.code === 'auth.damaged') return 'connection.loginDamaged';
  return sync.lastError?.code === 'policy.login' ? 'connection.loginNotAllowed' : 'connection.reconnectText';
}
