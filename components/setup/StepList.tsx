import { Check } from 'lucide-react';
import { i18n } from '#i18n';
import type { SetupStep } from '@/lib/messaging/protocol';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';
import { STEPS } from './use-setup-step';

/** The four steps, each of which can be gone to at any time. */
export function StepList({ step, onGo }: { step: SetupStep; onGo: (step: SetupStep) => void }) {
  const found = STEPS.findIndex(({ id }) => id === step);
  const at = found < 0 ? STEPS.length : found;
  return (
    <nav aria-label={i18n.t('setup.steps')}>
      <ol className="-ms-2 flex flex-wrap gap-x-1 gap-y-0.5">
        {STEPS.map(({ id, name }, index) => (
          <li key={id}>
            <button
              type="button"
              aria-current={index === at ? 'step' : undefined}
              onClick={() => onGo(id)}
              className={cx(
                'flex h-8 items-center gap-2 rounded-md px-2 transition-colors hover:bg-hover',
                index === at ? 'bg-hover font-medium' : 'text-muted hover:text-ink',
              )}
            >
              <span
                aria-hidden="true"
                className={cx(
                  'flex size-5 items-center justify-center rounded-full text-xs font-medium',
                  index === at ? 'bg-accent text-on-accent' : index < at ? 'bg-accent-soft text-accent' : 'bg-hover text-muted',
                )}
              >
                {index < at ? <Check className="size-3" strokeWidth={2.5} /> : formatNumber(index + 1)}
              </span>
              {name()}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
