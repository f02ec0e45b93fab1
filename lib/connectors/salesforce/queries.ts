import type { ObjectKind } from '@/lib/crm/records';
import { joined, stringLiteral } from './scope';

/** Salesforce's names for the objects, and the queries. Pure. */
export const SALESFORCE_OBJECT: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** Where a pull goes on: after a record, or from a time on. Null is from the beginning. */
export type Position = { after: { stamp: string; id: string } } | { from: string } | null;

/** A SOQL literal of an ISO time. SOQL has seconds; the milliseconds of a stamp are always zero. */
function timeLiteral(iso: string): string {
  return `${new Date(iso).toISOString().slice(0, 19)}Z`;
}

function positionCondition(position: Position): string {
  if (!position) return '';
  if ('from' in position) return `SystemModstamp >= ${timeLiteral(position.from)}`;
  const stamp = timeLiteral(position.after.stamp);
  return `(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${stringLiteral(position.after.id)}))`;
}

/**
 * The columns of a query for records with these fields, in order. The last one never holds a quote: a CSV that was cut off
 * between the two quotes of an escape in its last value would look whole.
 */
export function columnsOf(fields: readonly string[]): string[] {
  return [...new Set(['Id', ...fields, 'SystemModstamp'])];
}

function selectFrom(object: ObjectKind, fields: readonly string[], condition: string): string {
  const names = columnsOf(fields).join(', ');
  return `SELECT ${names} FROM ${SALESFORCE_OBJECT[object]}${condition ? ` WHERE ${condition}` : ''}`;
}

/**
 * Records from a position on. `ordered` by change, which a pull by pages needs to go on after the last record: ties of
 * SystemModstamp are normal (a data load stamps thousands of records alike), so the id decides among them. A Bulk job needs
 * no order, and one would only make it slower.
 */
export function recordsQuery(
  object: ObjectKind,
  fields: readonly string[],
  options: { position: Position; condition: string; ordered: boolean },
): string {
  const { position, condition, ordered } = options;
  const query = selectFrom(object, fields, joined([positionCondition(position), condition]));
  return ordered ? `${query} ORDER BY SystemModstamp ASC, Id ASC` : query;
}

/** How many records of an object meet `condition`. */
export function countQuery(object: ObjectKind, condition: string): string {
  return `SELECT COUNT() FROM ${SALESFORCE_OBJECT[object]}${condition ? ` WHERE ${condition}` : ''}`;
}

/** The ids of an object's records. */
export function idsQuery(object: ObjectKind, condition: string): string {
  return `SELECT Id FROM ${SALESFORCE_OBJECT[object]}${condition ? ` WHERE ${condition}` : ''}`;
}

/** Records by id, as they stand. */
export function byIdsQuery(object: ObjectKind, fields: readonly string[], ids: readonly string[], condition = ''): string {
  return selectFrom(object, fields, joined([`Id IN (${ids.map(stringLiteral).join(', ')})`, condition]));
}

/** The newest of the records that hang below an Account. */
export function relatedQuery(object: ObjectKind, fields: readonly string[], accountId: string, condition: string): string {
  const where = joined([`AccountId = ${stringLiteral(accountId)}`, condition]);
  return `${selectFrom(object, fields, where)} ORDER BY SystemModstamp DESC, Id ASC`;
}

/** Leads that the copy has, and Leads that changed since `since` and have an address or website at one of `domains`. */
export function leadsQuery(
  fields: readonly string[],
  options: { ids: readonly string[]; domains: readonly string[]; since: string; condition: string },
): string {
  const { ids, domains, since, condition } = options;
  const visible = (name: string) => fields.includes(name);
  const at = domains.flatMap((domain) => {
    const pattern = domain.replace(/[\\'%_]/g, '\\$&');
    return [
      ...(visible('Email') ? [`Email LIKE '%${pattern}'`] : []),
      ...(visible('Website') ? [`Website LIKE '%${pattern}%'`] : []),
    ];
  });
  const fresh = at.length > 0 ? [`(SystemModstamp >= ${timeLiteral(since)} AND (${at.join(' OR ')}))`] : [];
  const known = ids.length > 0 ? [`Id IN (${ids.map(stringLiteral).join(', ')})`] : [];
  const either = [...known, ...fresh].join(' OR ');
  return selectFrom('lead', fields, joined([either ? `(${either})` : 'Id = null', condition]));
}

/** Names of the signed-in user and the organisation. */
export function userNameQuery(userId: string): string {
  return `SELECT Name FROM User WHERE Id = ${stringLiteral(userId)} LIMIT 1`;
}
export const ORGANIZATION_QUERY = 'SELECT Id, Name FROM Organization LIMIT 1';

/** The path of a query resource, from the API's root on. */
export function queryPath(soql: string): string {
  return `/query?q=${encodeURIComponent(soql)}`;
}

/** The path of the replication resource, times in UTC with seconds. */
export function deletedPath(object: ObjectKind, from: string, to: string): string {
  const query = new URLSearchParams({ start: timeLiteral(from), end: timeLiteral(to) });
  return `/sobjects/${SALESFORCE_OBJECT[object]}/deleted/?${query}`;
}

/** The path of an object's description. */
export function describePath(object: ObjectKind): string {
  return `/sobjects/${SALESFORCE_OBJECT[object]}/describe`;
}

/** The path of a record. */
export function recordPath(object: ObjectKind, id: string): string {
  return `/sobjects/${SALESFORCE_OBJECT[object]}/${encodeURIComponent(id)}`;
}
