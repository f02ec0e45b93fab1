import { LockKeyhole } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { IconButton } from '../ui/IconButton';
import { onVaultChanged } from './drop-records';

/** There only when there is something to lock with. */
export function LockButton({ className }: { className?: string }) {
  const vault = useRequest('vault.state', {});
  const lock = useLock();
  if (vault.data?.mode !== 'passphrase') return null;
  return (
    <IconButton
      icon={LockKeyhole}
      label={i18n.t('vault.lockNow')}
      aria-disabled={lock.isPending || undefined}
      onClick={() => lock.mutate({})}
      {...(className === undefined ? {} : { className })}
    />
  );
}

/** Locks, and does not wait for the event to say so. */
export function useLock() {
  const client = useQueryClient();
  const lock = useAction('vault.lock');
  return {
    isPending: lock.isPending,
    error: lock.error,
    mutate: (payload: Record<never, never>) =>
      lock.mutate(payload, { onSuccess: () => onVaultChanged(client, { locked: true }) }),
  };
}
