/** What the org holds, in the shape the API gives it: built from the rows alone, so that no code under test has a say in it. */
import { isDeepStrictEqual } from 'node:util';
import type { Org } from '../sandbox-crm/org/org.ts';

/** `/services/data/v66.0`, the newest version and so the one the CLI chooses. */
const BASE = '/services/data/v66.0';

type Row = ReturnType<Org['rows']>[number];

export interface RecordShape {
  /** What it is called in `attributes`. */
  type: string;
  fields: readonly string[];
  related?: Readonly<Record<string, { key: string; shape: RecordShape }>>;
}

/** A record as nested JSON. */
export function jsonOf(org: Org, row: Row, { type, fields, related = {} }: RecordShape): Record<string, unknown> {
  const record: Record<string, unknown> = { attributes: { type, url: `${BASE}/sobjects/${type}/${row.Id}` } };
  for (const field of fields) record[field] = row[field] ?? null;
  for (const [name, { key, shape }] of Object.entries(related)) {
    const other = org.find(shape.type, String(row[key] ?? ''));
    record[name] = other ? jsonOf(org, other, shape) : null;
  }
  return record;
}

/** A record as a line of CSV by column name, in which nothing and an empty text look the same. */
export function csvOf(row: Row, columns: Readonly<Record<string, (row: Row) => unknown>>) {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, String(value(row) ?? '')]));
}

/** Where two lists differ, the first few places only: a whole list of thousands says nothing to anybody. */
export function differences(given: readonly unknown[], expected: readonly unknown[]) {
  const found: { at: number; given: unknown; expected: unknown }[] = [];
  for (let at = 0; at < Math.max(given.length, expected.length) && found.length < 3; at++) {
    if (!isDeepStrictEqual(given[at], expected[at])) found.push({ at, given: given[at], expected: expected[at] });
  }
  return found;
}

/** Texts that a careless reader or writer of CSV gets wrong. */
export const TRICKY_TEXTS = [
  'He said "maybe", then "no"',
  'Straße, Größe, Ærø, Łódź, 東京, 👋🏽',
  'first line\nsecond line\r\nthird, after an empty one:\n\nend',
  '"',
  '""",\n"',
  ',',
  ';semicolon|pipe\ttab`back^caret',
  '\\ backslash \\n is no line end',
  "O'Brien & Söhne <b>not bold</b> %20 +",
  '=1+1',
] as const;
