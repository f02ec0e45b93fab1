import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitsOf, numberFrom, typedNumber } from '@/lib/creation/typed-number';

describe('a typed number', () => {
  it.each([
    ['de', '1.234,56', 1234.56],
    ['de', '1234,56', 1234.56],
    ['de', '1.234', 1234],
    ['de', '12.345.678', 12_345_678],
    ['de', '0,5', 0.5],
    ['de', ',5', 0.5],
    ['de', '1.234,56 €', 1234.56],
    ['de', 'EUR 1.234', 1234],
    ['de', '-1.234,5', -1234.5],
    ['de-CH', '1’234.56', 1234.56],
    ['de-CH', "1'234.56", 1234.56],
    ['en', '1,234.56', 1234.56],
    ['en', '1234', 1234],
    ['en', '$1,234.56', 1234.56],
    ['en', '−3', -3],
    ['fr', '1\u202f234,56', 1234.56],
    ['fr', '1 234,56', 1234.56],
    ['en', '1.', 1],
    ['en', '0', 0],
    ['en', '-0', 0],
  ])('in %s: "%s" is %d', (locale, text, number) => expect(numberFrom(text, locale)).toBe(number));

  it.each([
    ['de', '1.5', 'a decimal point where groups are separated by one: fifteen or one and a half?'],
    ['de', '1.23.456', 'groups of other than three'],
    ['en', '1,5', 'a decimal comma where groups are separated by one'],
    ['en', '1,2345', 'a group of four'],
    ['en', '1.2.3', 'two points'],
    ['en', 'twelve', 'a word'],
    ['en', '1e5', 'what only programs write'],
    ['en', '', 'nothing'],
    ['en', '.', 'a point alone'],
    ['en', '0x10', 'what only programs write'],
    ['en', 'Infinity', 'no number of a record'],
  ])('in %s: "%s" is refused: %s', (locale, text) => expect(numberFrom(text, locale)).toBeNull());

  it.each(['en', 'de', 'de-CH', 'fr', 'sv', 'pl', 'it'])('means the same in %s as Intl writes it', (locale) => {
    const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (cents) => {
        const number = cents / 100;
        expect(numberFrom(format.format(number), locale)).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  it('comes into a field as it would be typed there', () => {
    expect([typedNumber('1500.5', 'de'), typedNumber('1500.5', 'en'), typedNumber('none', 'de')]).toEqual([
      '1500,5',
      '1500.5',
      'none',
    ]);
  });

  it.each([
    [1234.56, 4, 2],
    [0.125, 0, 3],
    [0, 0, 0],
    [-7, 1, 0],
  ])('%d has %d digits in front of the point and %d behind it', (number, whole, fraction) =>
    expect(digitsOf(number)).toEqual({ whole, fraction }),
  );
});
