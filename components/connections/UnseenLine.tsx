import { i18n } from '#i18n';
import { Button } from '../ui/Button';
import { useUnseen } from './use-unseen';

/** One line that a receipt waits in Options. */
export function UnseenLine({ openOptions }: { openOptions: () => void }) {
  if (useUnseen(null).length === 0) return null;
  return (
    <div className="flex shrink-0 items-center gap-2 border-b border-hairline bg-subtle py-1.5 ps-4 pe-2">
      <p className="min-w-0 flex-1 text-sm text-muted">{i18n.t('receipt.unseen')}</p>
      <Button size="small" onClick={openOptions}>
        {i18n.t('receipt.see')}
      </Button>
    </div>
  );
}
