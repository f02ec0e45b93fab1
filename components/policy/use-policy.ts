import type { PolicyView } from '@/lib/messaging/policy-protocol';
import { useRequest } from '../hooks/use-request';

/** What the administrator has set; null until it is known. Whatever a view offers meanwhile, the background refuses what is not allowed. */
export function usePolicy(): PolicyView | null {
  return useRequest('policy.get', {}).data ?? null;
}
