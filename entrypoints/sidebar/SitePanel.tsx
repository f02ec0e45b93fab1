import { useState } from 'react';
import { AccountPanel } from '@/components/account/AccountPanel';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { FreshnessLine } from '@/components/account/FreshnessLine';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useRequest } from '@/components/hooks/use-request';
import { HideMenu } from '@/components/sites/HideMenu';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import type { AccountCandidate } from '@/lib/messaging/protocol';
import { SidebarFrame } from './SidebarFrame';

interface Props {
  token: string;
  close: () => void;
}

/** The Account of the site, and its choice where several fit. Lives below the gate: what is chosen is a record, too. */
export function SitePanel({ token, close }: Props) {
  useLiveUpdates();
  const [chosen, setChosen] = useState<AccountCandidate | null>(null);
  const opened = useRequest('sidebar.open', { token });
  const other = useRequest(
    'sidebar.account',
    { token, connectionId: chosen?.connectionId ?? '', accountId: chosen?.accountId ?? '' },
    { enabled: chosen !== null },
  );
  const error = opened.error ?? (chosen === null ? null : other.error);
  const state = error ? undefined : opened.data;
  const view = (chosen === null ? undefined : other.data) ?? state?.view;
  const retry = () => void Promise.all([opened.refetch(), chosen === null ? null : other.refetch()]);
  return (
    <SidebarFrame
      titled={state === undefined}
      domain={state?.site.domain}
      close={close}
      aside={state && <HideMenu token={token} />}
      footer={view && !error && <FreshnessLine view={view} />}
    >
      {error && <ErrorNotice error={error} onRetry={retry} className="m-4" />}
      {!error && !view && <AccountSkeleton />}
      {state && view && (
        <AccountPanel
          view={view}
          candidates={state.candidates}
          suggestions={state.suggestions}
          onChoose={setChosen}
          switching={chosen !== null && other.isPending}
        />
      )}
    </SidebarFrame>
  );
}
