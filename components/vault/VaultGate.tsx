import { useEffect, useRef, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { onEvent } from '@/lib/messaging/request';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { useRequest } from '../hooks/use-request';
import { dropRecords, onVaultChanged } from './drop-records';

interface Props {
  /** What is seen until the background has said whether it is locked: the frame of the view and nothing in it. */
  waiting: ReactNode;
  /** What is seen when the background does not answer. */
  failed: (error: unknown, retry: () => void) => ReactNode;
  locked: (state: VaultState) => ReactNode;
  children: ReactNode;
}

/**
 * Nothing that the CRM knows is shown, kept or asked for while the vault is locked. The children are not hidden but
 * unmounted; what somebody typed survives only where it is kept above the gate.
 */
export function VaultGate({ waiting, failed, locked, children }: Props) {
  const client = useQueryClient();
  const vault = useRequest('vault.state', {});
  const closed = vault.data !== undefined && vault.data.locked !== null;
  const open = vault.data !== undefined && vault.data.locked === null;
  const wasClosed = useRef(false);

  useEffect(() => onEvent('vault.changed', (event) => onVaultChanged(client, event)), [client]);
  useEffect(() => {
    // Also when no event told of the lock, but a refused question.
    if (closed) dropRecords(client);
    if (open && wasClosed.current) document.querySelector('main')?.focus();
    wasClosed.current = closed || (wasClosed.current && !open);
  }, [closed, open, client]);

  return (
    <>
      <p role="status" className="sr-only">
        {closed ? i18n.t('vault.title') : ''}
      </p>
      {open && children}
      {closed && locked(vault.data)}
      {vault.data === undefined && (vault.error ? failed(vault.error, () => void vault.refetch()) : waiting)}
    </>
  );
}
