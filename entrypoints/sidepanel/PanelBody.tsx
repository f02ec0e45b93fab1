import { Globe } from 'lucide-react';
import { i18n } from '#i18n';
import { AccountSkeleton } from '@/components/account/AccountSkeleton';
import { useRequest } from '@/components/hooks/use-request';
import { QuickActions } from '@/components/quick/QuickActions';
import { SidebarAccount } from '@/components/sidebar/SidebarAccount';
import { NotConnected } from '@/components/sites/NotConnected';
import { SilencedSite } from '@/components/sites/SilencedSite';
import { SiteActions } from '@/components/sites/SiteActions';
import { UnmatchedSite } from '@/components/sites/UnmatchedSite';
import { Button } from '@/components/ui/Button';
import { Centered } from '@/components/ui/Centered';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { SidebarLayout } from '@/lib/messaging/protocol';
import type { TabAccount } from './use-tab-account';

interface Props {
  tabId: number | null;
  account: TabAccount;
  layout: SidebarLayout | undefined;
  onLayout: (layout: SidebarLayout) => void;
  arranging: boolean;
  onArranged: () => void;
  openOptions: () => void;
  askSiteAccess: () => Promise<boolean>;
  onCreate: (object: CreatableObject) => void;
  hasDraft: (object: CreatableObject) => boolean;
}

/** What the panel shows of the tab in front. */
export function PanelBody({ tabId, account, openOptions, askSiteAccess, onCreate, hasDraft, layout, ...arrange }: Props) {
  const { state, view, error, retry, switching, choose } = account;
  if (error) return <ErrorNotice error={error} onRetry={retry} className="m-4" />;
  if (!state) return <AccountSkeleton />;
  if (state.kind === 'not-connected') return <NotConnected />;
  if (state.kind === 'silenced') return <SilencedSite state={state} openOptions={openOptions} />;
  if (state.kind === 'not-a-site') return <NoSite askSiteAccess={askSiteAccess} />;
  if (state.kind === 'unmatched')
    return <UnmatchedSite key={state.site.host} tabId={tabId} state={state} onCreate={onCreate} hasDraft={hasDraft} />;
  if (!layout || !view) return <AccountSkeleton />;
  const shown = (
    <SidebarAccount
      key={state.site.host}
      view={view}
      candidates={state.candidates}
      suggestions={state.suggestions}
      onChoose={choose}
      switching={switching}
      layout={layout}
      {...arrange}
    />
  );
  return (
    <>
      {view.sample ? (
        shown
      ) : (
        <QuickActions key={view.account.id} connectionId={view.connectionId}>
          {shown}
        </QuickActions>
      )}
      <SiteActions tabId={tabId} view={view} />
    </>
  );
}

/** Where nothing can be looked up: no company's site, or one that Sidelight may not see. The browser does not say which. */
function NoSite({ askSiteAccess }: Pick<Props, 'askSiteAccess'>) {
  const access = useRequest('sites.access', {});
  const icon = <Globe className="size-8" strokeWidth={1.25} />;
  if (access.data?.mode !== 'none')
    return <Centered icon={icon} title={i18n.t('popup.notASite')} text={i18n.t('popup.notASiteText')} />;
  return (
    <Centered
      icon={icon}
      title={i18n.t('sidebar.notSeen')}
      text={i18n.t('sidebar.notSeenText')}
      actions={
        <Button look="primary" onClick={() => void askSiteAccess().catch(() => false)}>
          {i18n.t('sidebar.allowSites')}
        </Button>
      }
    />
  );
}
