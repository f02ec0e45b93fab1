/** What separates digits in a locale's way of writing numbers. */
interface Separators {
  decimal: string;
  group: string;
}

function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.8);
  const part = (type: string) => parts.find((one) => one.type === type)?.value;
  return { decimal: part('decimal') ?? '.', group: part('group') ?? ',' };
}

/** Spaces of every width and apostrophes group digits in some country, and mean nothing else inside a number. */
const NEUTRAL_GROUPS = /[\s\u00a0\u2009\u202f'’]/g;
/** A currency's sign or code in front of a number or behind it. */
const CURRENCY = /^(?:\p{Sc}|[A-Z]{3}(?=[\s\d.,+-]))\s*|\s*(?:\p{Sc}|(?<=[\s\d])[A-Z]{3})$/gu;
const MINUS = /^[\u2212\u2013-]/;

/**
 * A number as people write it in `locale`: `1.234,56` in German is `1,234.56` in English, with or without a currency. Null when
 * it is none, and also when groups stand where none can: `1.5` in German is more likely a slip than fifteen.
 */
export function numberFrom(text: string, locale: string): number | null {
  const { decimal, group } = separatorsOf(locale);
  const isNegative = MINUS.test(text.trim());
  const bare = text.trim().replace(MINUS, '').trim().replace(CURRENCY, '').replace(NEUTRAL_GROUPS, '');
  const [whole = '', fraction, ...more] = bare.split(decimal);
  if (more.length > 0) return null;
  const groups = whole.split(group);
  const areGroups = groups.every((digits, index) => (index === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(digits));
  if (groups.length > 1 && !areGroups) return null;
  const digits = groups.join('');
  if (!/^\d*$/.test(digits) || !/^\d*$/.test(fraction ?? '')) return null;
  if (digits === '' && (fraction ?? '') === '') return null;
  const number = Number(`${digits === '' ? '0' : digits}.${fraction || '0'}`);
  return isNegative && number !== 0 ? -number : number;
}

/** A number of the CRM (`1500.5`) as it is typed in `locale`, without groups; text that is no number stays as it is. */
export function typedNumber(value: string, locale: string): string {
  return /^-?\d+(?:\.\d+)?$/.test(value) ? value.replace('.', separatorsOf(locale).decimal) : value;
}

/** Whether a number has at most so many digits before the point and behind it; a CRM cuts off or refuses what is more. */
export function digitsOf(value: number): { whole: number; fraction: number } {
  const [whole = '', fraction = ''] = Math.abs(value)
    .toLocaleString('en', { useGrouping: false, maximumFractionDigits: 20 })
    .split('.');
  return { whole: whole === '0' ? 0 : whole.length, fraction: fraction.length };
}
