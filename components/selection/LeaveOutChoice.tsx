import { i18n } from '#i18n';
import { Checkbox } from '../ui/Checkbox';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import type { Selection } from './selection-draft';

type LeaveOut = Selection['leaveOut'];

const AGES = [30, 90, 180, 365, 730];

interface Props {
  leaveOut: LeaveOut;
  onChange: (leaveOut: LeaveOut) => void;
}

/** What is left out of the copy although its kind is wanted: nobody needs it here, or somebody has asked not to be contacted. */
export function LeaveOutChoice({ leaveOut, onChange }: Props) {
  const { optedOut, closedTaskDays } = leaveOut;
  const ages = closedTaskDays === null || AGES.includes(closedTaskDays) ? AGES : [...AGES, closedTaskDays].sort((a, b) => a - b);
  return (
    <section className="space-y-3">
      <h3 className="font-medium">{i18n.t('selection.leaveOut')}</h3>
      <Checkbox
        checked={optedOut}
        onChange={(on) => onChange({ ...leaveOut, optedOut: on })}
        label={i18n.t('selection.optedOut')}
        description={i18n.t('selection.optedOutText')}
      />
      <Labelled
        label={<span className="text-base text-ink">{i18n.t('selection.closedTasks')}</span>}
        hint={i18n.t('selection.closedTasksHint')}
      >
        {(wiring) => (
          <select
            {...wiring}
            value={closedTaskDays === null ? 'never' : String(closedTaskDays)}
            onChange={({ target }) =>
              onChange({ ...leaveOut, closedTaskDays: target.value === 'never' ? null : Number(target.value) })
            }
            className={cx(CONTROL_LOOK, 'h-7 max-w-56 px-1')}
          >
            {ages.map((days) => (
              <option key={days} value={String(days)}>
                {i18n.t('selection.closedAfter', days)}
              </option>
            ))}
            <option value="never">{i18n.t('selection.closedNever')}</option>
          </select>
        )}
      </Labelled>
    </section>
  );
}
