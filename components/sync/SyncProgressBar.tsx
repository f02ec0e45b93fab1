import { i18n } from '#i18n';
import type { SyncProgress } from '@/lib/messaging/protocol';
import { formatNumber, formatPercent } from '../ui/format';
import { formatDuration } from '../ui/format-more';
import { objectsName } from './object-names';
import { shareDone } from './share-done';

interface Props {
  progress: SyncProgress;
}

/** How far a sync is. The bar is the whole run; the line below says which object is being read. */
export function SyncProgressBar({ progress }: Props) {
  const { object, done, total, secondsLeft, recordsPerSecond } = progress;
  const share = shareDone(progress);
  const counting = progress.overallTotal === 0;
  const counts = counting
    ? i18n.t('sync.counting')
    : i18n.t('sync.progress', [objectsName(object), formatNumber(done), formatNumber(Math.max(done, total))]);
  const speed = recordsPerSecond !== null && i18n.t('sync.speed', [formatNumber(Math.round(recordsPerSecond))]);
  const left = secondsLeft === null ? formatPercent(share) : i18n.t('sync.left', [formatDuration(secondsLeft)]);
  const pace = counting ? '' : [speed, left].filter(Boolean).join(' · ');
  return (
    <div>
      <div
        role="progressbar"
        aria-label={i18n.t('sync.running')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.floor(share * 100)}
        aria-valuetext={[formatPercent(share), counts, pace].filter(Boolean).join(', ')}
        className="bar h-1 overflow-hidden rounded-full bg-edge/60"
      >
        <div
          className="bar-fill h-full rounded-full bg-accent transition-[width] duration-300"
          style={{ width: `${share * 100}%` }}
        />
      </div>
      <div className="mt-1.5 flex gap-3 text-sm text-muted">
        <span className="min-w-0">{counts}</span>
        <span className="ms-auto text-end text-faint">{pace}</span>
      </div>
    </div>
  );
}
