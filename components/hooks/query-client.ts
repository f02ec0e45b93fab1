import { QueryClient } from '@tanstack/react-query';

/**
 * The cache of one view. Every question goes to our own background, so being offline is no reason to wait, and a failed
 * question is shown at once with its sentence and a button: the background has tried again already where that helps.
 */
export function newQueryClient(): QueryClient {
  return new QueryClient({
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
}
