import { useMutation, type UseMutationResult } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { RequestName, Requests } from '@/lib/messaging/protocol';
import type { AppError } from '@/lib/shared/errors';

/** Asks the background to do something, when the user says so. In a file of its own, because the sidebar does nothing. */
export function useAction<N extends RequestName>(name: N): UseMutationResult<Requests[N]['out'], AppError, Requests[N]['in']> {
  return useMutation<Requests[N]['out'], AppError, Requests[N]['in']>({ mutationFn: (payload) => request(name, payload) });
}
