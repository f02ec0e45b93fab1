/** Endings of countries that are sold to everybody, so that they say nothing of where a company is. */
const SOLD = new Set('io co ai tv me cc ws to fm ly gg sh ac la vc tk ml ga cf gq so st nu in bz am im is eu su'.split(' '));
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pl', 'pt'];

let codes: Map<string, string> | null = null;

/** Names of countries by the languages pages are written in, in small letters. */
function namesOfCountries(): Map<string, string> {
  const shown = LANGUAGES.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'none' }));
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  // Codes of countries that are no more stand for those that took their place.
  const all = letters.flatMap((one) => letters.map((two) => new Intl.Locale(`und-${one}${two}`).region ?? ''));
  const named = [...new Set(all)].flatMap((code) => shown.map((names) => [names.of(code)?.toLowerCase(), code] as const));
  return new Map(named.filter((pair): pair is readonly [string, string] => pair[0] !== undefined));
}

/** The ISO code of a country by its code or its name in one of the usual languages, or null. Pure. */
export function countryCode(country: string): string | null {
  codes ??= namesOfCountries();
  const text = country.trim();
  if (/^[a-z]{2}$/i.test(text)) {
    const code = new Intl.Locale(`und-${text}`).region ?? '';
    return [...codes.values()].includes(code) ? code : null;
  }
  if (/^usa$/i.test(text)) return 'US';
  return codes.get(text.toLowerCase()) ?? null;
}

/**
 * Countries that a page may be of, likeliest first: of the address it gives, of its language, of the ending of its domain. English
 * comes last: builders of sites write `en-US` for everybody. Pure.
 */
export function pageCountries(address: string, lang: string, domain: string): string[] {
  const region = /^([a-z]{2,3})[-_](?:[a-z]{4}[-_])?([a-z]{2})$/i.exec(lang);
  const ofLanguage = region ? countryCode(region[2] ?? '') : null;
  const ending = domain.split('.').at(-1) ?? '';
  const ofEnding = ending === 'uk' ? 'GB' : SOLD.has(ending) || ending.length !== 2 ? null : countryCode(ending);
  const isEnglish = region?.[1]?.toLowerCase() === 'en';
  const guessed = isEnglish ? [ofEnding, ofLanguage] : [ofLanguage, ofEnding];
  return [...new Set([countryCode(address), ...guessed])].filter((code) => code !== null);
}
