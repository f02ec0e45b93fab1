import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { Requests } from '@/lib/messaging/protocol';
import type { UnlockResult } from '@/lib/messaging/vault-protocol';
import { askGate } from './drop-records';
import { later, useSecondsLeft } from './use-seconds-left';
import { useVaultAction, type VaultAction } from './use-vault-action';

type Attempted = 'vault.unlock' | 'vault.setPassphrase' | 'vault.removePassphrase' | 'vault.unlockWithPasskey';

export interface Attempt<N extends Attempted> extends Omit<VaultAction<N>, 'run'> {
  /** The last secret was not the right one. */
  wrong: boolean;
  /** Until another passphrase may be tried; 0 when one may be tried now. */
  secondsLeft: number;
  /** Whether it was the right one. */
  run: (payload: Requests[N]['in']) => Promise<boolean>;
}

/** Tries a passphrase or a passkey. `retryAt` is what the vault's state says about waiting. */
export function useAttempt<N extends Attempted>(name: N, retryAt: string | null): Attempt<N> {
  const client = useQueryClient();
  const { run, ...action } = useVaultAction(name);
  const [result, setResult] = useState<UnlockResult | null>(null);
  const told = result && result.kind !== 'unlocked' ? result.retryAt : null;
  const secondsLeft = useSecondsLeft(later(told, retryAt));
  return {
    ...action,
    wrong: result?.kind === 'wrong',
    secondsLeft,
    run: async (payload) => {
      setResult(null);
      // Every request of these four answers with an UnlockResult; TypeScript cannot see that through the parameter.
      const answer = (await run(payload)) as UnlockResult | null;
      setResult(answer);
      if (answer?.kind === 'unlocked') askGate(client);
      return answer?.kind === 'unlocked';
    },
  };
}
