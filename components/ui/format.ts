/** Numbers, money, days and times in the user's own way of writing. Time comes in by argument. */
import { i18n } from '#i18n';
import type { Money } from '@/lib/messaging/site-protocol';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The browser's locale when it speaks the language of our texts (so `en-GB` writes its own dates), else the language
 * of the texts: a French date inside an English sentence helps nobody.
 */
export function displayLocale(): string {
  const texts = i18n.t('language');
  const own = typeof navigator === 'undefined' ? texts : navigator.language;
  return own.toLowerCase().startsWith(texts.toLowerCase()) ? own : texts;
}

const made = new Map<string, unknown>();

/** Making an Intl formatter costs more than using it, and a list has a hundred rows. */
export function once<T>(key: string, make: (locale: string) => T): T {
  const locale = displayLocale();
  const full = `${locale} ${key}`;
  if (!made.has(full)) made.set(full, make(locale));
  return made.get(full) as T;
}

export function formatNumber(value: number): string {
  return once('number', (locale) => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })).format(value);
}

export function formatPercent(share: number): string {
  return once('percent', (locale) => new Intl.NumberFormat(locale, { style: 'percent' })).format(share);
}

/** Whole units from 1,000 up: cents of a deal are noise. A currency the browser refuses is written behind the number. */
export function formatMoney({ amount, currency }: Money): string {
  const digits = Number.isInteger(amount) || Math.abs(amount) >= 1000 ? 0 : 2;
  if (currency === null) return formatNumber(digits === 0 ? Math.round(amount) : amount);
  try {
    const options = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
    return once(`money ${currency} ${digits}`, (locale) => new Intl.NumberFormat(locale, options)).format(amount);
  } catch {
    return `${formatNumber(Math.round(amount))} ${currency}`;
  }
}

function parseDay(day: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  if (!parts) return null;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  // `2026-02-31` would quietly become 3 March.
  return new Date(time).getUTCDate() === Number(parts[3]) && new Date(time).getUTCMonth() + 1 === Number(parts[2]) ? time : null;
}

/** `2026-05-01` → `1 May`, with the year when it is another one than now. A date has no time zone, so none is applied. */
export function formatDay(day: string, now: number): string {
  const time = parseDay(day);
  if (time === null) return day;
  const sameYear = new Date(time).getUTCFullYear() === new Date(now).getFullYear();
  const base = { timeZone: 'UTC', day: 'numeric', month: 'short' } as const;
  const options = sameYear ? base : ({ ...base, year: 'numeric' } as const);
  return once(`day ${sameYear}`, (locale) => new Intl.DateTimeFormat(locale, options)).format(time);
}

/** Whole days from the user's today to `day`: negative when past. Null when it is no date. */
export function daysUntil(day: string, now: number): number | null {
  const time = parseDay(day);
  if (time === null) return null;
  const today = new Date(now);
  return Math.round((time - Date.UTC(today.getFullYear(), today.getMonth(), today.getDate())) / DAY);
}

/** Near days in words (`tomorrow`, `3 days ago`), others as a date. */
export function formatNearDay(day: string, now: number): string {
  const days = daysUntil(day, now);
  if (days === null || Math.abs(days) > 6) return formatDay(day, now);
  return once('days', (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })).format(days, 'day');
}

/** `3h ago`, `in 21h`; under a minute `just now`. */
export function formatAgo(iso: string, now: number): string {
  const distance = Date.parse(iso) - now;
  if (Number.isNaN(distance)) return '';
  const size = Math.abs(distance);
  if (size < MINUTE) return i18n.t('time.now');
  const format = once('ago', (locale) => new Intl.RelativeTimeFormat(locale, { style: 'narrow', numeric: 'always' }));
  if (size < HOUR) return format.format(Math.round(distance / MINUTE), 'minute');
  if (size < DAY) return format.format(Math.round(distance / HOUR), 'hour');
  return format.format(Math.round(distance / DAY), 'day');
}

/** A moment in full, for tooltips and the receipt. */
export function formatMoment(iso: string): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  return once('moment', (locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })).format(time);
}
