/** Salesforce's relative dates, as the half-open range of time each of them covers. */
import { DAY } from '../org/wire-time.ts';

export interface TimeRange {
  /** Milliseconds, included. */
  start: number;
  /** Milliseconds, not included. */
  end: number;
}

/** @param literal such as `TODAY` or `LAST_N_DAYS` @param n the number after the colon @returns undefined when unknown */
export function dateRange(literal: string, n: number, now: number): TimeRange | undefined {
  const today = Math.floor(now / DAY) * DAY;
  const days = (from: number, to: number): TimeRange => ({ start: today + from * DAY, end: today + to * DAY });
  // Weeks begin on Sunday, as in the en_US locale of the org.
  const weekday = new Date(today).getUTCDay();
  const weeks = (from: number, to: number) => days(from * 7 - weekday, to * 7 - weekday);
  const months = (from: number, to: number): TimeRange => ({ start: monthStart(today, from), end: monthStart(today, to) });
  const quarter = -(new Date(today).getUTCMonth() % 3);
  const quarters = (from: number, to: number) => months(quarter + from * 3, quarter + to * 3);
  const year = -new Date(today).getUTCMonth();
  const years = (from: number, to: number) => months(year + from * 12, year + to * 12);
  const ranges: Readonly<Record<string, TimeRange>> = {
    YESTERDAY: days(-1, 0),
    TODAY: days(0, 1),
    TOMORROW: days(1, 2),
    LAST_WEEK: weeks(-1, 0),
    THIS_WEEK: weeks(0, 1),
    NEXT_WEEK: weeks(1, 2),
    LAST_MONTH: months(-1, 0),
    THIS_MONTH: months(0, 1),
    NEXT_MONTH: months(1, 2),
    LAST_90_DAYS: days(-90, 1),
    NEXT_90_DAYS: days(1, 91),
    LAST_QUARTER: quarters(-1, 0),
    THIS_QUARTER: quarters(0, 1),
    NEXT_QUARTER: quarters(1, 2),
    LAST_YEAR: years(-1, 0),
    THIS_YEAR: years(0, 1),
    NEXT_YEAR: years(1, 2),
    LAST_N_DAYS: days(-n, 1),
    NEXT_N_DAYS: days(1, n + 1),
    N_DAYS_AGO: days(-n, 1 - n),
    LAST_N_WEEKS: weeks(-n, 0),
    NEXT_N_WEEKS: weeks(1, n + 1),
    LAST_N_MONTHS: months(-n, 0),
    NEXT_N_MONTHS: months(1, n + 1),
    LAST_N_QUARTERS: quarters(-n, 0),
    LAST_N_YEARS: years(-n, 0),
  };
  return ranges[literal.toUpperCase()];
}

function monthStart(today: number, offset: number): number {
  const date = new Date(today);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + offset, 1);
}
