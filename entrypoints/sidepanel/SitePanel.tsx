import { useState } from 'react';
import { UserRoundPlus } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { NewLead } from '@/components/creation/NewLead';
import { draftName, type LeadDraft } from '@/components/creation/lead-draft';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { Searchable } from '@/components/search/Searchable';
import { useErrand } from '@/components/search/use-errand';
import { SidebarFooter } from '@/components/sidebar/SidebarFooter';
import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { useFreshWhileOpen } from '@/components/sidebar/use-fresh-while-open';
import { useLayout } from '@/components/sidebar/use-layout';
import { IconButton } from '@/components/ui/IconButton';
import type { FollowedTab } from './follow-tab';
import { PanelBody } from './PanelBody';
import { useTabAccount } from './use-tab-account';
import { useTabInFront } from './use-tab-in-front';

/** A Lead being written: for which tab's company or from which text, and whether it is on screen. */
export interface Writing {
  tabId: number | null;
  text: string | null;
  open: boolean;
}

interface Props {
  follow: (tell: (tab: FollowedTab | null) => void) => () => void;
  openOptions: () => void;
  askSiteAccess: () => Promise<boolean>;
  writing: Writing | null;
  onWriting: (writing: Writing | null) => void;
  draft: LeadDraft;
  onDraft: (draft: LeadDraft) => void;
}

/** What is known about the tab in front, whichever that is, and the form for a new Lead. */
export function SitePanel({ follow, openOptions, askSiteAccess, writing, onWriting, draft, onDraft }: Props) {
  useLiveUpdates();
  useFreshWhileOpen();
  const client = useQueryClient();
  const tab = useTabInFront(follow);
  const tabId = tab?.tabId ?? null;
  const account = useTabAccount(tab);
  const { state, view } = account;
  const [layout, setLayout] = useLayout();
  const [arranging, setArranging] = useState(false);
  const [wanted, setWanted] = useState('');
  const hasDraft = draftName(draft) !== null;
  const isWriting = writing?.open === true;
  const mayCreate = state !== undefined && state.kind !== 'not-connected';

  const write = (text: string | null) => {
    // A draft goes on where it was begun; a form that nobody has touched is asked for anew, for what is wanted now.
    if (!hasDraft) client.removeQueries({ queryKey: ['lead.form'] });
    const begun = hasDraft && writing ? writing : { tabId, text };
    onWriting({ ...begun, open: true });
  };
  const search = (text: string) => {
    setWanted(text);
    setArranging(false);
  };
  useErrand(({ kind, text }) => (kind === 'search' ? search(text) : write(text)), { ifFocused: true });

  return (
    <SidebarFrame
      titled={isWriting || !state || (state.kind === 'matched' && !layout)}
      domain={!isWriting && state && 'site' in state ? state.site.domain : undefined}
      {...(isWriting ? { title: i18n.t('lead.title') } : {})}
      actions={
        mayCreate &&
        !isWriting && (
          <IconButton icon={UserRoundPlus} label={i18n.t(hasDraft ? 'lead.goOn' : 'lead.title')} onClick={() => write(null)} />
        )
      }
      footer={
        view &&
        !isWriting && <SidebarFooter view={view} arranging={arranging} onArrange={() => setArranging((before) => !before)} />
      }
    >
      {isWriting ? (
        <NewLead
          tabId={writing.tabId}
          text={writing.text}
          draft={draft}
          onDraft={onDraft}
          onLeave={() => onWriting(writing && { ...writing, open: false })}
        />
      ) : (
        <Searchable isOn={state?.kind !== 'not-connected'} text={wanted} onText={search} onCreateLead={write} focus="by-slash">
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain">
            <PanelBody
              tabId={tabId}
              account={account}
              layout={layout}
              onLayout={setLayout}
              arranging={arranging}
              onArranged={() => setArranging(false)}
              openOptions={openOptions}
              askSiteAccess={askSiteAccess}
              onCreate={() => write(null)}
              hasDraft={hasDraft}
            />
          </div>
        </Searchable>
      )}
    </SidebarFrame>
  );
}
