import { useId, useState } from 'react';
import { i18n } from '#i18n';
import type { LogItem } from '@/lib/messaging/privacy-protocol';
import { AppError } from '@/lib/shared/errors';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { objectsName } from '../sync/object-names';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';
import { formatMoment, formatNumber } from '../ui/format';
import { formatList } from '../ui/format-more';
import { saveFile } from '../ui/save-file';
import { sentenceOf } from '../ui/sentence';
import { actName, deedText } from './words';

const FIRST = 8;

interface Props {
  connectionId: string;
  name: string;
  /** There is no other connection, so that it need not be named. */
  alone: boolean;
}

/** What Sidelight has done with one connection, the newest first: counts and hosts, never contents. */
export function LogPart({ connectionId, name, alone }: Props) {
  const id = useId();
  const [all, setAll] = useState(false);
  const log = useRequest('privacy.log', { connectionId });
  const saved = useAction('privacy.exportLog');
  const save = () =>
    saved.mutate(
      { connectionId },
      { onSuccess: (file) => saveFile('sidelight-processing-log.json', 'application/json', JSON.stringify(file, null, 2)) },
    );
  const entries = [...(log.data?.entries ?? [])].reverse();
  const shown = all ? entries : entries.slice(0, FIRST);
  const broken = log.data?.brokenAt ?? null;
  const error = log.error ?? saved.error;
  return (
    <section aria-labelledby={id}>
      <div className="flex items-center gap-2">
        <h2 id={id} className="flex-1 text-lg font-semibold">
          {i18n.t('privacy.log.title')}
          {!alone && (
            <span className="ms-2 font-normal text-muted">
              <CrmText text={name} />
            </span>
          )}
        </h2>
        <Button size="small" busy={saved.isPending} off={entries.length === 0} onClick={save} className="print:hidden">
          {i18n.t('privacy.log.save')}
        </Button>
      </div>
      <p className="mt-1 text-pretty text-muted">{i18n.t('privacy.log.text')}</p>
      {error && <ErrorNotice error={error} className="mt-3" />}
      {broken !== null && (
        <Notice tone="danger" className="mt-3">
          {i18n.t('privacy.log.broken', [formatNumber(broken)])}
        </Notice>
      )}
      {log.data && entries.length === 0 && <p className="mt-2 text-faint">{i18n.t('privacy.log.none')}</p>}
      <ol className="mt-3 divide-y divide-hairline rounded-lg border border-hairline empty:hidden">
        {shown.map((entry) => (
          <Entry key={entry.n} entry={entry} />
        ))}
      </ol>
      {entries.length > FIRST && !all && (
        <Button look="quiet" size="small" className="mt-2" onClick={() => setAll(true)}>
          {i18n.t('privacy.log.more', [formatNumber(entries.length)])}
        </Button>
      )}
    </section>
  );
}

function Entry({ entry: { n, at, act, code, records, calls } }: { entry: LogItem }) {
  // That Accounts were received is what looking at them means.
  const deeds = (act === 'looked' ? [] : records).map(({ object, deed, count }) =>
    deedText(deed, objectsName(object), formatNumber(count)),
  );
  const total = calls.reduce((sum, { count }) => sum + count, 0);
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-3 py-1.5 text-sm">
      <span className="w-6 text-end text-faint tabular-nums">{n}</span>
      <span className="min-w-0 flex-1">
        <span className="font-medium">{actName(act)}</span>
        {deeds.length > 0 && <span className="text-muted"> · {formatList(deeds)}</span>}
        {total > 0 && <span className="text-muted"> · {i18n.t('privacy.hosts.calls', total, [formatNumber(total)])}</span>}
        {code && <span className="block text-muted">{sentenceOf(new AppError(code))}</span>}
      </span>
      <time dateTime={at} className="text-faint">
        {formatMoment(at)}
      </time>
    </li>
  );
}
