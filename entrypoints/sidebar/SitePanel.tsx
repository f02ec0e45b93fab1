import { useState } from 'react';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useRequest } from '@/components/hooks/use-request';
import { SidebarAccount } from '@/components/sidebar/SidebarAccount';
import { SidebarFooter } from '@/components/sidebar/SidebarFooter';
import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { useFreshWhileOpen } from '@/components/sidebar/use-fresh-while-open';
import { useLayout } from '@/components/sidebar/use-layout';
import { HideMenu } from '@/components/sites/HideMenu';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';

interface Props {
  token: string;
  close: () => void;
}

/** The Account of the site, and its choice where several fit. Lives below the gate: what is chosen is a record, too. */
export function SitePanel({ token, close }: Props) {
  useLiveUpdates();
  useFreshWhileOpen();
  const [layout, setLayout] = useLayout();
  const [arranging, setArranging] = useState(false);
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
  const shown = layout && state && view;
  return (
    <SidebarFrame
      titled={!shown}
      domain={state?.site.domain}
      close={close}
      actions={state && <HideMenu token={token} />}
      footer={shown && <SidebarFooter view={view} arranging={arranging} onArrange={() => setArranging((before) => !before)} />}
    >
      {error && <ErrorNotice error={error} onRetry={retry} className="m-4" />}
      {!error && !shown && <AccountSkeleton />}
      {shown && (
        <SidebarAccount
          view={view}
          candidates={state.candidates}
          suggestions={state.suggestions}
          onChoose={setChosen}
          switching={chosen !== null && other.isPending}
          layout={layout}
          onLayout={setLayout}
          arranging={arranging}
          onArranged={() => setArranging(false)}
        />
      )}
    </SidebarFrame>
  );
}
