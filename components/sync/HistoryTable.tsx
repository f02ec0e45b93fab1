import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { RunSummary } from '@/lib/messaging/protocol';
import { AppError } from '@/lib/shared/errors';
import { useNow } from '../hooks/use-now';
import { Badge } from '../ui/Badge';
import { sentenceOf } from '../ui/sentence';
import { cx } from '../ui/class-names';
import { formatAgo, formatMoment, formatNumber } from '../ui/format';
import { formatDuration, formatList } from '../ui/format-more';
import { changesOf, secondsOf } from './run-words';

const TONES = { ok: 'good', failed: 'danger', interrupted: 'warn' } as const;
const COLUMNS = ['when', 'why', 'changes', 'calls', 'took', 'outcome'] as const;
const NUMBERS: readonly string[] = ['calls', 'took'];

/** The runs as they came, newest first. */
export function HistoryTable({ runs }: { runs: RunSummary[] }) {
  const now = useNow();
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={i18n.t('history.title')}
      className="max-h-80 overflow-auto rounded-lg border border-hairline"
    >
      <table className="w-full min-w-[32rem] text-sm">
        <thead className="sticky top-0 bg-subtle">
          <tr>
            {COLUMNS.map((column) => (
              <th
                key={column}
                scope="col"
                className={cx(
                  'px-2 py-1.5 font-medium text-muted first:ps-3 last:pe-3',
                  NUMBERS.includes(column) ? 'text-end' : 'text-start',
                )}
              >
                {i18n.t(`history.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline">
          {runs.map((run) => (
            <Run key={run.startedAt} run={run} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Run({ run, now }: { run: RunSummary; now: number }) {
  const seconds = secondsOf(run);
  const changes = changesOf(run);
  const sentence = run.outcome === 'failed' && run.code !== null ? sentenceOf(new AppError(run.code)) : null;
  return (
    <tr>
      <Cell>
        <time dateTime={run.startedAt} title={formatMoment(run.startedAt)} className="whitespace-nowrap">
          {formatAgo(run.startedAt, now)}
        </time>
      </Cell>
      <Cell className="whitespace-nowrap text-muted">{i18n.t(`history.${run.why}`)}</Cell>
      <Cell className="w-full">
        {changes.length > 0 && formatList(changes)}
        {changes.length === 0 && sentence === null && <span className="text-faint">{i18n.t('history.nothing')}</span>}
        {run.skipped > 0 && <p className="text-warn">{i18n.t('history.skipped', run.skipped, [formatNumber(run.skipped)])}</p>}
        {run.refused > 0 && <p className="text-warn">{i18n.t('history.refused', run.refused, [formatNumber(run.refused)])}</p>}
        {run.renewed > 0 && <p className="text-warn">{i18n.t('history.renewed', run.renewed, [formatNumber(run.renewed)])}</p>}
        {sentence !== null && <p className="text-muted">{sentence}</p>}
      </Cell>
      <Cell className="text-end">{formatNumber(run.calls)}</Cell>
      <Cell className="text-end whitespace-nowrap">{seconds === null ? '–' : formatDuration(seconds)}</Cell>
      <Cell>
        <Badge tone={TONES[run.outcome]}>{i18n.t(`history.${run.outcome}`)}</Badge>
      </Cell>
    </tr>
  );
}

function Cell({ className, children }: { className?: string; children: ReactNode }) {
  return <td className={cx('px-2 py-1.5 align-top first:ps-3 last:pe-3', className)}>{children}</td>;
}
