import { i18n } from '#i18n';
import type { BackupChange } from '@/lib/messaging/backup-protocol';
import type { OverlayMode } from '@/lib/messaging/overlay-protocol';
import type { SitePreset } from '@/lib/messaging/site-protocol';
import { presetName } from '../sites/preset-names';
import { objectsName } from '../sync/object-names';
import { formatNumber } from '../ui/format';
import { formatList } from '../ui/format-more';
import { readable } from '../ui/text';

const overlayName = (mode: OverlayMode) => i18n.t(`overlay.${mode}Title`);
const listed = (names: string[]) => (names.length === 0 ? i18n.t('settings.nothing') : formatList(names));
const presets = (kinds: SitePreset[]) => listed(kinds.map(presetName));
const percent = (share: number) => `${formatNumber(Math.round(share * 100))} %`;
const numbers = ({ from, to }: { from: number; to: number }) => ({ from: formatNumber(from), to: formatNumber(to) });

const ageName = (days: number | null) =>
  days === null ? i18n.t('selection.closedNever') : i18n.t('selection.closedAfter', days);

type FieldChange = Extract<BackupChange, { setting: 'fields' }>;

function fieldWords({ object, leftOut, copiedAgain, added, dropped, held }: FieldChange): string[] {
  const of = (fields: string[]) => ({ object: objectsName(object), fields: formatList(fields.map(readable)) });
  if (held) return [i18n.t('settings.fieldsHeld', of(added))];
  return [
    leftOut.length > 0 ? i18n.t('settings.fieldsLeftOut', of(leftOut)) : '',
    copiedAgain.length > 0 ? i18n.t('settings.fieldsAgain', of(copiedAgain)) : '',
    added.length > 0 ? i18n.t('settings.fieldsAdded', of(added)) : '',
    dropped.length > 0 ? i18n.t('settings.fieldsDropped', of(dropped)) : '',
  ].filter((line) => line !== '');
}

/** What a change would do, a line for each thing. */
export function changeWords(change: BackupChange): string[] {
  switch (change.setting) {
    case 'idleMinutes':
      return [i18n.t('settings.idle', numbers(change))];
    case 'keepDays':
      return [i18n.t('settings.keep', numbers(change))];
    case 'syncHours':
      return [i18n.t('settings.sync', numbers(change))];
    case 'overlay':
      return [i18n.t('settings.overlay', { from: overlayName(change.from), to: overlayName(change.to) })];
    case 'sidebar':
      return [i18n.t('settings.sidebar')];
    case 'tab':
      return [i18n.t('settings.tab')];
    case 'never':
      return [i18n.t('settings.never', { from: presets(change.from), to: presets(change.to) })];
    case 'objects': {
      if (change.held) return [i18n.t('settings.objectsHeld', { objects: listed(change.to.map(objectsName)) })];
      const [from, to] = [change.from, change.to].map((objects) => listed(objects.map(objectsName)));
      return [i18n.t('settings.objects', { from: from ?? '', to: to ?? '' })];
    }
    case 'fields':
      return fieldWords(change);
    case 'owner':
      return [i18n.t(change.to === 'mine' ? 'settings.ownerMine' : 'settings.ownerAll')];
    case 'withWebsite':
      return [i18n.t(change.to ? 'settings.websiteOnly' : 'settings.websiteAny')];
    case 'optedOut':
      return [i18n.t(change.to ? 'settings.optedOutLeft' : 'settings.optedOutCopied')];
    case 'closedTasks':
      return [i18n.t('settings.closedTasks', { from: ageName(change.from), to: ageName(change.to) })];
    case 'reserve':
      return [i18n.t('settings.reserve', { from: percent(change.from), to: percent(change.to) })];
  }
}
