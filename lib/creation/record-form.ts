import type { DescribedField, ObjectDescription } from '@/lib/connectors/creation-contract';
import { typedNumber } from './typed-number';

/** A field as a form shows it: `value` is the CRM's default, which comes from nowhere (`source`). */
interface RecordFormField extends Omit<DescribedField, 'defaultValue' | 'short' | 'updateable'> {
  value: string;
  source: null;
}

/** Fields of the short form by the model's name, in the order in which people fill them in. */
const USUAL_ORDER: readonly string[] = [
  'subject',
  'name',
  'firstName',
  'lastName',
  'title',
  'company',
  'accountId',
  'whoId',
  'whatId',
  'website',
  'email',
  'phone',
  'mobile',
  'stage',
  'amount',
  'closeOn',
  'dueOn',
  'priority',
  'leadSource',
  'industry',
  'type',
  'status',
];

/** What `record` itself holds under `name`: a CRM may call a field `constructor`. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/**
 * Names of the fields that stand in the short form, in their order. `choice` is what the user has chosen, or null for the usual
 * ones; a field that the CRM requires is always among them, and one that it no longer has is not.
 */
export function shortNames({ fields, modelNames }: ObjectDescription, choice: readonly string[] | null): string[] {
  const known = new Set(fields.map(({ name }) => name));
  const modelOf = new Map(Object.entries(modelNames).map(([model, name]) => [name, model]));
  const rank = ({ name }: DescribedField) => {
    const at = USUAL_ORDER.indexOf(modelOf.get(name) ?? '');
    return at === -1 ? USUAL_ORDER.length : at;
  };
  const required = fields.filter((field) => field.required);
  const usual = fields.filter((field) => field.short || field.required).sort((a, b) => rank(a) - rank(b));
  const wanted = choice?.filter((name) => known.has(name)) ?? usual.map(({ name }) => name);
  return [...new Set([...wanted, ...required.map(({ name }) => name)])];
}

/**
 * The fields of a form with the CRM's defaults, written as `locale` writes them. The short ones come first in their order, then all
 * others in the CRM's. Pure.
 */
export function formFields(description: ObjectDescription, short: readonly string[], locale: string): RecordFormField[] {
  const byName = new Map(description.fields.map((field) => [field.name, field]));
  const first = short.flatMap((name) => byName.get(name) ?? []);
  const others = description.fields.filter(({ name }) => !short.includes(name));
  return [...first, ...others].map(({ defaultValue, short: _short, updateable: _updateable, ...field }) => {
    const value = field.type === 'number' ? typedNumber(defaultValue, locale) : defaultValue;
    return { ...field, value, source: null };
  });
}

/** What a record is called by what was typed: its name or subject, or a person's first and last name. Empty when none was. */
export function recordName({ modelNames }: ObjectDescription, typed: Readonly<Record<string, string>>): string {
  const text = (model: string) => (own(typed, own(modelNames, model) ?? '') ?? '').trim();
  const person = [text('firstName'), text('lastName')].filter((part) => part !== '').join(' ');
  return person || text('subject') || text('name') || text('company');
}
