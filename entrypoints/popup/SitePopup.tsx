import { useState } from 'react';
import { i18n } from '#i18n';
import { ReceiptView } from '@/components/connections/ReceiptView';
import { UnseenLine } from '@/components/connections/UnseenLine';
import { NewLead } from '@/components/creation/NewLead';
import { EMPTY_DRAFT, draftName, type LeadDraft } from '@/components/creation/lead-draft';
import { useAction } from '@/components/hooks/use-action';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useRequest } from '@/components/hooks/use-request';
import { Searchable } from '@/components/search/Searchable';
import { useErrand } from '@/components/search/use-errand';
import type { Receipt } from '@/lib/messaging/protocol';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { PopupFooter } from './PopupFooter';
import { PopupFrame } from './PopupFrame';
import { SiteView } from './SiteView';

interface Props {
  tabId: number | null;
  openOptions: () => void;
  creating: boolean;
  onCreating: (creating: boolean) => void;
  draft: LeadDraft;
  onDraft: (draft: LeadDraft) => void;
}

/** What is known about the tab in front, and the form for a new Lead. */
export function SitePopup({ tabId, openOptions, creating, onCreating, draft, onDraft }: Props) {
  useLiveUpdates();
  const site = useRequest('site.state', { tabId });
  const connections = useRequest('connections.list', {});
  const [chosen, setChosen] = useState<AccountCandidate | null>(null);
  const other = useRequest(
    'account.view',
    { connectionId: chosen?.connectionId ?? '', accountId: chosen?.accountId ?? '' },
    { enabled: chosen !== null },
  );
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  const dismiss = useAction('receipts.dismiss');
  const [wanted, setWanted] = useState('');
  /** What the new Lead is made of when it is not the site in front. */
  const [leadText, setLeadText] = useState<string | null>(null);

  const createFrom = (text: string | null) => {
    setLeadText(text);
    onCreating(true);
  };
  useErrand(({ kind, text }) => (kind === 'search' ? setWanted(text) : createFrom(text)));

  const state = site.data;
  const domain = state && 'site' in state ? state.site.domain : null;
  const view = state?.kind === 'matched' ? ((chosen === null ? undefined : other.data) ?? state.view) : undefined;
  const connection = connections.data?.find(({ id }) => id === view?.connectionId) ?? connections.data?.[0];
  const lost = draftName(draft);
  const footer = connection && !receipt && (
    <PopupFooter
      connection={connection}
      view={creating ? undefined : view}
      draft={lost === '' ? i18n.t('disconnect.draftUnnamed') : lost}
      openOptions={openOptions}
      onDisconnected={(done) => {
        onDraft(EMPTY_DRAFT);
        onCreating(false);
        setReceipt(done);
        // What is on screen has been seen.
        dismiss.mutate({ id: done.id });
      }}
    />
  );
  return (
    <PopupFrame
      {...(creating && !receipt ? { title: i18n.t('lead.title') } : {})}
      // A site's view brings its own main heading; elsewhere the title of the popup is it.
      titled={receipt !== null || creating || !site.data || site.error !== null}
      domain={receipt ? null : domain}
      footer={footer}
    >
      {!receipt && <UnseenLine openOptions={openOptions} />}
      {receipt && (
        <div className="overflow-y-auto p-4">
          <ReceiptView receipt={receipt} onDone={() => setReceipt(null)} />
        </div>
      )}
      {!receipt && creating && (
        <NewLead tabId={tabId} text={leadText} draft={draft} onDraft={onDraft} onLeave={() => onCreating(false)} />
      )}
      {!receipt && !creating && (
        <Searchable
          isOn={state?.kind !== 'not-connected'}
          text={wanted}
          onText={setWanted}
          onCreateLead={createFrom}
          focus="at-once"
        >
          <SiteView
            tabId={tabId}
            site={site}
            chosen={chosen}
            other={other}
            onChoose={setChosen}
            openOptions={openOptions}
            onCreate={() => createFrom(null)}
            hasDraft={lost !== null}
          />
        </Searchable>
      )}
    </PopupFrame>
  );
}
