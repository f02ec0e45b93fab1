import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { SYNC_HOURS, type SyncHours, type SyncSchedule as Schedule } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';

/** How often the copies are brought up to date; when next stands with each connection. */
export function SyncSchedule() {
  const client = useQueryClient();
  const { data, error } = useRequest('sync.schedule', {});
  const every = useAction('sync.every');
  if (!data) return error && <ErrorNotice error={error} />;
  const shown = every.isPending ? every.variables.hours : data.hours;
  const hint = data.holds < data.hours ? `${shorter(data)} ${i18n.t('schedule.text')}` : i18n.t('schedule.text');
  const choose = (hours: SyncHours) =>
    every.mutate(
      { hours },
      {
        async onSuccess(now) {
          client.setQueryData(['sync.schedule', {}], now);
          await client.invalidateQueries({ queryKey: ['connections.list'] });
        },
      },
    );
  return (
    <section className="rounded-xl border border-hairline px-5 py-4">
      <Labelled label={i18n.t('schedule.label')} hint={hint}>
        {(wiring) => (
          <select
            {...wiring}
            value={String(shown)}
            onChange={(event) => {
              const hours = SYNC_HOURS.find((one) => String(one) === event.target.value);
              if (hours) choose(hours);
            }}
            className={cx(CONTROL_LOOK, 'h-7 max-w-56 px-1')}
          >
            {SYNC_HOURS.map((hours) => (
              <option key={hours} value={String(hours)}>
                {intervalName(hours)}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      {every.error && <ErrorNotice error={every.error} className="mt-2" />}
    </section>
  );
}

const shorter = ({ holds, keepDays }: Schedule) =>
  i18n.t('schedule.shorter', keepDays, [formatNumber(keepDays), formatNumber(holds)]);

function intervalName(hours: SyncHours): string {
  if (hours === 24) return i18n.t('schedule.daily');
  return hours === 168 ? i18n.t('schedule.weekly') : i18n.t('schedule.every', hours);
}
