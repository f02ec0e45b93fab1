import type { DescribedField, ObjectDescription } from '@/lib/connectors/connector';
import type { Suggestion, SuggestionSource } from './page-prefill';

export interface LeadFormField {
  name: string;
  label: string;
  type: DescribedField['type'];
  required: boolean;
  maxLength: number | null;
  options: { value: string; label: string }[];
  value: string;
  source: SuggestionSource | null;
}

/** Why the text in a field cannot be sent. */
export type FieldProblem = { kind: 'required' } | { kind: 'too-long'; most: number } | { kind: 'not-a-number' };

/** The short form, in the order people fill it in; a field the user may not see is simply not in the description. */
const SHORT_FORM = ['FirstName', 'LastName', 'Title', 'Company', 'Website', 'Email', 'Phone', 'LeadSource', 'Status'];

/** What `record` itself holds under `name`: a CRM may call a field `constructor`. */
const own = <T>(record: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** The first `length` units of `text`, less a character that they would cut in half. */
const cut = (text: string, length: number | null) => text.slice(0, length ?? undefined).replace(/[\uD800-\uDBFF]$/, '');

/** The form's fields: the short form and whatever else this CRM requires, with what the site suggests filled in. */
export function leadFormFields(description: ObjectDescription, suggestions: Record<string, Suggestion>): LeadFormField[] {
  const byName = new Map(description.fields.map((field) => [field.name, field]));
  const short = SHORT_FORM.flatMap((name) => byName.get(name) ?? []);
  const others = description.fields.filter((field) => field.required && !SHORT_FORM.includes(field.name));
  return [...short, ...others].map(({ defaultValue, ...field }) => {
    const suggestion = own(suggestions, field.name);
    const value = suggestion ? cut(suggestion.value, field.maxLength) : defaultValue;
    return { ...field, value, source: suggestion?.source ?? null };
  });
}

/**
 * What was typed as the CRM takes it: empty fields are left out, checkboxes and numbers get their type. `problems` holds the
 * fields that cannot be sent, so that bad input never costs a call.
 */
export function leadValues(
  description: ObjectDescription,
  typed: Record<string, string>,
): { values: Record<string, string | number | boolean>; problems: Record<string, FieldProblem> } {
  const values: Record<string, string | number | boolean> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const field of description.fields) {
    const text = own(typed, field.name)?.trim().toWellFormed() ?? '';
    if (text === '') {
      if (field.required) problems[field.name] = { kind: 'required' };
      continue;
    }
    if (field.maxLength !== null && text.length > field.maxLength) {
      problems[field.name] = { kind: 'too-long', most: field.maxLength };
    } else if (field.type === 'checkbox') values[field.name] = text === 'true';
    else if (field.type === 'number') {
      const number = Number(text);
      if (Number.isFinite(number)) values[field.name] = number;
      else problems[field.name] = { kind: 'not-a-number' };
    } else values[field.name] = text;
  }
  return { values, problems };
}
