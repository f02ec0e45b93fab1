import { useState, type ReactNode } from 'react';
import { i18n } from '#i18n';
import { UnseenReceipts } from '@/components/connections/UnseenReceipts';
import { ErrorNotice } from '@/components/ui/ErrorNotice';
import { Mark } from '@/components/ui/Mark';
import { PassphraseAsked } from '@/components/vault/PassphraseAsked';
import { PasskeyUnlock } from '@/components/vault/PasskeyUnlock';
import { ResetReceipts } from '@/components/vault/ResetReceipts';
import { UnlockForm } from '@/components/vault/UnlockForm';
import { VaultGate } from '@/components/vault/VaultGate';
import type { Receipt } from '@/lib/messaging/protocol';
import { OptionsPage } from './OptionsPage';
import { draftWords, type Drafts, type OptionsProps } from './options-props';

/**
 * Changes that are not saved are kept here, above the gate: neither a look at another section nor a lock takes them away.
 * They name fields and conditions, no records, and are written nowhere.
 */
export function App(props: OptionsProps) {
  const [drafts, setDrafts] = useState<Drafts>({});
  const [receipts, setReceipts] = useState<Receipt[] | null>(null);
  const showReceipts = (done: Receipt[]) => {
    setDrafts({});
    setReceipts(done);
  };

  if (receipts)
    return (
      <Alone wide>
        <ResetReceipts receipts={receipts} onDone={() => setReceipts(null)} />
      </Alone>
    );
  return (
    <VaultGate
      waiting={
        <Alone>
          <h1 className="sr-only">{i18n.t('options.title')}</h1>
        </Alone>
      }
      failed={(error, retry) => (
        <Alone>
          <h1 className="sr-only">{i18n.t('options.title')}</h1>
          <ErrorNotice error={error} onRetry={retry} className="w-full" />
        </Alone>
      )}
      locked={(vault) => (
        <Alone above={<UnseenReceipts shown={null} />}>
          {vault.locked === 'policy' ? (
            <PassphraseAsked vault={vault} />
          ) : (
            <UnlockForm
              vault={vault}
              passkey={<PasskeyUnlock vault={vault} />}
              draft={draftWords(drafts)}
              onReset={showReceipts}
            />
          )}
        </Alone>
      )}
    >
      <OptionsPage
        {...props}
        drafts={drafts}
        onDraft={(connectionId, draft) => setDrafts((all) => ({ ...all, [connectionId]: draft }))}
        onReset={showReceipts}
      />
    </VaultGate>
  );
}

/** The page without its sections. */
function Alone({ wide = false, above, children }: { wide?: boolean; above?: ReactNode; children?: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-[58rem] flex-col px-6">
      <header className="pt-6 md:pt-12">
        <p className="flex items-center gap-2 px-2 text-lg font-semibold">
          <Mark className="size-6" />
          {i18n.t('extName')}
        </p>
      </header>
      <main className="flex-1 pb-12">
        {above && <div className="mx-auto max-w-[40rem] space-y-4 pt-8 empty:hidden">{above}</div>}
        <div className={`mx-auto pt-12 ${wide ? 'max-w-[40rem]' : 'max-w-[20rem] md:pt-[16vh]'}`}>{children}</div>
      </main>
    </div>
  );
}
