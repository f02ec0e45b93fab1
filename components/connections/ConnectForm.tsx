import { useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import { AppError, toAppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { sentenceFor } from '../ui/sentence';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { CallbackUrl } from './CallbackUrl';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { AllowedHosts, HostChoices } from './HostChoices';
import { SetupGuide } from './SetupGuide';
import { loginHostOf, originsFor, type HostChoice } from './login-host';

interface Props {
  /** Asks the browser for access to the CRM's addresses. Must be called straight from the click. */
  askHostAccess: (origins: string[]) => Promise<boolean>;
  onConnected: () => void;
}

export function ConnectForm({ askHostAccess, onConnected }: Props) {
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
  const hosts = policy?.loginHosts ?? null;
  const allowed = hosts && (hosts.find((host) => host === picked) ?? hosts[0] ?? null);
  const keyIsSet = policy?.consumerKey != null;
  const clientId = policy?.consumerKey ?? typedKey;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const loginHost = hosts ? allowed : loginHostOf(choice, myDomain);
    const key = clientId.trim();
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
      if (!(await askHostAccess(originsFor(loginHost)))) throw new AppError('access.host-denied');
      await connect.mutateAsync({ crm: 'salesforce', loginHost, clientId: key });
      onConnected();
    } catch (error) {
      setFailure(toAppError(error));
    } finally {
      setBusy(false);
    }
  };

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
        {hosts ? (
          <AllowedHosts hosts={hosts} chosen={allowed} onChoose={setPicked} />
        ) : (
          <HostChoices choice={choice} onChoose={setChoice} myDomain={myDomain} onMyDomain={setMyDomain} error={errors.host} />
        )}
        <Labelled
          label={i18n.t('connect.key')}
          required
          error={errors.clientId}
          hint={keyIsSet ? <SetByOrganisation /> : i18n.t('connect.keyHint')}
        >
          {(wiring) => (
            <input
              {...wiring}
              value={clientId}
              readOnly={keyIsSet}
              onChange={(event) => setTypedKey(event.target.value)}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              className={cx(CONTROL_LOOK, 'h-8 font-mono text-sm', keyIsSet && 'bg-subtle text-muted')}
            />
          )}
        </Labelled>
        <CallbackUrl />
        <SetupGuide />
      </div>
      <div className="mt-6 flex items-center gap-3 border-t border-hairline pt-4">
        <Button type="submit" look="primary" size="large" busy={busy}>
          {i18n.t(busy ? 'connect.waiting' : 'connect.button')}
        </Button>
        <p className="text-sm text-faint">{i18n.t('connect.passwordNote')}</p>
      </div>
    </form>
  );
}
