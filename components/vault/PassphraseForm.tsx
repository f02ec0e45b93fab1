import { useEffect, useRef, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { Button } from '../ui/Button';
import { sentenceFor } from '../ui/sentence';
import { ErrorNotice } from '../ui/ErrorNotice';
import { ChangeProgress } from './ChangeProgress';
import { PassphraseField } from './PassphraseField';
import { WaitLine } from './WaitLine';
import { strengthOf, type Strength } from './strength';
import { useAttempt } from './use-attempt';

interface Props {
  vault: VaultState;
  onDone: () => void;
  /** Absent where there is nothing to go back to. */
  onCancel?: () => void;
}

/** Sets a passphrase, or another one in place of the present. */
export function PassphraseForm({ vault, onDone, onCancel }: Props) {
  const changes = vault.mode === 'passphrase';
  const form = useRef<HTMLFormElement>(null);
  const current = useRef<HTMLInputElement>(null);
  const fresh = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const [errors, setErrors] = useState<{ current?: string; fresh?: string; again?: string }>({});
  const [strength, setStrength] = useState<Strength>({ kind: 'empty' });
  const { busy, error, wrong, secondsLeft, run } = useAttempt('vault.setPassphrase', changes ? vault.retryAt : null);
  useEffect(() => (current.current ?? fresh.current)?.focus(), []);
  useEffect(() => {
    if (wrong) current.current?.select();
  }, [wrong]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || secondsLeft > 0) return;
    const old = current.current?.value ?? '';
    const passphrase = fresh.current?.value ?? '';
    const weak = ['empty', 'short', 'repeats'].includes(strengthOf(passphrase).kind);
    const found = {
      ...(changes && old === '' ? { current: i18n.t('vault.missing') } : {}),
      ...(weak ? { fresh: sentenceFor('vault.passphrase-weak') } : {}),
      ...(!weak && passphrase !== again.current?.value ? { again: i18n.t('protection.notSame') } : {}),
    };
    setErrors(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus());
      return;
    }
    if (await run({ passphrase, current: changes ? old : null })) onDone();
  };
  const weak = error?.code === 'vault.passphrase-weak' ? sentenceFor('vault.passphrase-weak') : undefined;
  const wrongText = wrong ? sentenceFor('vault.wrong-passphrase') : undefined;
  return (
    <form ref={form} noValidate autoComplete="off" onSubmit={(event) => void submit(event)} className="max-w-sm space-y-3">
      {changes && (
        <PassphraseField
          label={i18n.t('protection.current')}
          field={current}
          error={errors.current ?? wrongText}
          readOnly={busy}
        />
      )}
      <PassphraseField
        label={i18n.t('protection.new')}
        field={fresh}
        error={errors.fresh ?? weak}
        hint={strengthWords(strength)}
        onInput={(typed) => setStrength(strengthOf(typed))}
        readOnly={busy}
      />
      <PassphraseField label={i18n.t('protection.again')} field={again} error={errors.again} readOnly={busy} />
      <p role="alert" className="sr-only">
        {wrongText ?? weak}
      </p>
      <WaitLine secondsLeft={secondsLeft} />
      {error && !weak && <ErrorNotice error={error} />}
      {busy && <ChangeProgress change={vault.change} />}
      <div className="flex flex-wrap gap-2 pt-1">
        <Button type="submit" look="primary" busy={busy} off={secondsLeft > 0}>
          {i18n.t(changes ? 'protection.changeDo' : 'protection.setDo')}
        </Button>
        {onCancel && (
          <Button look="quiet" off={busy} onClick={onCancel}>
            {i18n.t('common.cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}

function strengthWords(strength: Strength): string {
  return strength.kind === 'short'
    ? i18n.t('protection.strength.short', strength.missing)
    : i18n.t(`protection.strength.${strength.kind}`);
}
