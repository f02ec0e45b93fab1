import type { CreateValue, CreateValues, NewRecord } from '../creation-contract';
import { type CreatedRow, createdRow } from './api-schemas';
import { typedValues } from './sent-values';
import { SALESFORCE_OBJECT } from './queries';
import { allRows } from './requests';
import type { SalesforceClient } from './client';
import { stringLiteral } from './scope';

/** Clocks of the CRM's machines are this far apart at most. */
const MARGIN_MS = 60_000;
/** Longer texts are not compared: a CRM may cut them or write their lines anew. */
const LONGEST = 255;

/**
 * Records like `record` that this user has created since `since`, the oldest first. Values are compared here and not in the
 * query: a field that cannot be filtered by, or is encrypted, would make Salesforce refuse it. One call for up to two thousand.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function findCreated(client: SalesforceClient, record: NewRecord, since: string): Promise<string[]> {
  const { userId } = await client.session();
  const from = new Date(Date.parse(since) - MARGIN_MS).toISOString();
  const found: string[] = [];
  for await (const rows of allRows(client, `${createdQuery(record, userId, from)} ORDER BY CreatedDate ASC, Id ASC`)) {
    found.push(...likeRows(record, rows).map(({ Id }) => Id));
  }
  return found;
}

/** The query for what this user has created of an object since `from`, with the fields that `record` fills. Pure. */
export function createdQuery(record: NewRecord, userId: string, from: string): string {
  const names = ['Id', 'CreatedDate', ...Object.keys(comparable(record))].join(', ');
  const stamp = `${new Date(from).toISOString().slice(0, 19)}Z`;
  const where = `CreatedById = ${stringLiteral(userId)} AND CreatedDate >= ${stamp}`;
  return `SELECT ${names} FROM ${SALESFORCE_OBJECT[record.object]} WHERE ${where}`;
}

/** Those of the query's rows that hold what was sent. Pure. */
export function likeRows(record: NewRecord, rows: readonly unknown[]): CreatedRow[] {
  const sent = Object.entries(comparable(record));
  return rows.flatMap((row) => {
    const parsed = createdRow.safeParse(row);
    return parsed.success && sent.every(([name, value]) => isSame(value, parsed.data[name])) ? [parsed.data] : [];
  });
}

/** What is sent and comes back as it is, but for how it is written. */
function comparable(record: NewRecord): CreateValues {
  return Object.fromEntries(
    Object.entries(typedValues(record)).filter(
      ([name, value]) =>
        value !== null &&
        name !== 'Description' &&
        !(typeof value === 'string' && (value.length > LONGEST || /[\r\n]/.test(value))),
    ),
  );
}

function isSame(sent: CreateValue, held: unknown): boolean {
  if (typeof sent === 'number') return typeof held === 'number' && Math.abs(sent - held) <= Math.abs(sent) * 1e-9;
  if (typeof sent === 'boolean') return held === sent;
  if (typeof sent !== 'string' || typeof held !== 'string') return (held ?? null) === sent;
  if (plain(sent) === plain(held)) return true;
  if (isId(sent) && isId(held)) return sent.slice(0, 15) === held.slice(0, 15);
  const moment = /^\d{4}-\d\d-\d\dT/;
  return moment.test(sent) && moment.test(held) && second(sent) === second(held);
}

/** Salesforce trims texts, and some kinds of field are kept in small letters. */
const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLowerCase();
const isId = (text: string): boolean => /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(text);
const second = (moment: string): number => Math.floor(Date.parse(moment) / 1000);
