import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('navigator', { language: 'en-US' });

const { formatBytes, formatDuration } = await import('@/components/ui/format-more');
const { daysUntil, formatAgo, formatDay, formatMoney, formatNearDay } = await import('@/components/ui/format');

const NOW = new Date(2026, 4, 12, 9, 30).getTime();
const ageOf = (ms: number) => new Date(NOW - ms).toISOString();

describe('money', () => {
  it.each([
    [{ amount: 482_000, currency: 'USD' }, '$482,000'],
    [{ amount: 12_345.67, currency: 'EUR' }, '€12,346'],
    [{ amount: 99.5, currency: 'USD' }, '$99.50'],
    [{ amount: 1_000, currency: null }, '1,000'],
    [{ amount: 1_000, currency: 'not a currency' }, '1,000 not a currency'],
  ])('%j gives %j', (money, text) => expect(formatMoney(money)).toBe(text));
});

describe('days', () => {
  it('counts from the day of the user, not from the hour', () => {
    expect(daysUntil('2026-05-12', new Date(2026, 4, 12, 0, 0, 1).getTime())).toBe(0);
    expect(daysUntil('2026-05-12', new Date(2026, 4, 12, 23, 59, 59).getTime())).toBe(0);
    expect(daysUntil('2026-05-13', NOW)).toBe(1);
    expect(daysUntil('2026-05-08', NOW)).toBe(-4);
  });

  it.each([['soon'], ['2026-02-31'], ['0000-99-99'], ['']])('takes %j for no date', (day) =>
    expect(daysUntil(day, NOW)).toBeNull(),
  );

  it.each([
    ['2026-05-29', 'May 29'],
    ['2027-01-15', 'Jan 15, 2027'],
    ['soon', 'soon'],
  ])('%j is written %j', (day, text) => expect(formatDay(day, NOW)).toBe(text));

  it.each([
    ['2026-05-12', 'today'],
    ['2026-05-13', 'tomorrow'],
    ['2026-05-08', '4 days ago'],
    ['2026-05-19', 'May 19'],
  ])('near days: %j is %j', (day, text) => expect(formatNearDay(day, NOW)).toBe(text));
});

describe('ages, lengths and sizes', () => {
  it.each([
    [ageOf(20_000), 'just now'],
    [ageOf(3 * 60_000), '3m ago'],
    [ageOf(3 * 3_600_000), '3h ago'],
    [ageOf(76 * 3_600_000), '3d ago'],
    [ageOf(-21 * 3_600_000), 'in 21h'],
    ['no time', ''],
  ])('%s is %j', (iso, text) => expect(formatAgo(iso, NOW)).toBe(text));

  it.each([
    [0.2, '1 sec'],
    [96, '2 min'],
    [7_200, '2 hr'],
  ])('%d seconds are %j', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  it.each([
    [0, '0 bytes'],
    [999, '999 bytes'],
    [18_734_112, '18.7 MB'],
  ])('%d bytes are %j', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
