import type { UseQueryResult } from '@tanstack/react-query';
import { Globe, SearchX } from 'lucide-react';
import { i18n } from '#i18n';
import { AccountPanel } from '@/components/account/AccountPanel';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { LeadList } from '@/components/account/PersonList';
import { Button } from '@/components/ui/Button';
import { Centered } from '@/components/ui/Centered';
import { CrmText } from '@/components/ui/CrmText';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { Mark } from '@/components/ui/Mark';
import { Phrase, slots } from '@/components/ui/Phrase';
import type { AccountCandidate, AccountView, SiteState } from '@/lib/messaging/protocol';

interface Props {
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
export function SiteView({ site, openOptions, onCreate, hasDraft, ...choice }: Props) {
  if (site.error) return <ErrorNotice error={site.error} onRetry={() => void site.refetch()} className="m-4" />;
  if (!site.data) return <AccountSkeleton />;
  const state = site.data;
  if (state.kind === 'not-connected') return <NotConnected openOptions={openOptions} />;
  if (state.kind === 'matched') return <Matched state={state} {...choice} />;
  if (state.kind === 'unmatched') return <Unmatched state={state} onCreate={onCreate} hasDraft={hasDraft} />;
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

interface MatchedProps extends Pick<Props, 'chosen' | 'other' | 'onChoose'> {
  state: Extract<SiteState, { kind: 'matched' }>;
}

function Matched({ state, chosen, other, onChoose }: MatchedProps) {
  const view = (chosen === null ? undefined : other.data) ?? state.view;
  const failed = chosen !== null && other.error !== null;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      {failed && <ErrorNotice error={other.error} onRetry={() => void other.refetch()} className="m-4" />}
      <AccountPanel
        view={view}
        candidates={state.candidates}
        onChoose={onChoose}
        switching={chosen !== null && other.isPending}
        condensed
      />
    </div>
  );
}

interface UnmatchedProps extends Pick<Props, 'onCreate' | 'hasDraft'> {
  state: Extract<SiteState, { kind: 'unmatched' }>;
}

function Unmatched({ state, onCreate, hasDraft }: UnmatchedProps) {
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
      {leads.length > 0 && <LeadList items={leads} limit={3} />}
    </div>
  );
}
