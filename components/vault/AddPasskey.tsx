import { useRef, useState, type FormEvent } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { type AppError, toAppError } from '@/lib/shared/errors';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { tellGate } from './drop-records';
import { createPasskey, hasPasskeys } from './passkey-prompt';
import { useVaultAction } from './use-vault-action';

const LONGEST_NAME = 40;

/** Makes a passkey. Its name is for the list here; the authenticator shows it as well. */
export function AddPasskey({ vault }: { vault: VaultState }) {
  const client = useQueryClient();
  const field = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<AppError | null>(null);
  const [asking, setAsking] = useState(false);
  const [added, setAdded] = useState('');
  const { busy, error, run } = useVaultAction('vault.addPasskey');
  if (!hasPasskeys()) return <p className="text-faint">{i18n.t('passkeys.noneHere')}</p>;

  const add = async (event: FormEvent) => {
    event.preventDefault();
    if (asking) return;
    const name = field.current?.value.trim() || i18n.t('passkeys.defaultName');
    setRefused(null);
    setAdded('');
    setAsking(true);
    try {
      const state = await run({ name, ...(await createPasskey(name)) });
      if (state === null) return;
      tellGate(client, state);
      setAdded(i18n.t('passkeys.addedNow', [name]));
      if (field.current) field.current.value = '';
    } catch (cause) {
      setRefused(toAppError(cause));
    } finally {
      setAsking(false);
    }
  };
  const failure = refused ?? error;
  const changing = vault.change?.why === 'asked';
  return (
    <form noValidate autoComplete="off" onSubmit={(event) => void add(event)} className="flex flex-col gap-3">
      <Labelled label={i18n.t('passkeys.name')} className="max-w-sm">
        {(wiring) => (
          <div className="flex gap-2">
            <input
              {...wiring}
              ref={field}
              maxLength={LONGEST_NAME}
              placeholder={i18n.t('passkeys.defaultName')}
              autoComplete="off"
              spellCheck={false}
              className={cx(CONTROL_LOOK, 'h-7 min-w-0 flex-1')}
            />
            <Button type="submit" busy={busy || asking} off={changing}>
              {i18n.t('passkeys.add')}
            </Button>
          </div>
        )}
      </Labelled>
      {failure && <ErrorNotice error={failure} />}
      <p role="status" className={added === '' ? 'sr-only' : 'text-sm text-good'}>
        {added}
      </p>
    </form>
  );
}
