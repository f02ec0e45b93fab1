import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { onEvent } from '@/lib/messaging/request';
import type { Receipt } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';
import { LockCard, type LockKeys } from './LockCard';
import { ModeCards } from './ModeCards';
import { PasskeyCard } from './PasskeyCard';
import { ResetCard } from './ResetCard';
import { patchGate } from './drop-records';

interface Props {
  keys: LockKeys;
  draft: string | null;
  onReset: (receipts: Receipt[]) => void;
}

/** How the copy's key is kept, what that keeps out, and everything that can be changed about it. */
export function ProtectionPanel({ keys, draft, onReset }: Props) {
  const client = useQueryClient();
  const vault = useRequest('vault.state', {});
  useEffect(() => onEvent('vault.progress', (change) => patchGate(client, { change })), [client]);
  // The gate has asked already; without an answer nothing of this page would be here.
  if (!vault.data) return null;
  return (
    <div className="space-y-4">
      <ModeCards vault={vault.data} />
      <PasskeyCard vault={vault.data} />
      {vault.data.mode === 'passphrase' && <LockCard vault={vault.data} keys={keys} />}
      <ResetCard draft={draft} onReset={onReset} />
    </div>
  );
}
