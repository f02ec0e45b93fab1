import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from '../ui/Button';
import type { AskHostAccess } from './ask-access';
import { ConnectForm } from './ConnectForm';
import { KeyForm } from './KeyForm';

interface Props {
  askHostAccess: AskHostAccess;
  onConnected: () => void;
}

/** The form of the CRM that is to be connected, and the way to that of another. */
export function ConnectCrm(props: Props) {
  const [crm, setCrm] = useState<'salesforce' | 'espocrm'>('salesforce');
  const isKey = crm === 'espocrm';
  return (
    <div className="space-y-2">
      {isKey ? <KeyForm {...props} /> : <ConnectForm {...props} />}
      <Button look="quiet" onClick={() => setCrm(isKey ? 'salesforce' : 'espocrm')}>
        {i18n.t(isKey ? 'connect.salesforceInstead' : 'connect.espoInstead')}
      </Button>
    </div>
  );
}
