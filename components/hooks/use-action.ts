import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { RequestName, Requests } from '@/lib/messaging/protocol';
import type { AppError } from '@/lib/shared/errors';

/**
 * Asks the background to do something, when the user says so. In a file of its own, because the sidebar changes no record.
 * `again`: once more when the worker was stopped before it answered; only for what the next worker goes on with.
 */
export function useAction<N extends RequestName>(
  name: N,
  { again = false }: { again?: boolean } = {},
): UseMutationResult<Requests[N]['out'], AppError, Requests[N]['in']> {
  return useMutation<Requests[N]['out'], AppError, Requests[N]['in']>({
    mutationFn: (payload) => request(name, payload),
    retry: (failures, { code }) => again && failures === 0 && code === 'unexpected',
    retryDelay: 0,
  });
}
