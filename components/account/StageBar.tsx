import { i18n } from '#i18n';
import type { OpportunityItem } from '@/lib/messaging/account-protocol';
import { cx } from '../ui/class-names';
import { formatNumber, formatPercent } from '../ui/format';

/** More steps than this cannot be told apart in so little room. */
const MOST_STEPS = 14;

/**
 * How far a deal is: where its stage stands among those of the org, else how likely the CRM calls it. The words say which;
 * the bar is for the eye alone.
 */
export function StageBar({ position, probability }: Pick<OpportunityItem, 'position' | 'probability'>) {
  if (position !== null) {
    const [at, of] = [formatNumber(position.at), formatNumber(position.of)];
    return (
      <Bar title={i18n.t('sidebar.stageOf', [at, of])} words={i18n.t('sidebar.stageShort', [at, of])}>
        {position.of <= MOST_STEPS ? (
          <span className="flex gap-px">
            {Array.from({ length: position.of }, (_, step) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: steps have nothing else
                key={step}
                className={cx('bar h-1.5 w-1 rounded-xs', step < position.at ? 'bar-fill bg-accent' : 'bg-edge/60')}
              />
            ))}
          </span>
        ) : (
          <Length share={position.at / position.of} />
        )}
      </Bar>
    );
  }
  if (probability === null) return null;
  const share = Math.min(100, Math.max(0, probability)) / 100;
  return (
    <Bar title={i18n.t('opportunity.probability')} words={formatPercent(share)}>
      <Length share={share} />
    </Bar>
  );
}

function Bar({ title, words, children }: { title: string; words: string; children: React.ReactNode }) {
  return (
    <span className="flex shrink-0 items-center gap-1.5" title={title}>
      <span aria-hidden="true">{children}</span>
      <span className="sr-only">{title}</span>
      <span className="whitespace-nowrap">{words}</span>
    </span>
  );
}

function Length({ share }: { share: number }) {
  return (
    <span className="bar block h-1 w-9 overflow-hidden rounded-full bg-edge/60">
      <span className="bar-fill block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
    </span>
  );
}
