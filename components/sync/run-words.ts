import { i18n } from '#i18n';
import type { RunSummary } from '@/lib/messaging/protocol';
import { formatNumber } from '../ui/format';
import { COPIED, objectsName } from './object-names';

/** How long a run took; null when it never said that it ended. */
export function secondsOf({ startedAt, endedAt }: RunSummary): number | null {
  const seconds = endedAt === null ? Number.NaN : (Date.parse(endedAt) - Date.parse(startedAt)) / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

/** What a run brought and took, an object each (`12 Contacts (3 deleted)`), in the order of the page. What stayed is left out. */
export function changesOf({ objects }: RunSummary): string[] {
  return COPIED.flatMap((kind) => {
    const found = objects.find(({ object }) => object === kind);
    if (!found || (found.received === 0 && found.deleted === 0)) return [];
    const [came, went, name] = [formatNumber(found.received), formatNumber(found.deleted), objectsName(kind)];
    if (found.deleted === 0) return [i18n.t('history.came', [came, name])];
    return [found.received === 0 ? i18n.t('history.went', [went, name]) : i18n.t('history.both', [came, name, went])];
  });
}
