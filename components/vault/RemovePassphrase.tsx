import { useEffect, useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { Button } from '../ui/Button';
import { sentenceFor } from '../ui/sentence';
import { ErrorNotice } from '../ui/ErrorNotice';
import { ChangeProgress } from './ChangeProgress';
import { PassphraseField } from './PassphraseField';
import { WaitLine } from './WaitLine';
import { useAttempt } from './use-attempt';

interface Props {
  vault: VaultState;
  onDone: () => void;
  onCancel: () => void;
}

/** Back to the device key, for who knows the passphrase: an open screen alone must not be enough to take the lock away. */
export function RemovePassphrase({ vault, onDone, onCancel }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const { busy, error, wrong, secondsLeft, run } = useAttempt('vault.removePassphrase', vault.retryAt);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (wrong) field.current?.select();
  }, [wrong]);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const current = field.current?.value ?? '';
    setMissing(current === '');
    if (busy || secondsLeft > 0 || current === '') return;
    if (await run({ current })) onDone();
  };
  const fault = missing ? i18n.t('vault.missing') : wrong ? sentenceFor('vault.wrong-passphrase') : undefined;
  return (
    <form noValidate autoComplete="off" onSubmit={(event) => void submit(event)} className="max-w-sm space-y-3">
      <p className="text-muted">
        {i18n.t(vault.passkeys.length > 0 ? 'protection.removeTextPasskeys' : 'protection.removeText')}
      </p>
      <PassphraseField label={i18n.t('protection.current')} field={field} error={fault} readOnly={busy} />
      <p role="alert" className="sr-only">
        {fault}
      </p>
      <WaitLine secondsLeft={secondsLeft} />
      {error && <ErrorNotice error={error} />}
      {busy && <ChangeProgress change={vault.change} />}
      <div className="flex flex-wrap gap-2 pt-1">
        <Button type="submit" look="danger" busy={busy} off={secondsLeft > 0}>
          {i18n.t('protection.removeDo')}
        </Button>
        <Button look="quiet" off={busy} onClick={onCancel}>
          {i18n.t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
