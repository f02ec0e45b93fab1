/** Formats that only Sidelight's own pages need: apart from format.ts, which is loaded into the pages that are visited. */
import { i18n } from '#i18n';
import { once } from './format';

export function formatBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const unit = units[step] ?? 'byte';
  const options = {
    style: 'unit',
    unit,
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 ? 0 : 1,
  } as const;
  return once(`bytes ${unit}`, (locale) => new Intl.NumberFormat(locale, options)).format(bytes / 1000 ** step);
}

/** A rough length of time: `40 sec`, `3 min`, `2 hr`. */
export function formatDuration(seconds: number): string {
  const [value, unit] =
    seconds < 60
      ? ([Math.max(1, Math.round(seconds)), 'second'] as const)
      : seconds < 5400
        ? ([Math.round(seconds / 60), 'minute'] as const)
        : ([Math.round(seconds / 3600), 'hour'] as const);
  return once(
    `duration ${unit}`,
    (locale) => new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
  ).format(value);
}

/** Joins names as the language of the texts does: `Leads, Tasks and Opportunities`. */
export function formatList(names: readonly string[]): string {
  return new Intl.ListFormat(i18n.t('language'), { type: 'conjunction' }).format(names);
}
