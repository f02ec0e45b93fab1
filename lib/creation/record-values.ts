import type { CreateValue, DescribedField, ObjectDescription, RecordType } from '@/lib/connectors/creation-contract';
import { offeredOptions, valuesOfMany } from '@/lib/shared/picklist';
import { dayFrom, momentFrom } from './typed-date';
import { digitsOf, numberFrom } from './typed-number';

/** Why the text in a field cannot be sent. */
export type FieldProblem =
  | { kind: 'required' | 'not-a-number' | 'not-a-date' | 'not-a-moment' | 'not-an-email' | 'not-an-option' | 'not-a-record' }
  | { kind: 'too-long' | 'too-many-decimals' | 'too-many-digits'; most: number };

type Checked = { value: CreateValue } | { problem: FieldProblem };

const EMAIL = /^[^\s@<>(),;:"]+@[^\s@<>(),;:".]+(?:\.[^\s@<>(),;:".]+)+$/;
/** Ids of every CRM are short words; a name that was typed and not chosen is none. */
const RECORD_ID = /^[\w-]{1,64}$/;

/** What `record` itself holds under `name`: a CRM may call a field `constructor`. */
const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

const refused = (kind: Exclude<FieldProblem, { most: number }>['kind']): Checked => ({ problem: { kind } });

function checkedNumber(field: DescribedField, text: string, locale: string): Checked {
  const value = numberFrom(text, locale);
  if (value === null) return refused('not-a-number');
  const { whole, fraction } = digitsOf(value);
  if (field.digits && fraction > field.digits.fraction) {
    return { problem: { kind: 'too-many-decimals', most: field.digits.fraction } };
  }
  if (field.digits && whole > field.digits.whole) return { problem: { kind: 'too-many-digits', most: field.digits.whole } };
  return { value };
}

function checked(field: DescribedField, text: string, offered: readonly { value: string }[], locale: string): Checked {
  const isOffered = (value: string) => !field.restricted || offered.some((option) => option.value === value);
  const orProblem = (value: string | null, kind: 'not-a-date' | 'not-a-moment'): Checked =>
    value === null ? refused(kind) : { value };
  switch (field.type) {
    case 'checkbox':
      return { value: text === 'true' };
    case 'number':
      return checkedNumber(field, text, locale);
    case 'date':
      return orProblem(dayFrom(text, locale), 'not-a-date');
    case 'moment':
      return orProblem(momentFrom(text, locale), 'not-a-moment');
    case 'picklist':
      return isOffered(text) ? { value: text } : refused('not-an-option');
    case 'multi-picklist':
      return valuesOfMany(text).every(isOffered) ? { value: valuesOfMany(text).join(';') } : refused('not-an-option');
    case 'reference':
      return RECORD_ID.test(text) ? { value: text } : refused('not-a-record');
    case 'email':
      return EMAIL.test(text) ? { value: text } : refused('not-an-email');
    default:
      return { value: text };
  }
}

/**
 * What was typed as the CRM takes it, by field name. Empty fields are left out, but for one whose default of the CRM was emptied,
 * which is sent as null. `problems` holds the fields that cannot be sent, so that bad input never costs a call. Numbers and dates
 * are read as `locale` writes them. What is typed into fields that the description does not name is dropped.
 */
export function recordValues(
  description: ObjectDescription,
  recordTypeId: string | null,
  typed: Readonly<Record<string, string>>,
  locale: string,
): { values: Record<string, CreateValue>; problems: Record<string, FieldProblem> } {
  const values: Record<string, CreateValue> = {};
  const problems: Record<string, FieldProblem> = {};
  const recordType: RecordType | null = description.recordTypes.find(({ id }) => id === recordTypeId) ?? null;
  for (const field of description.fields) {
    const text = own(typed, field.name)?.trim().toWellFormed() ?? '';
    if (text === '') {
      if (field.required && field.type !== 'checkbox') problems[field.name] = { kind: 'required' };
      else if (field.defaultValue !== '' && own(typed, field.name) !== undefined) values[field.name] = null;
      continue;
    }
    if (field.maxLength !== null && text.length > field.maxLength) {
      problems[field.name] = { kind: 'too-long', most: field.maxLength };
      continue;
    }
    const result = checked(field, text, offeredOptions(field, recordType, typed), locale);
    if ('problem' in result) problems[field.name] = result.problem;
    else values[field.name] = result.value;
  }
  return { values, problems };
}
