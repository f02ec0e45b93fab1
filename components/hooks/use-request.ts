import { type QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { request } from '@/lib/messaging/request';
import type { RequestName, Requests } from '@/lib/messaging/protocol';
import type { AppError } from '@/lib/shared/errors';

/** Asks before the view is there; what it asks for then, it has at once. Never fails: the view asks again, and says what is wrong. */
export function askAhead<N extends RequestName>(client: QueryClient, name: N, payload: Requests[N]['in']): Promise<void> {
  return client.prefetchQuery({ queryKey: [name, payload], queryFn: () => request(name, payload) });
}

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
