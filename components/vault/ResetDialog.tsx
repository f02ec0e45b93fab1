import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { ErrorNotice } from '../ui/ErrorNotice';
import { useVaultAction } from './use-vault-action';

interface Props {
  open: boolean;
  /** The login cannot be read, so that the access cannot be ended from here. */
  unreadable?: boolean;
  draft: string | null;
  onCancel: () => void;
  /** One receipt for each connection. Called before the gate opens, for then this dialog is gone. */
  onReset: (receipts: Receipt[]) => void;
}

/** The one question before everything goes. */
export function ResetDialog({ open, unreadable = false, draft, onCancel, onReset }: Props) {
  const client = useQueryClient();
  const { busy, error, run } = useVaultAction('vault.reset');
  const confirm = async () => {
    const receipts = await run({});
    if (receipts === null) return;
    // The gate's answer as well: it speaks of a vault that is no more.
    client.clear();
    onReset(receipts);
  };
  return (
    <ConfirmDialog
      open={open}
      title={i18n.t('reset.title')}
      confirmLabel={i18n.t('reset.confirm')}
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onCancel}
    >
      <p>{i18n.t(unreadable ? 'reset.goesUnreadable' : 'reset.goes')}</p>
      {draft !== null && (
        <p className="mt-2 text-warn">
          {i18n.t('disconnect.draft')} <span className="font-medium">{draft}</span>
        </p>
      )}
      <p className="mt-2">{i18n.t('reset.stays')}</p>
      {error && <ErrorNotice error={error} className="mt-3" />}
    </ConfirmDialog>
  );
}
