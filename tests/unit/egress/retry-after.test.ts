import { afterEach, describe, expect, it, vi } from 'vitest';
import { retryAfter } from '@/lib/egress/egress';

const NOW = Date.UTC(1994, 10, 6, 8, 49, 0);
const DAY = 86_400_000;

describe('the wait that a server asks for', () => {
  it.each([
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5_000],
    ['86400', DAY],
  ])('given seconds, %j is %i ms', (header, wait) => {
    expect(retryAfter(header, NOW)).toBe(wait);
  });

  it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
    'given a date in the form %j, is what is left until then',
    (header) => {
      expect(retryAfter(header, NOW)).toBe(37_000);
    },
  );

  describe('in another time zone than the server', () => {
    afterEach(() => {
      vi.unstubAllEnvs();
    });

    it('given a date that names no zone, takes it for GMT', () => {
      vi.stubEnv('TZ', 'America/New_York');
      expect(new Date(NOW).getTimezoneOffset()).toBe(300);
      expect(retryAfter('Sun Nov  6 08:49:37 1994', NOW)).toBe(37_000);
    });
  });

  it('given a date that has passed, is over', () => {
    expect(retryAfter('Sun, 06 Nov 1994 08:48:00 GMT', NOW)).toBe(0);
  });

  it.each(['86401', '9'.repeat(400), 'Sun, 06 Nov 2094 08:49:37 GMT'])('given %s, is a day at most', (header) => {
    expect(retryAfter(header, NOW)).toBe(DAY);
  });

  it.each([
    undefined,
    '',
    ' ',
    '-1',
    '1e3',
    '0x10',
    'NaN',
    'soon',
    'in 5 minutes',
    'Sun',
    'Sun, 99 Foo 1994 99:99:99 GMT',
    '1994-11-06',
  ])('given %j, is not known', (header) => {
    expect(retryAfter(header, NOW)).toBeUndefined();
  });

  it('counts from the clock when no time is given', () => {
    expect(retryAfter(new Date(0).toUTCString())).toBe(0);
  });
});
