import type { RecordForm } from '@/lib/messaging/creation-protocol';
import type { Suggestion } from '@/lib/prefill/suggestion';

/**
 * `form` with values that were found, each with where it is from. What was typed lies in the draft and counts before them; what the
 * form was opened for, the record it is linked to, stays.
 */
export function withPrefill(form: RecordForm, values: Readonly<Record<string, Suggestion>>): RecordForm {
  const fields = form.fields.map((field) => {
    const found = Object.hasOwn(values, field.name) && !Object.hasOwn(form.labels, field.name) ? values[field.name] : undefined;
    return found ? { ...field, ...found } : field;
  });
  return { ...form, fields };
}
