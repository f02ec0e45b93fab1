import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { toAppError } from '@/lib/shared/errors';
import { askGate } from '../vault/drop-records';

/**
 * The cache of one view. Every question goes to our own background, so being offline is no reason to wait, and a failed
 * question is shown at once with its sentence and a button: the background has tried again already where that helps.
 */
export function newQueryClient(): QueryClient {
  // Whatever was asked: that it was refused because of the lock means that the gate has to look again.
  const onError = (error: unknown) => {
    if (toAppError(error).code === 'vault.locked') askGate(client);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        staleTime: Number.POSITIVE_INFINITY,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
  return client;
}
