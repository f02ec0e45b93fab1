import { useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { KeyCrm } from '@/lib/messaging/protocol';
import { AppError, toAppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { sentenceFor } from '../ui/sentence';
import { AddressField } from './AddressField';
import type { AskHostAccess } from './ask-access';
import { KeyField } from './KeyField';
import { originOf } from './site-address';

interface Props {
  crm: KeyCrm;
  askHostAccess: AskHostAccess;
  onConnected: () => void;
}

/** The API of a CRM that is at one address for everybody (lib/connectors/hubspot/client.ts). */
const HUBSPOT_ORIGIN = 'https://api.hubapi.com';

const TEXTS = {
  espocrm: {
    title: 'connect.espoTitle',
    intro: 'connect.espoIntro',
    waiting: 'connect.espoWaiting',
    note: 'connect.apiKeyNote',
    facts: ['connect.apiKeyMay', 'connect.apiKeyEnds'],
  },
  hubspot: {
    title: 'connect.hubspotTitle',
    intro: 'connect.hubspotIntro',
    waiting: 'connect.hubspotWaiting',
    note: 'connect.hubspotNote',
    facts: ['connect.hubspotMay', 'connect.hubspotEnds'],
  },
} as const;

/** Connects a CRM with a key that is typed, and at the address that is typed where it is hosted by an organisation. */
export function KeyForm({ crm, askHostAccess, onConnected }: Props) {
  const texts = TEXTS[crm];
  const hasAddress = crm === 'espocrm';
  const [address, setAddress] = useState('');
  const [apiKey, setApiKey] = useState('');
  const [errors, setErrors] = useState<{ address?: string; apiKey?: string }>({});
  const [failure, setFailure] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const connect = useAction('connections.connectByKey');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const origin = hasAddress ? originOf(address) : HUBSPOT_ORIGIN;
    const key = apiKey.trim();
    setFailure(null);
    setErrors({
      ...(origin === null ? { address: sentenceFor('auth.address-invalid') } : {}),
      ...(key === '' ? { apiKey: i18n.t('connect.apiKeyMissing') } : {}),
    });
    if (origin === null || key === '') {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    setBusy(true);
    try {
      // Straight from the click, for the browser's question: this address and no other.
      if (!(await askHostAccess([`${origin}/*`]))) throw new AppError('access.host-denied');
      await connect.mutateAsync({ crm, address: address.trim(), apiKey: key });
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
      <h2 className="text-lg font-semibold">{i18n.t(texts.title)}</h2>
      <p className="mt-1 text-pretty text-muted">{i18n.t(texts.intro)}</p>
      {failure && <ErrorNotice error={failure} className="mt-4" />}
      <div className="mt-5 space-y-5">
        {hasAddress && (
          <AddressField
            label={i18n.t('connect.espoAddress')}
            hint={i18n.t('connect.espoAddressHint')}
            example="crm.example.com"
            typed={address}
            onType={setAddress}
            error={errors.address}
          />
        )}
        <KeyField crm={crm} typed={apiKey} onType={setApiKey} error={errors.apiKey} />
        <Notice tone="warn" urgent={false}>
          <ul className="list-disc space-y-1 ps-4">
            {texts.facts.map((fact) => (
              <li key={fact}>{i18n.t(fact)}</li>
            ))}
          </ul>
        </Notice>
      </div>
      <div className="mt-6 flex items-center gap-3 border-t border-hairline pt-4">
        <Button type="submit" look="primary" size="large" busy={busy}>
          {i18n.t(busy ? texts.waiting : 'connect.button')}
        </Button>
        <p className="text-sm text-faint">{i18n.t(texts.note)}</p>
      </div>
    </form>
  );
}
