import { useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import { AppError, toAppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { sentenceFor } from '../ui/sentence';
import { usePolicy } from '../policy/use-policy';
import type { AskHostAccess } from './ask-access';
import { CallbackUrl } from './CallbackUrl';
import { AllowedHosts, HostChoices } from './HostChoices';
import { ConsumerKeyField } from './ConsumerKeyField';
import { SetupGuide } from './SetupGuide';
import { TabLoginFields } from './TabLoginFields';
import { type Way, WayChoices } from './WayChoices';
import { isMyDomain, isSalesforceHost, loginHostOf, originsFor, type HostChoice } from './login-host';

interface Props {
  askHostAccess: AskHostAccess;
  onConnected: () => void;
}

export function ConnectForm({ askHostAccess, onConnected }: Props) {
  const [pickedWay, setPickedWay] = useState<Way>('app');
  const [choice, setChoice] = useState<HostChoice>('production');
  const [myDomain, setMyDomain] = useState('');
  const [typedKey, setTypedKey] = useState('');
  const [picked, setPicked] = useState<string | null>(null);
  const policy = usePolicy();
  const [errors, setErrors] = useState<{ host?: string; clientId?: string }>({});
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const connect = useAction('connections.connect');
  const connectByTab = useAction('connections.connectByTab');
  const hosts = policy?.loginHosts?.filter(isSalesforceHost) ?? null;
  const isKeySet = policy?.consumerKey != null;
  // The login of a tab has no app, and is at a My Domain: where the organisation has set another way it is not offered.
  const tabHosts = hosts?.filter(isMyDomain);
  const only: Way | null = isKeySet || tabHosts?.length === 0 ? 'app' : null;
  const way = only ?? pickedWay;
  const offered = (way === 'tab' ? tabHosts : hosts) ?? null;
  const allowed = offered && (offered.find((host) => host === picked) ?? offered[0] ?? null);
  const clientId = policy?.consumerKey ?? typedKey;

  /** Straight from the click, for the browser's question. `key` is null for the login of a tab. */
  const reach = async (loginHost: string, key: string | null) => {
    if (!(await askHostAccess(originsFor(loginHost), key === null ? ['cookies'] : []))) throw new AppError('access.host-denied');
    if (key === null) await connectByTab.mutateAsync({ crm: 'salesforce', host: loginHost });
    else await connect.mutateAsync({ crm: 'salesforce', loginHost, clientId: key });
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const loginHost = offered ? allowed : loginHostOf(way === 'tab' ? 'my-domain' : choice, myDomain);
    const key = way === 'tab' ? null : clientId.trim();
    setFailure(null);
    setErrors({
      ...(loginHost === null ? { host: sentenceFor('auth.host-invalid') } : {}),
      ...(key === '' ? { clientId: i18n.t('connect.keyMissing') } : {}),
    });
    if (loginHost === null || key === '') {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    try {
      await reach(loginHost, key);
      onConnected();
    } catch (error) {
      setFailure(toAppError(error));
    } finally {
      setBusy(false);
    }
  };

  const allowedHosts = offered && <AllowedHosts hosts={offered} chosen={allowed} onChoose={setPicked} />;
  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => void submit(event)}
      className="rounded-xl border border-hairline bg-raised p-5 shadow-lift"
    >
      <h2 className="text-lg font-semibold">{i18n.t('connect.title')}</h2>
      <p className="mt-1 text-pretty text-muted">{i18n.t('connect.intro')}</p>
      {failure && <ErrorNotice error={failure} className="mt-4" />}
      <div className="mt-5 space-y-5">
        <WayChoices way={way} onChoose={setPickedWay} isSet={only !== null} />
        {way === 'tab' ? (
          <TabLoginFields typed={myDomain} onType={setMyDomain} error={errors.host} hosts={allowedHosts} />
        ) : (
          <>
            {allowedHosts ?? (
              <HostChoices
                choice={choice}
                onChoose={setChoice}
                myDomain={myDomain}
                onMyDomain={setMyDomain}
                error={errors.host}
              />
            )}
            <ConsumerKeyField typed={clientId} onType={setTypedKey} error={errors.clientId} isSet={isKeySet} />
            {/* Who has set the key has made the app. */}
            {!isKeySet && (
              <>
                <CallbackUrl />
                <SetupGuide />
              </>
            )}
          </>
        )}
      </div>
      <div className="mt-6 flex items-center gap-3 border-t border-hairline pt-4">
        <Button type="submit" look="primary" size="large" busy={busy} off={offered !== null && allowed === null}>
          {i18n.t(!busy ? 'connect.button' : way === 'tab' ? 'connect.tabWaiting' : 'connect.waiting')}
        </Button>
        <p className="text-sm text-faint">{i18n.t('connect.passwordNote')}</p>
      </div>
    </form>
  );
}
