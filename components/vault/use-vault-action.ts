import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { Requests } from '@/lib/messaging/protocol';
import type { VaultRequests } from '@/lib/messaging/vault-protocol';
import { type AppError, toAppError } from '@/lib/shared/errors';
import { askGate } from './drop-records';

type VaultRequest = keyof VaultRequests | 'vault.reset';

export interface VaultAction<N extends VaultRequest> {
  busy: boolean;
  error: AppError | null;
  /** Does it once at a time. Null when it failed; `error` says why then. */
  run: (payload: Requests[N]['in']) => Promise<Requests[N]['out'] | null>;
}

/**
 * Asks the background to do something with a secret. Not a mutation: its cache keeps what went in for minutes, and here
 * that is the passphrase.
 */
export function useVaultAction<N extends VaultRequest>(name: N): VaultAction<N> {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const run = async (payload: Requests[N]['in']) => {
    if (busy) return null;
    setBusy(true);
    setError(null);
    try {
      return await request(name, payload);
    } catch (cause) {
      const failure = toAppError(cause);
      setError(failure);
      if (failure.code === 'vault.locked') askGate(client);
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run };
}
