import { useState } from 'react';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { AppError, toAppError } from '@/lib/shared/errors';
import { ErrorNotice } from '../ui/ErrorNotice';
import { PasskeyButton } from './PasskeyButton';
import { askPasskey } from './passkey-prompt';
import { useAttempt } from './use-attempt';

/** Runs where the browser's own prompt cannot close the view it belongs to: in a tab. */
export function PasskeyUnlock({ vault }: { vault: VaultState }) {
  const [refused, setRefused] = useState<AppError | null>(null);
  const [asking, setAsking] = useState(false);
  const { busy, error, wrong, run } = useAttempt('vault.unlockWithPasskey', null);
  const unlock = async () => {
    setRefused(null);
    setAsking(true);
    try {
      await run(await askPasskey(vault.passkeys));
    } catch (cause) {
      setRefused(toAppError(cause));
    } finally {
      setAsking(false);
    }
  };
  const failure = refused ?? error ?? (wrong && !asking ? new AppError('vault.passkey-unknown') : null);
  return (
    <>
      <PasskeyButton busy={busy || asking} onClick={() => void unlock()} />
      {failure && <ErrorNotice error={failure} className="mt-2" />}
    </>
  );
}
