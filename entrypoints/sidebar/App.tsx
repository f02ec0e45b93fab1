import { useCallback, useEffect } from 'react';
import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { LockedNotice } from '@/components/vault/LockedNotice';
import { VaultGate } from '@/components/vault/VaultGate';
import { request } from '@/lib/messaging/request';
import { SitePanel } from './SitePanel';

interface Props {
  /** The frame token that the content script put into the address. */
  token: string;
}

/** What the CRM knows about the site beside it. It can be read and closed; nothing can be changed from inside a page. */
export function App({ token }: Props) {
  const close = useClose(token);
  return (
    <VaultGate
      waiting={<SidebarFrame titled close={close} />}
      failed={(error, retry) => (
        <SidebarFrame titled close={close}>
          <ErrorNotice error={error} onRetry={retry} className="m-4" />
        </SidebarFrame>
      )}
      // The background forgets its tokens when it locks, so this frame can no longer ask to be closed.
      locked={({ locked }) => (
        <SidebarFrame>
          <LockedNotice why={locked} />
        </SidebarFrame>
      )}
    >
      <SitePanel token={token} close={close} />
    </VaultGate>
  );
}

function useClose(token: string): () => void {
  // It is gone when it has worked, and what refuses it has no place to be read.
  const close = useCallback(() => void request('sidebar.close', { token }).catch(() => {}), [token]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) close();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [close]);
  return close;
}
