import { type ComponentType, type ReactNode, useState } from 'react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { draftName } from '../creation/record-draft';
import { NOTHING_WRITTEN, type Writing } from '../creation/use-writing';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Button } from '../ui/Button';
import { PassphraseAsked } from './PassphraseAsked';
import { PasskeyButton } from './PasskeyButton';
import { ResetReceipts } from './ResetReceipts';
import { UnlockForm } from './UnlockForm';
import { VaultGate } from './VaultGate';

interface Props {
  /** The view's frame, with nothing in it of what the CRM knows. */
  frame: ComponentType<{ titled?: boolean; children?: ReactNode }>;
  /** What stands above the unlock form. */
  notice?: ReactNode;
  openOptions: () => void;
  children: (writing: Writing, onWriting: (writing: Writing) => void) => ReactNode;
}

/**
 * The gate of a view in which records are created. What somebody has typed is kept here, above it: a lock must not take it away.
 * It is written nowhere, and while it is locked nothing of it is shown. Everything that came from the CRM lives below.
 */
export function DraftGate({ frame: Frame, notice, openOptions, children }: Props) {
  const [writing, setWriting] = useState(NOTHING_WRITTEN);
  const [receipts, setReceipts] = useState<Receipt[] | null>(null);

  if (receipts)
    return (
      <Frame>
        <div className="overflow-y-auto p-4">
          <ResetReceipts receipts={receipts} onDone={() => setReceipts(null)} />
        </div>
      </Frame>
    );
  return (
    <VaultGate
      waiting={<Frame titled />}
      failed={(error, retry) => (
        <Frame titled>
          <ErrorNotice error={error} onRetry={retry} className="m-4" />
        </Frame>
      )}
      locked={(vault) => (
        <Frame>
          {notice}
          <div className="flex flex-1 flex-col items-center justify-center px-8 py-8">
            {vault.locked === 'policy' ? (
              <PassphraseAsked vault={vault} instead={<OptionsButton onClick={openOptions} />} />
            ) : (
              <UnlockForm
                vault={vault}
                passkey={<PasskeyButton onClick={openOptions} />}
                draft={draftName(writing.drafts) === null && !writing.log?.comment ? null : i18n.t('disconnect.draftUnnamed')}
                onReset={(done) => {
                  setWriting(NOTHING_WRITTEN);
                  setReceipts(done);
                }}
              />
            )}
          </div>
        </Frame>
      )}
    >
      {children(writing, setWriting)}
    </VaultGate>
  );
}

const OptionsButton = ({ onClick }: { onClick: () => void }) => (
  <Button look="primary" size="large" className="w-full" onClick={onClick}>
    {i18n.t('protection.set')}
  </Button>
);
