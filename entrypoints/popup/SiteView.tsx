import type { UseQueryResult } from '@tanstack/react-query';
import { Globe, SearchX } from 'lucide-react';
import { i18n } from '#i18n';
import { AccountPanel } from '@/components/account/AccountPanel';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { LeadList } from '@/components/account/PersonList';
import { SuggestionList } from '@/components/account/SuggestionList';
import { useRequest } from '@/components/hooks/use-request';
import { HiddenOverlay } from '@/components/sites/HiddenOverlay';
import { LinkSearch } from '@/components/sites/LinkSearch';
import { SilencedSite } from '@/components/sites/SilencedSite';
import { SiteActions, useDecision } from '@/components/sites/SiteActions';
import { Button } from '@/components/ui/Button';
import { Centered } from '@/components/ui/Centered';
import { CrmText } from '@/components/ui/CrmText';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { Mark } from '@/components/ui/Mark';
import { Phrase, slots } from '@/components/ui/Phrase';
import type { AccountCandidate, AccountView, SiteState } from '@/lib/messaging/protocol';

interface Props {
  tabId: number | null;
  site: UseQueryResult<SiteState>;
  /** The candidate that the user chose instead of the first, and its view when it has come. */
  chosen: AccountCandidate | null;
  other: UseQueryResult<AccountView>;
  onChoose: (candidate: AccountCandidate) => void;
  openOptions: () => void;
  onCreate: () => void;
  hasDraft: boolean;
}

/** What is known about the tab in front. */
export function SiteView({ tabId, site, openOptions, onCreate, hasDraft, ...choice }: Props) {
  if (site.error) return <ErrorNotice error={site.error} onRetry={() => void site.refetch()} className="m-4" />;
  if (!site.data) return <AccountSkeleton />;
  const state = site.data;
  if (state.kind === 'not-connected') return <NotConnected openOptions={openOptions} />;
  if (state.kind === 'matched') return <Matched tabId={tabId} state={state} {...choice} />;
  if (state.kind === 'silenced') return <SilencedSite state={state} openOptions={openOptions} />;
  if (state.kind === 'unmatched') return <Unmatched tabId={tabId} state={state} onCreate={onCreate} hasDraft={hasDraft} />;
  return (
    <Centered
      icon={<Globe className="size-8" strokeWidth={1.25} />}
      title={i18n.t('popup.notASite')}
      text={i18n.t('popup.notASiteText')}
    />
  );
}

function NotConnected({ openOptions }: Pick<Props, 'openOptions'>) {
  return (
    <Centered
      icon={<Mark className="size-12" />}
      title={i18n.t('popup.pitchTitle')}
      text={i18n.t('popup.pitch')}
      actions={
        <Button look="primary" size="large" onClick={openOptions}>
          {i18n.t('popup.connect')}
        </Button>
      }
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

interface UnmatchedProps extends Pick<Props, 'tabId' | 'onCreate' | 'hasDraft'> {
  state: Extract<SiteState, { kind: 'unmatched' }>;
}

function Unmatched({ tabId, state, onCreate, hasDraft }: UnmatchedProps) {
  const suggestions = useRequest('site.suggestions', { tabId });
  const { decide } = useDecision(tabId);
  const { site, leads, firstSyncRunning } = state;
  const domain = <CrmText text={site.domain} />;
  const unknown = leads.length > 0 ? i18n.t('popup.noAccount', slots('domain')) : i18n.t('popup.notInCrm', slots('domain'));
  const title = firstSyncRunning ? i18n.t('popup.notInCrmYet', slots('domain')) : unknown;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <Centered
        icon={<SearchX className="size-8" strokeWidth={1.25} />}
        title={<Phrase text={title} parts={{ domain }} />}
        text={i18n.t(firstSyncRunning ? 'popup.notInCrmYetText' : 'popup.notInCrmText')}
        actions={
          <Button look="primary" size="large" onClick={onCreate}>
            {i18n.t(hasDraft ? 'lead.goOn' : 'lead.create')}
          </Button>
        }
      />
      <SuggestionList
        items={suggestions.data ?? []}
        onChoose={(one) => decide('link', one)}
        action={(name) => i18n.t('decisions.linkTo', { name })}
        remark={i18n.t('decisions.pressToLink')}
      />
      {leads.length > 0 && <LeadList items={leads} limit={3} />}
      <LinkSearch tabId={tabId} />
      <SiteActions tabId={tabId} view={null} />
    </div>
  );
}
