import { TriangleAlert } from 'lucide-react';
import { i18n } from '#i18n';
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { AccountView, Liveness } from '@/lib/messaging/account-protocol';
import { useNow } from '../hooks/use-now';
import { sentenceOf } from '../ui/sentence';
import { cx } from '../ui/class-names';
import { formatAgo, formatMoment, formatNumber } from '../ui/format';

interface Props {
  view: Pick<AccountView, 'syncedAt' | 'stale' | 'crmLabel' | 'live'>;
}

const DOTS = { stored: 'bg-edge-strong', asking: 'bg-accent breathe', live: 'bg-good', failed: 'bg-warn' } as const;

/** How old what is shown is: the copy's time until the CRM has been heard. Old data says so in words, not by colour alone. */
export function FreshnessLine({ view }: Props) {
  const { live, stale, syncedAt } = view;
  const now = useNow();
  const warn = stale && live.state !== 'live';
  const moment = live.state === 'live' ? live.at : syncedAt;
  const sentence = live.code === null ? null : sentenceOf(new AppError(live.code));
  return (
    <p
      className={cx('flex min-w-0 items-center gap-1.5 text-sm', warn ? 'text-warn' : 'text-faint')}
      title={sentence ?? (moment === null ? undefined : formatMoment(moment))}
    >
      <span aria-hidden="true" className="shrink-0">
        {warn ? (
          <TriangleAlert className="size-3.5" strokeWidth={1.75} />
        ) : (
          <span className={cx('block size-1.5 rounded-full', DOTS[live.state])} />
        )}
      </span>
      <span className="line-clamp-2 min-w-0">{freshnessWords(view, now)}</span>
      {sentence !== null && <span className="sr-only">{sentence}</span>}
    </p>
  );
}

/** The line in words. What the CRM said a moment ago needs no time of the copy; a reason needs no warning besides. */
export function freshnessWords({ syncedAt, stale, crmLabel, live }: Props['view'], now: number): string {
  if (live.state === 'live') {
    const said = i18n.t('live.now', [crmLabel, formatAgo(live.at ?? '', now)]);
    return live.gone > 0 ? `${said} · ${i18n.t('live.gone', live.gone, [formatNumber(live.gone)])}` : said;
  }
  const remark = remarkOf(live, crmLabel);
  if (syncedAt === null) return [i18n.t('sync.firstRunning', [crmLabel]), remark].filter(Boolean).join(' · ');
  const ago = formatAgo(syncedAt, now);
  if (remark !== null) return `${i18n.t('sync.synced', [ago])} · ${remark}`;
  return i18n.t(stale ? 'sync.stale' : 'sync.synced', [ago]);
}

function remarkOf({ state, code }: Liveness, crmLabel: string): string | null {
  if (state === 'asking') return i18n.t('live.asking', [crmLabel]);
  return state === 'failed' ? shortReason(code, crmLabel) : null;
}

/** Room for a few words; the whole sentence is the tooltip, and is read out. */
function shortReason(code: ErrorCode | null, crmLabel: string): string {
  if (code === 'crm.limit' || code === 'crm.reserve') return i18n.t('live.calls');
  if (code === 'auth.reconnect' || code === 'auth.damaged') return i18n.t('live.login');
  if (code === 'crm.offline' || code === 'crm.timeout' || code === 'crm.unavailable')
    return i18n.t('live.unreachable', [crmLabel]);
  return i18n.t('live.failed', [crmLabel]);
}

/** Says once what the CRM's answer changed. That it changed nothing is no news. */
export function LiveAnnouncer({ live: { state, changed, gone } }: Pick<AccountView, 'live'>) {
  const news = [
    changed > 0 && i18n.t('live.changed', changed, [formatNumber(changed)]),
    gone > 0 && i18n.t('live.gone', gone, [formatNumber(gone)]),
  ];
  return (
    <p role="status" className="sr-only">
      {state === 'live' ? news.filter(Boolean).join(', ') : ''}
    </p>
  );
}
