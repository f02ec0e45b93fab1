import { i18n } from '#i18n';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { CrmText } from '../ui/CrmText';
import { AddressField } from './AddressField';
import type { HostChoice } from './login-host';

interface Props {
  choice: HostChoice;
  onChoose: (choice: HostChoice) => void;
  myDomain: string;
  onMyDomain: (typed: string) => void;
  error: string | undefined;
}

interface AllowedProps {
  hosts: readonly string[];
  chosen: string | null;
  onChoose: (host: string) => void;
}

/** The hosts that the organisation allows. */
export function AllowedHosts({ hosts, chosen, onChoose }: AllowedProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">{i18n.t('connect.host')}</legend>
      {hosts.length > 0 && (
        <div className={CHOICES_LOOK}>
          {hosts.map((host) => (
            <Choice
              key={host}
              name="host"
              value={host}
              checked={host === chosen}
              onChoose={() => onChoose(host)}
              title={<CrmText text={host} />}
            />
          ))}
        </div>
      )}
      <SetByOrganisation className="mt-1" {...(hosts.length === 0 ? { text: i18n.t('policy.noHost') } : {})} />
    </fieldset>
  );
}

export function HostChoices({ choice, onChoose, myDomain, onMyDomain, error }: Props) {
  const option = (value: HostChoice, title: string, description: string) => (
    <Choice
      name="host"
      value={value}
      checked={choice === value}
      onChoose={() => onChoose(value)}
      title={title}
      description={description}
    />
  );
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium text-muted">{i18n.t('connect.host')}</legend>
      <div className={CHOICES_LOOK}>
        {option('production', i18n.t('connect.production'), 'login.salesforce.com')}
        {option('sandbox', i18n.t('connect.sandbox'), 'test.salesforce.com')}
        {option('my-domain', i18n.t('connect.myDomain'), i18n.t('connect.myDomainText'))}
      </div>
      {choice === 'my-domain' && (
        <AddressField
          className="mt-3"
          label={i18n.t('connect.myDomainHost')}
          hint={i18n.t('connect.myDomainHint')}
          example="acme.my.salesforce.com"
          typed={myDomain}
          onType={onMyDomain}
          error={error}
        />
      )}
    </fieldset>
  );
}
