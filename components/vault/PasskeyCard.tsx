import { useState } from 'react';
import { Fingerprint } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { PasskeyItem, VaultState } from '@/lib/messaging/vault-protocol';
import { useAction } from '../hooks/use-action';
import { useNow } from '../hooks/use-now';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatDay, formatMoment } from '../ui/format';
import { AddPasskey } from './AddPasskey';
import { ProtectionCard } from './ProtectionCard';
import { tellGate } from './drop-records';

/** The passkeys that open the vault beside the passphrase. */
export function PasskeyCard({ vault }: { vault: VaultState }) {
  const [removing, setRemoving] = useState<PasskeyItem | null>(null);
  return (
    <ProtectionCard icon={Fingerprint} title={i18n.t('passkeys.title')}>
      <p className="text-pretty text-muted">{i18n.t('passkeys.text')}</p>
      {vault.mode === 'device' && <p className="text-faint">{i18n.t('passkeys.needPassphrase')}</p>}
      {vault.passkeys.length > 0 && (
        <ul aria-label={i18n.t('passkeys.title')} className="divide-y divide-hairline rounded-lg border border-edge">
          {vault.passkeys.map((passkey) => (
            <li key={passkey.credentialId} className="flex items-center gap-3 py-1.5 ps-3 pe-1.5">
              <Passkey passkey={passkey} onRemove={() => setRemoving(passkey)} />
            </li>
          ))}
        </ul>
      )}
      {vault.mode === 'passphrase' && <AddPasskey vault={vault} />}
      <RemoveDialog passkey={removing} onClose={() => setRemoving(null)} />
    </ProtectionCard>
  );
}

function Passkey({ passkey, onRemove }: { passkey: PasskeyItem; onRemove: () => void }) {
  const now = useNow();
  return (
    <>
      <bdi className="min-w-0 flex-1 truncate">{passkey.name}</bdi>
      <span className="shrink-0 text-sm text-faint" title={formatMoment(passkey.createdAt)}>
        {i18n.t('passkeys.added', [formatDay(passkey.createdAt, now)])}
      </span>
      <Button look="danger-quiet" size="small" aria-label={i18n.t('passkeys.removeNamed', [passkey.name])} onClick={onRemove}>
        {i18n.t('passkeys.remove')}
      </Button>
    </>
  );
}

function RemoveDialog({ passkey, onClose }: { passkey: PasskeyItem | null; onClose: () => void }) {
  const client = useQueryClient();
  const remove = useAction('vault.removePasskey');
  const confirm = () => {
    if (passkey === null) return;
    remove.mutate(
      { credentialId: passkey.credentialId },
      {
        onSuccess: (state) => {
          onClose();
          tellGate(client, state);
        },
      },
    );
  };
  return (
    <ConfirmDialog
      open={passkey !== null}
      title={i18n.t('passkeys.removeTitle', [passkey?.name ?? ''])}
      confirmLabel={i18n.t('passkeys.remove')}
      busy={remove.isPending}
      onConfirm={confirm}
      onCancel={onClose}
    >
      <p>{i18n.t('passkeys.removeText')}</p>
      {remove.error && <ErrorNotice error={remove.error} className="mt-3" />}
    </ConfirmDialog>
  );
}
