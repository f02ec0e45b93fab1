import { useState } from 'react';
import { i18n } from '#i18n';
import { EMPTY_DRAFT, draftName } from '@/components/creation/lead-draft';
import { SidebarFrame } from '@/components/sidebar/SidebarFrame';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { PasskeyButton } from '@/components/vault/PasskeyButton';
import { ResetReceipts } from '@/components/vault/ResetReceipts';
import { UnlockForm } from '@/components/vault/UnlockForm';
import { VaultGate } from '@/components/vault/VaultGate';
import type { Receipt } from '@/lib/messaging/protocol';
import type { FollowedTab } from './follow-tab';
import { SitePanel, type Writing } from './SitePanel';

interface Props {
  /** Tells the tab to be about, until what it gives is called. */
  follow: (tell: (tab: FollowedTab | null) => void) => () => void;
  openOptions: () => void;
  /** The browser's own question for access to all sites; false when it was not given. */
  askSiteAccess: () => Promise<boolean>;
}

/**
 * The sidebar in the browser's own side panel. Other than in a page, records can be created here. What somebody has typed is
 * kept above the gate: neither a lock nor another tab may take it away.
 */
export function App({ follow, openOptions, askSiteAccess }: Props) {
  const [writing, setWriting] = useState<Writing | null>(null);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [receipts, setReceipts] = useState<Receipt[] | null>(null);

  if (receipts)
    return (
      <SidebarFrame>
        <div className="p-4">
          <ResetReceipts receipts={receipts} onDone={() => setReceipts(null)} />
        </div>
      </SidebarFrame>
    );
  return (
    <VaultGate
      waiting={<SidebarFrame titled />}
      failed={(error, retry) => (
        <SidebarFrame titled>
          <ErrorNotice error={error} onRetry={retry} className="m-4" />
        </SidebarFrame>
      )}
      locked={(vault) => (
        <SidebarFrame>
          <div className="flex flex-1 flex-col items-center justify-center px-8 py-8">
            <UnlockForm
              vault={vault}
              passkey={<PasskeyButton onClick={openOptions} />}
              draft={draftName(draft) === null ? null : i18n.t('disconnect.draftUnnamed')}
              onReset={(done) => {
                setDraft(EMPTY_DRAFT);
                setWriting(null);
                setReceipts(done);
              }}
            />
          </div>
        </SidebarFrame>
      )}
    >
      <SitePanel
        follow={follow}
        openOptions={openOptions}
        askSiteAccess={askSiteAccess}
        writing={writing}
        onWriting={setWriting}
        draft={draft}
        onDraft={setDraft}
      />
    </VaultGate>
  );
}
