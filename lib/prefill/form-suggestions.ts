import type { CreatableObject } from '@/lib/connectors/creation-contract';
import { leadFromText } from './lead-from-text';
import type { PageSite } from './own-host';
import { pageCountries } from './page-country';
import { pageSuggestions, type PageSuggestions } from './page-suggestions';
import type { PageText } from './page-text';
import type { Suggestion } from './suggestion';

/** What a form may be filled from: the site in front and what its page says, or a text that was marked or typed. */
export interface FormOccasion {
  site: PageSite | null;
  page: PageText | null;
  text: string | null;
}

const PERSON = ['firstName', 'lastName', 'title', 'email'];
const ADDRESS = ['street', 'city', 'postalCode', 'state', 'country', 'countryCode'];
/** What each form takes of it; a Task and an Opportunity are about what somebody does. */
const WANTED: Record<CreatableObject, readonly string[]> = {
  lead: [...PERSON, 'company', 'website', ...ADDRESS],
  contact: PERSON,
  account: ['name', 'website', ...ADDRESS],
  opportunity: [],
  task: [],
};

/**
 * Suggestions for a form by the model's names of its fields. A text counts alone: it says whom somebody means. `locale`: in whose
 * words a country is written. Pure.
 */
export function formSuggestions(object: CreatableObject, occasion: FormOccasion, locale: string): PageSuggestions {
  const { values, phones, countries } = found(occasion);
  const code = values.countryCode;
  const country = code && new Intl.DisplayNames([locale], { type: 'region' }).of(code.value);
  const all: Record<string, Suggestion | undefined> = {
    ...values,
    name: values.company,
    country: code && country ? { ...code, value: country } : undefined,
  };
  const wanted = WANTED[object];
  const kept = Object.entries(all).flatMap(([name, one]) => (one && wanted.includes(name) ? [[name, one] as const] : []));
  return { values: Object.fromEntries(kept), phones: wanted.length > 0 ? phones : [], countries };
}

function found({ site, page, text }: FormOccasion): PageSuggestions {
  if (text === null) return site ? pageSuggestions(page, site) : { values: {}, phones: [], countries: [] };
  const { Phone, ...rest } = leadFromText(text);
  const values = Object.fromEntries(
    Object.entries(rest).map(([name, one]) => [name.charAt(0).toLowerCase() + name.slice(1), one]),
  );
  return { values, phones: Phone ? [Phone] : [], countries: site ? pageCountries('', '', site.domain) : [] };
}

/** Of a form: its fields, and their names by the model's. */
interface FormFields {
  fields: readonly { name: string; maxLength: number | null }[];
  names: Readonly<Record<string, string>>;
}

/** Suggestions by the CRM's own names of the fields, cut to what they hold. Where a country is chosen from a list, only its code goes. Pure. */
export function suggestedFields(
  { fields, names }: FormFields,
  suggestions: Readonly<Record<string, Suggestion>>,
): Record<string, Suggestion> {
  const isChosen = Object.hasOwn(names, 'countryCode');
  const named = Object.entries(suggestions).flatMap(([model, one]) => {
    if (isChosen && (model === 'country' || model === 'state')) return [];
    const name = Object.hasOwn(names, model) ? names[model] : undefined;
    const field = fields.find((other) => other.name === name);
    const value = field ? one.value.slice(0, field.maxLength ?? undefined).replace(/[\uD800-\uDBFF]$/, '') : '';
    return field && value !== '' ? [[field.name, { ...one, value }] as const] : [];
  });
  return Object.fromEntries(named);
}
