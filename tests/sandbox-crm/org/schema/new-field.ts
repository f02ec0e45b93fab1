/** A custom field as an administrator adds it to an object that already has records. */
import {
  checkbox,
  currency,
  date,
  dateTime,
  double,
  email,
  integer,
  longText,
  percent,
  phone,
  picklist,
  reference,
  text,
  textArea,
  url,
} from './field-kinds.ts';
import type { FieldDescriptor, FieldOptions } from './field.ts';

const PLAIN = { boolean: checkbox, currency, date, datetime: dateTime, double, email, int: integer, percent, phone, url };

/** What differs from an ordinary field of its type may be given by the descriptor's own keys, as `nillable`. */
export interface NewField extends Omit<FieldOptions, 'picklistValues'> {
  /** Ends in `__c`. */
  name: string;
  label: string;
  /** As describe calls it; a text area longer than 255 is a long one. */
  type: keyof typeof PLAIN | 'string' | 'textarea' | 'picklist' | 'reference';
  /** Of a picklist. */
  values?: readonly string[];
}

export function newField({ name, label, type, values = [], ...more }: NewField): FieldDescriptor {
  if (!/^[a-z]\w*__c$/i.test(name)) throw new Error(`The name of a custom field ends in __c: ${name}`);
  switch (type) {
    case 'string':
      return text(name, label, more.length ?? 255, more);
    case 'textarea':
      return ((more.length ?? 255) > 255 ? longText : textArea)(name, label, more);
    case 'picklist':
      return picklist(name, label, values, more);
    case 'reference':
      return reference(name, label, more.referenceTo ?? ['Account'], name.replace(/c$/, 'r'), more);
    default:
      return PLAIN[type](name, label, more);
  }
}
