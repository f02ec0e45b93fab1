import { parsePhoneNumberFromString, type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import type { Suggestion } from '@/lib/prefill/suggestion';

/**
 * A number as it is dialled from everywhere (`+49 30 5550100`), or null for what is none in any of the countries. Longer texts are
 * none; the library is fetched with the form's own code alone (see use-prefill.ts).
 */
export function phoneNumber(text: string, countries: readonly string[]): string | null {
  if (text.length > 60) return null;
  const places: (CountryCode | undefined)[] = [...countries.filter((code) => isSupportedCountry(code)), undefined];
  for (const place of places) {
    const number = parsePhoneNumberFromString(text.replace(/\(0\)/, ' '), place);
    if (number?.isValid()) return number.formatInternational() + (number.ext ? ` ext. ${number.ext}` : '');
  }
  return null;
}

/** The first that is a number, as `phoneNumber` writes it. What somebody has marked or typed stays as it stands when it is none. */
export function firstPhone(found: readonly Suggestion[], countries: readonly string[]): Suggestion | null {
  for (const one of found) {
    const value = phoneNumber(one.value, countries);
    if (value !== null) return { ...one, value };
    if (one.source === 'text') return one;
  }
  return null;
}
