import { Fingerprint } from 'lucide-react';
import { i18n } from '#i18n';
import { Button } from '../ui/Button';

/** Alone it asks for nothing: a view that the prompt would close leads by it to one that stays. */
export function PasskeyButton({ busy = false, onClick }: { busy?: boolean; onClick: () => void }) {
  return (
    <Button size="large" busy={busy} onClick={onClick} className="w-full">
      <Fingerprint aria-hidden="true" className="size-4" strokeWidth={1.75} />
      {i18n.t('vault.usePasskey')}
    </Button>
  );
}
