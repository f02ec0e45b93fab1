import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { onEvent } from '@/lib/messaging/request';
import { useRequest } from '../hooks/use-request';
import { ModeCards } from '../vault/ModeCards';
import { patchGate } from '../vault/drop-records';

/** How the copy's key is kept: the cards of Options, without what is for later. */
export function ProtectionStep() {
  const client = useQueryClient();
  const vault = useRequest('vault.state', {});
  useEffect(() => onEvent('vault.progress', (change) => patchGate(client, { change })), [client]);
  // The gate has asked already; without an answer nothing of this page would be here.
  return vault.data ? <ModeCards vault={vault.data} /> : null;
}
