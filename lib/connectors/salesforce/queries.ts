import type { ObjectKind } from '@/lib/crm/records';

/** Salesforce's names for the objects and for the fields that are copied, in one place. */
export const SALESFORCE_OBJECT: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/** The fields that are copied when the user may see them: those that views show, match or sort by, and no others. `Id` and `SystemModstamp` are always asked for. */
export const COPIED_FIELDS: Record<ObjectKind, readonly string[]> = {
  user: ['Name'],
  account: [
    'Name',
    'Website',
    'Industry',
    'Type',
    'Phone',
    'BillingCity',
    'BillingCountry',
    'OwnerId',
    'CurrencyIsoCode',
    'LastActivityDate',
  ],
  contact: ['AccountId', 'Name', 'Title', 'Email', 'Phone', 'MobilePhone', 'DoNotCall', 'HasOptedOutOfEmail', 'LastActivityDate'],
  lead: ['Name', 'Company', 'Title', 'Email', 'Phone', 'Website', 'Status', 'IsConverted', 'DoNotCall', 'HasOptedOutOfEmail'],
  opportunity: ['AccountId', 'Name', 'StageName', 'Amount', 'CurrencyIsoCode', 'CloseDate', 'Probability', 'IsClosed', 'IsWon'],
  task: ['AccountId', 'WhoId', 'WhatId', 'Subject', 'Status', 'Priority', 'ActivityDate', 'IsClosed'],
};

/** Only people of the organisation: an org may have thousands of portal users, whose names nobody needs here. */
const SCOPE: Partial<Record<ObjectKind, string>> = { user: "UserType = 'Standard'" };

/** Where a pull goes on: after a record, or from a time on. Null is from the beginning. */
export type Position = { after: { stamp: string; id: string } } | { from: string } | null;

/** A SOQL literal of an ISO time. SOQL has seconds; the milliseconds of a stamp are always zero. */
function timeLiteral(iso: string): string {
  const date = new Date(iso);
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** A SOQL string literal; ids come from the CRM but are quoted all the same. */
function stringLiteral(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

function condition(position: Position): string | null {
  if (!position) return null;
  if ('from' in position) return `SystemModstamp >= ${timeLiteral(position.from)}`;
  const stamp = timeLiteral(position.after.stamp);
  return `(SystemModstamp > ${stamp} OR (SystemModstamp = ${stamp} AND Id > ${stringLiteral(position.after.id)}))`;
}

/**
 * The query that pulls an object in order of change. Ties of SystemModstamp are normal (a data load stamps thousands of
 * records alike), so the id decides among them.
 */
export function changesQuery(object: ObjectKind, fields: readonly string[], position: Position): string {
  const where = [condition(position), SCOPE[object]].filter((part) => part !== null && part !== undefined).join(' AND ');
  const select = ['Id', 'SystemModstamp', ...fields].join(', ');
  return `SELECT ${select} FROM ${SALESFORCE_OBJECT[object]}${where ? ` WHERE ${where}` : ''} ORDER BY SystemModstamp ASC, Id ASC`;
}

/** The query that counts an object. */
export function countQuery(object: ObjectKind): string {
  const scope = SCOPE[object];
  return `SELECT COUNT() FROM ${SALESFORCE_OBJECT[object]}${scope ? ` WHERE ${scope}` : ''}`;
}

/** One record as it stands. */
export function recordQuery(object: ObjectKind, fields: readonly string[], id: string): string {
  return `SELECT ${['Id', 'SystemModstamp', ...fields].join(', ')} FROM ${SALESFORCE_OBJECT[object]} WHERE Id = ${stringLiteral(id)} LIMIT 1`;
}

/** Names of the signed-in user and the organisation. */
export function userNameQuery(userId: string): string {
  return `SELECT Name FROM User WHERE Id = ${stringLiteral(userId)} LIMIT 1`;
}
export const ORGANIZATION_QUERY = 'SELECT Id, Name FROM Organization LIMIT 1';

/** Paths of the replication resources, times in UTC with seconds. */
export function deletedPath(object: ObjectKind, from: string, to: string): string {
  const query = new URLSearchParams({ start: timeLiteral(from), end: timeLiteral(to) });
  return `/sobjects/${SALESFORCE_OBJECT[object]}/deleted/?${query}`;
}
