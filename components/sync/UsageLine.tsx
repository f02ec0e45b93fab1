import { i18n } from '#i18n';
import type { SyncStatus } from '@/lib/messaging/protocol';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';

/** What the run cost, and what the organisation has used: its calls are shared with every other tool it has. */
export function UsageLine({ status: { running, calls, usage, lastError } }: { status: SyncStatus }) {
  const parts: string[] = [];
  if (running || calls > 0) parts.push(i18n.t(running ? 'sync.thisRun' : 'sync.lastRun', calls, [formatNumber(calls)]));
  if (usage) {
    const numbers = [formatNumber(usage.used), formatNumber(usage.max)] as const;
    parts.push(
      usage.reserve > 0
        ? i18n.t('sync.usageReserve', [...numbers, formatNumber(usage.reserve)])
        : i18n.t('sync.usage', [...numbers]),
    );
  }
  if (parts.length === 0) return null;
  const tight = lastError?.code === 'crm.limit' || lastError?.code === 'crm.reserve';
  return <p className={cx('text-sm', tight ? 'text-warn' : 'text-faint')}>{parts.join(' ')}</p>;
}
