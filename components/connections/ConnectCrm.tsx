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

/** The ways to the forms of the other CRMs. */
const INSTEAD = {
  salesforce: 'connect.salesforceInstead',
  hubspot: 'connect.hubspotInstead',
  espocrm: 'connect.espoInstead',
} as const;
type Offered = keyof typeof INSTEAD;
const OFFERED = Object.keys(INSTEAD) as Offered[];

/** The form of the CRM that is to be connected, and the ways to those of the others. */
export function ConnectCrm(props: Props) {
  const [crm, setCrm] = useState<Offered>('salesforce');
  return (
    <div className="space-y-2">
      {crm === 'salesforce' ? <ConnectForm {...props} /> : <KeyForm key={crm} crm={crm} {...props} />}
      <div className="flex flex-wrap gap-2">
        {OFFERED.filter((one) => one !== crm).map((one) => (
          <Button key={one} look="quiet" onClick={() => setCrm(one)}>
            {i18n.t(INSTEAD[one])}
          </Button>
        ))}
      </div>
    </div>
  );
}
