import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';

const CHOICES = [7, 30, 90, 365, 0];

/** How long a copy is kept that no sync brings up to date any more. */
export function RetentionPart() {
  const client = useQueryClient();
  const { data, error } = useRequest('privacy.retention', {});
  const retain = useAction('privacy.retain');
  const most = usePolicy()?.maxKeepDays ?? null;
  if (!data) return error && <ErrorNotice error={error} />;
  const shown = retain.isPending ? retain.variables.keepDays : data.keepDays;
  const allowed = CHOICES.filter((days) => most === null || (days !== 0 && days <= most));
  const choices = allowed.includes(shown) ? allowed : [shown, ...allowed];
  return (
    <section aria-labelledby="retention" className="print:hidden">
      <h2 id="retention" className="text-lg font-semibold">
        {i18n.t('privacy.retention.title')}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-pretty text-muted">{i18n.t('privacy.retention.text')}</p>
      <Labelled label={i18n.t('privacy.retention.label')}>
        {(wiring) => (
          <select
            {...wiring}
            value={String(shown)}
            onChange={(event) =>
              retain.mutate(
                { keepDays: Number(event.target.value) },
                { onSuccess: (now) => client.setQueryData(['privacy.retention', {}], now) },
              )
            }
            className={cx(CONTROL_LOOK, 'h-7 max-w-56 px-1')}
          >
            {choices.map((days) => (
              <option key={days} value={String(days)}>
                {days === 0 ? i18n.t('privacy.retention.never') : i18n.t('privacy.retention.after', days)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {most !== null && <SetByOrganisation className="mt-1" text={i18n.t('policy.keep', most)} />}
      {retain.error && <ErrorNotice error={retain.error} className="mt-2" />}
    </section>
  );
}
