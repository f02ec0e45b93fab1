import { useState } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { AppError, toAppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button, buttonLook } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { webLink } from '../ui/text';
import type { AskHostAccess } from './ask-access';
import { KeyField } from './KeyField';
import { originsFor } from './login-host';

interface Props {
  connection: ConnectionSummary;
  askHostAccess: AskHostAccess;
}

/** The login has ended or is damaged. The browser may have taken back the access to the host as well, so it is asked for again. */
export function ReconnectNotice({ connection, askHostAccess }: Props) {
  const reconnect = useAction('connections.reconnect');
  const renewKey = useAction('connections.renewKey');
  const [apiKey, setApiKey] = useState('');
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const isTab = connection.login === 'tab';
  const isKey = connection.login === 'key';
  const code = connection.sync.lastError?.code;
  // The login of a tab is the same one however often it is tried.
  const isOver = isTab && code === 'policy.login';
  const isAway = isTab && code !== 'auth.damaged';
  const crmUrl = webLink(`https://${connection.host}/`);
  const run = async () => {
    setBusy(true);
    setFailure(null);
    try {
      const own = `https://${connection.loginHost}/*`;
      const origins = isKey ? [own] : [...originsFor(connection.loginHost), ...originsFor(connection.host)];
      if (!(await askHostAccess(origins, isTab ? ['cookies'] : []))) throw new AppError('access.host-denied');
      const key = apiKey.trim();
      // The key may be alive all the same: its user was switched off for a while, or the browser has taken back the access.
      if (key === '') await reconnect.mutateAsync({ connectionId: connection.id });
      else await renewKey.mutateAsync({ connectionId: connection.id, apiKey: key });
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
          !isOver && (
            <>
              {isAway && crmUrl && (
                <a href={crmUrl} target="_blank" rel="noopener noreferrer" className={buttonLook('primary')}>
                  {i18n.t('connection.openCrm', [connection.crmLabel])}
                </a>
              )}
              <Button look={isAway ? 'secondary' : 'primary'} busy={busy} onClick={() => void run()}>
                {i18n.t(isAway ? 'connection.tryAgain' : 'connection.reconnect')}
              </Button>
            </>
          )
        }
      >
        <p>{i18n.t(textOf(connection), [connection.crmLabel])}</p>
      </Notice>
      {(connection.crm === 'espocrm' || connection.crm === 'hubspot') && (
        <KeyField crm={connection.crm} typed={apiKey} onType={setApiKey} error={undefined} optional />
      )}
      {failure && <ErrorNotice error={failure} />}
    </>
  );
}

/** What has happened, and which way it goes on. */
function textOf({ sync, login }: ConnectionSummary) {
  const isTab = login === 'tab';
  if (sync.lastError?.code === 'auth.damaged') return 'connection.loginDamaged';
  if (sync.lastError?.code === 'policy.login') return isTab ? 'connection.tabNotAllowed' : 'connection.loginNotAllowed';
  return isTab ? 'connection.reconnectTab' : 'connection.reconnectText';
}
