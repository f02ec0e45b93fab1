import { i18n } from '#i18n';
import type { ProtectionChange } from '@/lib/messaging/vault-protocol';
import { formatPercent } from '../ui/format';

/** How far the encryption with the new key is. Null: it is about to begin. */
export function ChangeProgress({ change }: { change: ProtectionChange | null }) {
  const share = Math.min(1, Math.max(0, change?.share ?? 0));
  return (
    <div>
      <div
        role="progressbar"
        aria-label={i18n.t('protection.changing')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        className="bar h-1 overflow-hidden rounded-full bg-edge/60"
      >
        <div
          className="bar-fill h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <div className="mt-1.5 flex gap-3 text-sm text-muted">
        <span className="min-w-0">{i18n.t('protection.changing')}</span>
        <span className="ms-auto shrink-0 text-faint">{formatPercent(Math.floor(share * 100) / 100)}</span>
      </div>
      <p className="mt-1 text-sm text-faint">{i18n.t('protection.changingText')}</p>
    </div>
  );
}
