import { i18n } from '#i18n';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { formatPercent } from '../ui/format';

const STEPS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

interface Props {
  reserve: number;
  onChange: (reserve: number) => void;
}

/** The part of the organisation's calls that syncs never touch. */
export function ReserveChoice({ reserve, onChange }: Props) {
  const steps = STEPS.includes(reserve) ? STEPS : [...STEPS, reserve].sort((a, b) => a - b);
  return (
    <Labelled
      label={<span className="text-base text-ink">{i18n.t('selection.reserve')}</span>}
      hint={i18n.t('selection.reserveHint')}
    >
      {(wiring) => (
        <select
          {...wiring}
          value={String(reserve)}
          onChange={(event) => onChange(Number(event.target.value))}
          className={cx(CONTROL_LOOK, 'h-7 max-w-24 px-1')}
        >
          {steps.map((step) => (
            <option key={step} value={String(step)}>
              {formatPercent(step)}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
