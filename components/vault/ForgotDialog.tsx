import { useState } from 'react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { ResetDialog } from './ResetDialog';

interface Props {
  open: boolean;
  hasPasskeys: boolean;
  draft: string | null;
  onCancel: () => void;
  onReset: (receipts: Receipt[]) => void;
}

/** What a lost passphrase means, before the question whether to start over. */
export function ForgotDialog({ open, hasPasskeys, draft, onCancel, onReset }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Dialog
        open={open && !asking}
        title={i18n.t('forgot.title')}
        busy={false}
        onClose={onCancel}
        text={
          <div className="space-y-2">
            <p>{i18n.t('forgot.lost')}</p>
            {hasPasskeys && <p>{i18n.t('forgot.passkey')}</p>}
            <p className="text-ink">{i18n.t('forgot.nothingLost')}</p>
            <p>{i18n.t('forgot.byHand')}</p>
          </div>
        }
        actions={
          <>
            <Button onClick={onCancel}>{i18n.t('forgot.again')}</Button>
            <Button look="danger" onClick={() => setAsking(true)}>
              {i18n.t('reset.ask')}
            </Button>
          </>
        }
      />
      <ResetDialog
        open={asking}
        unreadable
        draft={draft}
        onCancel={() => {
          setAsking(false);
          onCancel();
        }}
        onReset={onReset}
      />
    </>
  );
}
