import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import { useRequest } from '../hooks/use-request';

/** Whether there may be a new record of a kind; yes until it is known. The background refuses what is not allowed whatever is offered. */
export function useCreatable(): (object: CreatableObject) => boolean {
  const { data } = useRequest('creation.objects', {});
  return (object) => data?.includes(object) ?? true;
}
