import { useState } from 'react';
import { i18n } from '#i18n';
import { ReceiptView } from '@/components/connections/ReceiptView';
import { EMPTY_DRAFT, draftName } from '@/components/creation/lead-draft';
import { useLiveUpdates } from '@/components/hooks/use-live-updates';
import { useRequest } from '@/components/hooks/use-request';
import { CrmText } from '@/components/ui/CrmText';
import { Mark } from '@/components/ui/Mark';
import type { AccountCandidate, Receipt } from '@/lib/messaging/protocol';
import { NewLead } from './NewLead';
import { PopupFooter } from './PopupFooter';
import { SiteView } from './SiteView';

interface Props {
  /** The tab to look at; null for the one in front. */
  tabId: number | null;
  openOptions: () => void;
}

export function App({ tabId, openOptions }: Props) {
  useLiveUpdates();
  const site = useRequest('site.state', { tabId });
  const connections = useRequest('connections.list', {});
  const [chosen, setChosen] = useState<AccountCandidate | null>(null);
  const other = useRequest(
    'account.view',
    { connectionId: chosen?.connectionId ?? '', accountId: chosen?.accountId ?? '' },
    { enabled: chosen !== null },
  );
  const [creating, setCreating] = useState(false);
  // Kept here, so that going back to the site and forth again loses nothing. It is written nowhere.
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [receipt, setReceipt] = useState<Receipt | null>(null);

  const state = site.data;
  const domain = state && 'site' in state ? state.site.domain : null;
  const view = state?.kind === 'matched' ? ((chosen === null ? undefined : other.data) ?? state.view) : undefined;
  const connection = connections.data?.find(({ id }) => id === view?.connectionId) ?? connections.data?.[0];
  const lost = draftName(draft);
  // A site's view brings its own main heading; elsewhere the title of the popup is it.
  const Title = !receipt && !creating && site.data && !site.error ? 'p' : 'h1';

  return (
    <div className="flex max-h-[600px] min-h-[360px] w-[400px] flex-col bg-surface has-[dialog[open]]:min-h-[440px]">
      <header className="flex h-11 shrink-0 items-center gap-2 border-b border-hairline px-4">
        <Mark className="size-5" />
        <Title className="font-semibold">{creating && !receipt ? i18n.t('lead.title') : i18n.t('extName')}</Title>
        {domain && !receipt && <CrmText text={domain} className="ms-auto min-w-0 truncate text-sm text-faint" />}
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        {receipt && (
          <div className="overflow-y-auto p-4">
            <ReceiptView receipt={receipt} onDone={() => setReceipt(null)} />
          </div>
        )}
        {!receipt && creating && <NewLead tabId={tabId} draft={draft} onDraft={setDraft} onLeave={() => setCreating(false)} />}
        {!receipt && !creating && (
          <SiteView
            tabId={tabId}
            site={site}
            chosen={chosen}
            other={other}
            onChoose={setChosen}
            openOptions={openOptions}
            onCreate={() => setCreating(true)}
            hasDraft={lost !== null}
          />
        )}
      </main>
      {connection && !receipt && (
        <PopupFooter
          connection={connection}
          view={creating ? undefined : view}
          draft={lost === '' ? i18n.t('disconnect.draftUnnamed') : lost}
          openOptions={openOptions}
          onDisconnected={(done) => {
            setDraft(EMPTY_DRAFT);
            setCreating(false);
            setReceipt(done);
          }}
        />
      )}
    </div>
  );
}
