import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { RequestName, Requests } from '@/lib/messaging/protocol';
import type { AppError } from '@/lib/shared/errors';

/** Asks the background for something to show, and keeps the answer until an event says that it may have changed. */
export function useRequest<N extends RequestName>(
  name: N,
  payload: Requests[N]['in'],
  options: { enabled?: boolean } = {},
): UseQueryResult<Requests[N]['out'], AppError> {
  return useQuery<Requests[N]['out'], AppError>({
    queryKey: [name, payload],
    queryFn: () => request(name, payload),
    enabled: options.enabled ?? true,
  });
}
