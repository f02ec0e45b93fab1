import { useState } from 'react';
import { Phone } from 'lucide-react';
import { i18n } from '#i18n';
import { LazyRecord } from '@/components/creation/LazyRecord';
import { NewMenu } from '@/components/creation/NewMenu';
import { occasionOf } from '@/components/creation/occasion';
import { useCreatable } from '@/components/creation/use-creatable';
import { useWriting, type Writing } from '@/components/creation/use-writing';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { NoticesLine } from '@/components/outbox/NoticesLine';
import { OutboxLine } from '@/components/outbox/OutboxLine';
import { Searchable } from '@/components/search/Searchable';
import { useErrand } from '@/components/search/use-errand';
import { SidebarFooter } from '@/components/sidebar/SidebarFooter';
import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { useFreshWhileOpen } from '@/components/sidebar/use-fresh-while-open';
import { useLayout } from '@/components/sidebar/use-layout';
import { LogForm } from '@/components/quick/LogForm';
import { IconButton } from '@/components/ui/IconButton';
import type { AccountView } from '@/lib/messaging/account-protocol';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { FollowedTab } from './follow-tab';
import { PanelBody } from './PanelBody';
import { useTabAccount } from './use-tab-account';
import { useTabInFront } from './use-tab-in-front';

interface Props {
  follow: (tell: (tab: FollowedTab | null) => void) => () => void;
  openOptions: () => void;
  askSiteAccess: () => Promise<boolean>;
  writing: Writing;
  onWriting: (writing: Writing) => void;
}

/** What is known about the tab in front, whichever that is, and the forms for new records. */
export function SitePanel({ follow, openOptions, askSiteAccess, writing, onWriting }: Props) {
  useLiveUpdates();
  useFreshWhileOpen();
  const tab = useTabInFront(follow);
  const tabId = tab?.tabId ?? null;
  const account = useTabAccount(tab);
  const { state, view } = account;
  const [layout, setLayout] = useLayout();
  const [arranging, setArranging] = useState(false);
  const [wanted, setWanted] = useState('');
  const forms = useWriting(writing, onWriting);
  const { current } = forms;
  const isWriting = current !== null || writing.log !== null;
  const mayBeNew = useCreatable();
  const mayCreate = state !== undefined && state.kind !== 'not-connected';

  const create = (object: CreatableObject, text: string | null = null) => forms.begin(object, occasionOf(tabId, text, view));
  const log = (about: AccountView) => {
    const begun = { kind: 'call', subject: null, comment: '' } as const;
    onWriting({ ...writing, log: { ...begun, occasion: occasionOf(tabId, null, about), accountName: about.account.name } });
  };
  const search = (text: string) => {
    setWanted(text);
    setArranging(false);
  };
  useErrand(({ kind, text }) => (kind === 'search' ? search(text) : create('lead', text)), { ifFocused: true });

  return (
    <SidebarFrame
      titled={isWriting || !state || (state.kind === 'matched' && !layout)}
      domain={!isWriting && state && 'site' in state ? state.site.domain : undefined}
      {...titleOf(writing)}
      actions={
        mayCreate &&
        !isWriting && (
          <>
            {view && !view.sample && mayBeNew('task') && (
              <IconButton icon={Phone} label={i18n.t('quick.log')} onClick={() => log(view)} />
            )}
            <NewMenu hasDraft={forms.hasDraft} onChoose={create} />
          </>
        )
      }
      footer={
        view &&
        !isWriting && <SidebarFooter view={view} arranging={arranging} onArrange={() => setArranging((before) => !before)} />
      }
    >
      {!isWriting && mayCreate && <OutboxLine onEdit={forms.resume} />}
      {!isWriting && mayCreate && <NoticesLine />}
      {current && <LazyRecord {...current} onDraft={forms.change} onLeave={forms.leave} onNext={forms.goOn} />}
      {!current && writing.log && (
        <LogForm
          draft={writing.log}
          onDraft={(next) => onWriting({ ...writing, log: next })}
          onLeave={() => onWriting({ ...writing, log: null })}
          onWholeForm={(task) => onWriting({ drafts: { ...writing.drafts, task }, open: 'task', log: null })}
        />
      )}
      {!isWriting && (
        <Searchable
          isOn={state?.kind !== 'not-connected'}
          text={wanted}
          onText={search}
          onCreateLead={(text) => create('lead', text)}
          focus="by-slash"
        >
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
              onCreate={create}
              hasDraft={forms.hasDraft}
            />
          </div>
        </Searchable>
      )}
    </SidebarFrame>
  );
}

function titleOf({ open, log }: Writing): { title?: string } {
  if (open) return { title: i18n.t(`form.title.${open}`) };
  return log ? { title: i18n.t('quick.log') } : {};
}
