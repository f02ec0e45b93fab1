import { describe, expect, it } from 'vitest';
import { dayFrom, momentFrom } from '@/lib/creation/typed-date';

describe('a typed day', () => {
  it.each([
    ['en', '2026-12-31', '2026-12-31'],
    ['de', '31.12.2026', '2026-12-31'],
    ['de', '1.2.26', '2026-02-01'],
    ['de', '31. 12. 2026', '2026-12-31'],
    ['en-US', '12/31/2026', '2026-12-31'],
    ['en-GB', '31/12/2026', '2026-12-31'],
    ['en-US', '2/1/99', '1999-02-01'],
    ['sv', '2026-02-01', '2026-02-01'],
  ])('in %s: "%s" is %s', (locale, text, day) => expect(dayFrom(text, locale)).toBe(day));

  it.each([
    ['de', '31.02.2026'],
    ['en-US', '31/12/2026'],
    ['en', 'tomorrow'],
    ['en', '2026-13-01'],
    ['en', '0001-01-01'],
    ['en', ''],
  ])('in %s: "%s" is none', (locale, text) => expect(dayFrom(text, locale)).toBeNull());
});

describe('a typed moment', () => {
  it('is one of the user’s own time zone', () => {
    const expected = new Date(2026, 11, 31, 18, 30).toISOString();
    expect(momentFrom('2026-12-31T18:30', 'en')).toBe(expected);
    expect(momentFrom('31.12.2026, 18:30', 'de')).toBe(expected);
  });

  it.each(['2026-12-31', '2026-12-31T24:10', '2026-02-30T10:00', 'noon'])('"%s" is none', (text) =>
    expect(momentFrom(text, 'en')).toBeNull(),
  );
});
