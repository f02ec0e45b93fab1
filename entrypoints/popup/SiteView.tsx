import type { UseQueryResult } from '@tanstack/react-query';
import { Globe } from 'lucide-react';
import { i18n } from '#i18n';
import { AccountPanel } from '@/components/account/AccountPanel';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { HiddenOverlay } from '@/components/sites/HiddenOverlay';
import { NotConnected } from '@/components/sites/NotConnected';
import { SilencedSite } from '@/components/sites/SilencedSite';
import { SiteActions } from '@/components/sites/SiteActions';
import { UnmatchedSite } from '@/components/sites/UnmatchedSite';
import { Centered } from '@/components/ui/Centered';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { SiteState } from '@/lib/messaging/protocol';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';

interface Props {
  tabId: number | null;
  site: UseQueryResult<SiteState>;
  /** The candidate that the user chose instead of the first, and its view when it has come. */
  chosen: AccountCandidate | null;
  other: UseQueryResult<AccountView>;
  onChoose: (candidate: AccountCandidate) => void;
  openOptions: () => void;
  onCreate: (object: CreatableObject) => void;
  hasDraft: (object: CreatableObject) => boolean;
}

/** What is known about the tab in front. */
export function SiteView({ tabId, site, openOptions, onCreate, hasDraft, ...choice }: Props) {
  if (site.error) return <ErrorNotice error={site.error} onRetry={() => void site.refetch()} className="m-4" />;
  if (!site.data) return <AccountSkeleton />;
  const state = site.data;
  if (state.kind === 'not-connected') return <NotConnected />;
  if (state.kind === 'matched') return <Matched tabId={tabId} state={state} {...choice} />;
  if (state.kind === 'silenced') return <SilencedSite state={state} openOptions={openOptions} />;
  if (state.kind === 'unmatched') return <UnmatchedSite tabId={tabId} state={state} onCreate={onCreate} hasDraft={hasDraft} />;
  return (
    <Centered
      icon={<Globe className="size-8" strokeWidth={1.25} />}
      title={i18n.t('popup.notASite')}
      text={i18n.t('popup.notASiteText')}
    />
  );
}

interface MatchedProps extends Pick<Props, 'tabId' | 'chosen' | 'other' | 'onChoose'> {
  state: Extract<SiteState, { kind: 'matched' }>;
}

function Matched({ tabId, state, chosen, other, onChoose }: MatchedProps) {
  const offered = [...state.candidates, ...state.suggestions];
  // What was chosen may have been refused meanwhile.
  const isOffered = offered.some((one) => one.connectionId === chosen?.connectionId && one.accountId === chosen.accountId);
  const another = isOffered && chosen && other.data ? { ...other.data, evidence: chosen.evidence } : null;
  const view = another ?? state.view;
  const failed = chosen !== null && other.error !== null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <HiddenOverlay tabId={tabId} />
      {failed && <ErrorNotice error={other.error} onRetry={() => void other.refetch()} className="m-4" />}
      <AccountPanel
        view={view}
        candidates={state.candidates}
        suggestions={state.suggestions}
        onChoose={onChoose}
        switching={chosen !== null && other.isPending}
        condensed
      />
      <SiteActions tabId={tabId} view={view} />
    </div>
  );
}
