import { useState } from 'react';
import { i18n } from '#i18n';
import { UnseenLine } from '@/components/connections/UnseenLine';
import { EMPTY_DRAFT, draftName } from '@/components/creation/lead-draft';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { PasskeyButton } from '@/components/vault/PasskeyButton';
import { ResetReceipts } from '@/components/vault/ResetReceipts';
import { UnlockForm } from '@/components/vault/UnlockForm';
import { VaultGate } from '@/components/vault/VaultGate';
import type { Receipt } from '@/lib/messaging/protocol';
import { PopupFrame } from './PopupFrame';
import { SitePopup } from './SitePopup';

interface Props {
  /** The tab to look at; null for the one in front. */
  tabId: number | null;
  openOptions: () => void;
}

/**
 * What somebody has typed is kept here, above the gate: a lock must not take it away. It is written nowhere, and while it
 * is locked nothing of it is shown. Everything that came from the CRM lives below.
 */
export function App({ tabId, openOptions }: Props) {
  const [creating, setCreating] = useState(false);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [receipts, setReceipts] = useState<Receipt[] | null>(null);

  if (receipts)
    return (
      <PopupFrame>
        <div className="overflow-y-auto p-4">
          <ResetReceipts receipts={receipts} onDone={() => setReceipts(null)} />
        </div>
      </PopupFrame>
    );
  return (
    <VaultGate
      waiting={<PopupFrame titled />}
      failed={(error, retry) => (
        <PopupFrame titled>
          <ErrorNotice error={error} onRetry={retry} className="m-4" />
        </PopupFrame>
      )}
      locked={(vault) => (
        <PopupFrame>
          <UnseenLine openOptions={openOptions} />
          <div className="flex flex-1 flex-col items-center justify-center px-10 py-8">
            <UnlockForm
              vault={vault}
              passkey={<PasskeyButton onClick={openOptions} />}
              draft={draftName(draft) === null ? null : i18n.t('disconnect.draftUnnamed')}
              onReset={(done) => {
                setDraft(EMPTY_DRAFT);
                setCreating(false);
                setReceipts(done);
              }}
            />
          </div>
        </PopupFrame>
      )}
    >
      <SitePopup
        tabId={tabId}
        openOptions={openOptions}
        creating={creating}
        onCreating={setCreating}
        draft={draft}
        onDraft={setDraft}
      />
    </VaultGate>
  );
}
