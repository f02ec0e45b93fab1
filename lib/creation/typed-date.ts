const ISO_DAY = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const WRITTEN = /^(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})\.?$/;
const MOMENT = /^(.+?)[T\s,]+(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/;

/** In which order day, month and year stand in a locale's short date. */
function orderOf(locale: string): ('day' | 'month' | 'year')[] {
  const order = new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).formatToParts(0).map(({ type }) => type);
  return order.filter((type) => type === 'day' || type === 'month' || type === 'year');
}

function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  // 31 February would quietly become 3 March, and the years below 100 are of another century.
  const exists = year >= 1000 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

/** A two-digit year is of this century up to 79, like in every spreadsheet. */
const fullYear = (text: string) => (text.length <= 2 ? Number(text) + (Number(text) < 80 ? 2000 : 1900) : Number(text));

/** A day as people write it in `locale` (`31.12.2026`, `12/31/26`) or as ISO, as `2026-12-31`. Null when there is no such day. */
export function dayFrom(text: string, locale: string): string | null {
  const iso = ISO_DAY.exec(text.trim());
  if (iso) return isoDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const written = WRITTEN.exec(text.trim());
  if (!written) return null;
  const order = orderOf(locale);
  const part = (name: 'day' | 'month' | 'year') => written[order.indexOf(name) + 1] ?? '';
  return isoDay(fullYear(part('year')), Number(part('month')), Number(part('day')));
}

/** A moment as `2026-12-31T18:00`, or a locale's day with a time behind it, in the user's time zone; as ISO in UTC. Null when it is none. */
export function momentFrom(text: string, locale: string): string | null {
  const parts = MOMENT.exec(text.trim());
  const day = parts ? dayFrom(parts[1] ?? '', locale) : null;
  if (!parts || day === null) return null;
  const [hour, minute] = [Number(parts[2]), Number(parts[3])];
  if (hour > 23 || minute > 59) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, hour, minute).toISOString();
}
