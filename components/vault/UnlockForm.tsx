import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { LockKeyhole } from 'lucide-react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { Button } from '../ui/Button';
import { sentenceFor } from '../ui/sentence';
import { ErrorNotice } from '../ui/ErrorNotice';
import { ForgotDialog } from './ForgotDialog';
import { PassphraseField } from './PassphraseField';
import { WaitLine } from './WaitLine';
import { lockReason } from './lock-words';
import { useAttempt } from './use-attempt';

interface Props {
  vault: VaultState;
  /** The way to unlock with a passkey, shown where there is one. */
  passkey: ReactNode;
  /** What is typed elsewhere in this view and not saved, in words that name no record. */
  draft: string | null;
  onReset: (receipts: Receipt[]) => void;
}

/** All that is seen of Sidelight while it is locked. */
export function UnlockForm({ vault, passkey, draft, onReset }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const [forgot, setForgot] = useState(false);
  const { busy, error, wrong, secondsLeft, run } = useAttempt('vault.unlock', vault.retryAt);
  const id = useId();
  useEffect(() => field.current?.focus(), []);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const passphrase = field.current?.value ?? '';
    setMissing(passphrase === '');
    if (busy || secondsLeft > 0) return;
    if (passphrase !== '' && (await run({ passphrase })) && field.current) field.current.value = '';
    // What was typed stays, for a slip of the finger is mended faster than the whole is typed again.
    field.current?.select();
  };
  const fault = missing ? i18n.t('vault.missing') : wrong ? sentenceFor('vault.wrong-passphrase') : undefined;
  return (
    <section aria-labelledby={`${id}-title`} className="w-full max-w-[20rem]">
      <LockKeyhole aria-hidden="true" className="size-8 text-faint" strokeWidth={1.25} />
      <h1 id={`${id}-title`} className="mt-3 text-xl font-semibold">
        {i18n.t('vault.title')}
      </h1>
      <p id={`${id}-reason`} className="mt-1 text-pretty text-muted">
        {lockReason(vault)}
      </p>
      <form
        noValidate
        autoComplete="off"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-reason`}
        onSubmit={(event) => void submit(event)}
        className="mt-5 space-y-3"
      >
        <PassphraseField label={i18n.t('vault.passphrase')} field={field} error={fault} onInput={() => setMissing(false)} />
        <p role="alert" className="sr-only">
          {fault}
        </p>
        <WaitLine secondsLeft={secondsLeft} />
        {error && <ErrorNotice error={error} />}
        <Button type="submit" look="primary" size="large" busy={busy} off={secondsLeft > 0} className="w-full">
          {i18n.t(busy ? 'vault.unlocking' : 'vault.unlock')}
        </Button>
      </form>
      {vault.passkeys.length > 0 && <div className="mt-2">{passkey}</div>}
      <Button look="quiet" className="mt-3 -ms-2.5" onClick={() => setForgot(true)}>
        {i18n.t('vault.forgot')}
      </Button>
      <ForgotDialog
        open={forgot}
        hasPasskeys={vault.passkeys.length > 0}
        draft={draft}
        onCancel={() => setForgot(false)}
        onReset={onReset}
      />
    </section>
  );
}
