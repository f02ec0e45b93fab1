/** Turns a literal of a query into something a field's values can be compared with, or says why it cannot be. */
import type { LiteralType } from '@jetstreamapp/soql-parser-js';
import { toId18 } from '../org/record-id.ts';
import type { FieldDescriptor } from '../org/schema/field.ts';
import type { Value } from '../org/table.ts';
import { parseDateTime, toWireDate, toWireDateTime } from '../org/wire-time.ts';
import { dateRange } from './date-literals.ts';
import { SoqlError, notInSandbox } from './soql-error.ts';

/** One value, or for relative dates all values from `from` up to but not including `to`. */
export type Operand = { value: Value } | { from: string; to: string };

export interface Literal {
  text: string;
  type: LiteralType;
  /** The number of `LAST_N_DAYS:n`. */
  n: number;
}

const NUMERIC = new Set(['int', 'double', 'currency', 'percent']);

/** Text that compares without regard to case. */
export const isFolded = (field: FieldDescriptor) =>
  !NUMERIC.has(field.type) && !['id', 'reference', 'boolean', 'date', 'datetime'].includes(field.type);

export function toOperand(field: FieldDescriptor, { text, type, n }: Literal, now: number): Operand {
  if (type === 'NULL') return { value: field.type === 'boolean' ? false : null };
  switch (field.type) {
    case 'boolean':
      return type === 'BOOLEAN' ? { value: text.toUpperCase() === 'TRUE' } : mismatch(field, 'boolean');
    case 'date':
    case 'datetime':
      return timeOperand(field, { text, type, n }, now);
    case 'id':
    case 'reference':
      return type === 'STRING' ? { value: idOperand(unquote(text)) } : mismatch(field, 'string');
  }
  if (NUMERIC.has(field.type)) {
    const number = /^(INTEGER|DECIMAL)/.test(type) ? Number(text.replace(/^[A-Za-z]{3}/, '')) : Number.NaN;
    return Number.isNaN(number) ? mismatch(field, field.type) : { value: number };
  }
  return type === 'STRING' ? { value: unquote(text).toLowerCase() || null } : mismatch(field, 'string');
}

/** The text between the quotes, its escapes undone. `\%` and `\_` stay, for LIKE. */
export const unquote = (text: string): string =>
  text.slice(1, -1).replace(/\\([nrtbf"'\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function timeOperand(field: FieldDescriptor, { text, type, n }: Literal, now: number): Operand {
  const wire = field.type === 'date' ? toWireDate : toWireDateTime;
  if (type === 'DATE_LITERAL' || type === 'DATE_N_LITERAL') {
    const range = dateRange(text.split(':')[0] ?? '', n, now);
    if (!range) throw notInSandbox(`the date ${text}`);
    return { from: wire(range.start), to: wire(range.end) };
  }
  if (field.type === 'date') return type === 'DATE' ? { value: text } : mismatch(field, 'date');
  const ms = type === 'DATETIME' ? parseDateTime(text) : undefined;
  // Not cut to the second: a bound inside a second must exclude the stamp at its start.
  return ms === undefined ? mismatch(field, 'dateTime') : { value: `${new Date(ms).toISOString().slice(0, 23)}+0000` };
}

function idOperand(id: string): Value {
  if (id === '') return null;
  const id18 = toId18(id);
  if (!id18) throw new SoqlError('INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${id}`, id);
  return id18;
}

function mismatch(field: FieldDescriptor, type: string): never {
  const quotes = type === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  throw new SoqlError(
    'INVALID_FIELD',
    `value of filter criterion for field '${field.name}' must be of type ${type} and ${quotes}`,
    field.name,
  );
}
