import { useState } from 'react';
import { i18n } from '#i18n';
import { ReceiptView } from '@/components/connections/ReceiptView';
import { UnseenLine } from '@/components/connections/UnseenLine';
import { LazyRecord } from '@/components/creation/LazyRecord';
import { NewMenu } from '@/components/creation/NewMenu';
import { draftName } from '@/components/creation/record-draft';
import { NOTHING_WRITTEN, useWriting, type Writing } from '@/components/creation/use-writing';
import { useAction } from '@/components/hooks/use-action';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useRequest } from '@/components/hooks/use-request';
import { NoticesLine } from '@/components/outbox/NoticesLine';
import { OutboxLine } from '@/components/outbox/OutboxLine';
import { Searchable } from '@/components/search/Searchable';
import { useErrand } from '@/components/search/use-errand';
import { occasionOf } from '@/components/creation/occasion';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { Receipt } from '@/lib/messaging/protocol';
import type { AccountCandidate } from '@/lib/messaging/site-protocol';
import { PopupFooter } from './PopupFooter';
import { PopupFrame } from './PopupFrame';
import { SiteView } from './SiteView';

interface Props {
  tabId: number | null;
  openOptions: () => void;
  writing: Writing;
  onWriting: (writing: Writing) => void;
}

/** What is known about the tab in front, and the forms for new records. */
export function SitePopup({ tabId, openOptions, writing, onWriting }: Props) {
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
  const forms = useWriting(writing, onWriting);
  const { current } = forms;
  const creating = current !== null;

  const state = site.data;
  const domain = state && 'site' in state ? state.site.domain : null;
  const view = state?.kind === 'matched' ? ((chosen === null ? undefined : other.data) ?? state.view) : undefined;
  const connection = connections.data?.find(({ id }) => id === view?.connectionId) ?? connections.data?.[0];
  const lost = draftName(writing.drafts);
  const create = (object: CreatableObject, text: string | null = null) => forms.begin(object, occasionOf(tabId, text, view));
  useErrand(({ kind, text }) => (kind === 'search' ? setWanted(text) : create('lead', text)));
  const footer = connection && !receipt && (
    <PopupFooter
      connection={connection}
      view={creating ? undefined : view}
      draft={lost === '' ? i18n.t('disconnect.draftUnnamed') : lost}
      openOptions={openOptions}
      onDisconnected={(done) => {
        onWriting(NOTHING_WRITTEN);
        setReceipt(done);
        // What is on screen has been seen.
        dismiss.mutate({ id: done.id });
      }}
    />
  );
  if (receipt)
    return (
      <PopupFrame titled footer={footer}>
        <div className="overflow-y-auto p-4">
          <ReceiptView receipt={receipt} onDone={() => setReceipt(null)} />
        </div>
      </PopupFrame>
    );
  const mayCreate = !creating && state !== undefined && state.kind !== 'not-connected';
  return (
    <PopupFrame
      {...(current ? { title: i18n.t(`form.title.${current.object}`) } : {})}
      // A site's view brings its own main heading; elsewhere the title of the popup is it.
      titled={creating || !site.data || site.error !== null}
      domain={domain}
      actions={mayCreate && <NewMenu hasDraft={forms.hasDraft} onChoose={create} />}
      footer={footer}
    >
      <UnseenLine openOptions={openOptions} />
      {mayCreate && (
        <>
          <OutboxLine onEdit={forms.resume} />
          <NoticesLine />
        </>
      )}
      {current && <LazyRecord {...current} onDraft={forms.change} onLeave={forms.leave} onNext={forms.goOn} />}
      {!creating && (
        <Searchable
          isOn={state?.kind !== 'not-connected'}
          text={wanted}
          onText={setWanted}
          onCreateLead={(text) => create('lead', text)}
          focus="at-once"
        >
          <SiteView
            tabId={tabId}
            site={site}
            chosen={chosen}
            other={other}
            onChoose={setChosen}
            openOptions={openOptions}
            onCreate={create}
            hasDraft={forms.hasDraft}
          />
        </Searchable>
      )}
    </PopupFrame>
  );
}
