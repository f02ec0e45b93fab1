import { useEffect } from 'react';
import type { Receipt } from '@/lib/messaging/protocol';
import { onEvent } from '@/lib/messaging/request';
import { useRequest } from '../hooks/use-request';

/** Receipts of disconnects that nobody has seen, without the one that is on screen. Also asked for while it is locked. */
export function useUnseen(shown: Receipt | null): Receipt[] {
  const unseen = useRequest('receipts.list', {});
  const { refetch } = unseen;
  useEffect(() => onEvent('connections.changed', () => void refetch()), [refetch]);
  return unseen.data?.filter(({ id }) => id !== shown?.id) ?? [];
}
