import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import type { Row } from '../../sandbox-crm/org/table.ts';
import type { Sandbox } from '../../sandbox-crm/sandbox.ts';

const SALESFORCE: Record<ObjectKind, string> = {
  user: 'User',
  account: 'Account',
  contact: 'Contact',
  lead: 'Lead',
  opportunity: 'Opportunity',
  task: 'Task',
};

/**
 * Where each copied field comes from, written down once more, not taken from the product. `lastActivityOn` is left out: the
 * CRM changes it without moving the record's stamp, so that a copy may be behind.
 */
const COPIED: Record<ObjectKind, Readonly<Record<string, string>>> = {
  user: { name: 'Name' },
  account: {
    name: 'Name',
    website: 'Website',
    industry: 'Industry',
    type: 'Type',
    phone: 'Phone',
    city: 'BillingCity',
    country: 'BillingCountry',
    ownerId: 'OwnerId',
    parentId: 'ParentId',
    currency: 'CurrencyIsoCode',
  },
  contact: {
    accountId: 'AccountId',
    name: 'Name',
    title: 'Title',
    department: 'Department',
    email: 'Email',
    phone: 'Phone',
    mobile: 'MobilePhone',
    ownerId: 'OwnerId',
    doNotCall: 'DoNotCall',
    emailOptOut: 'HasOptedOutOfEmail',
  },
  lead: {
    name: 'Name',
    company: 'Company',
    title: 'Title',
    email: 'Email',
    phone: 'Phone',
    website: 'Website',
    status: 'Status',
    ownerId: 'OwnerId',
    converted: 'IsConverted',
    doNotCall: 'DoNotCall',
    emailOptOut: 'HasOptedOutOfEmail',
  },
  opportunity: {
    accountId: 'AccountId',
    name: 'Name',
    stage: 'StageName',
    amount: 'Amount',
    currency: 'CurrencyIsoCode',
    closeOn: 'CloseDate',
    probability: 'Probability',
    closed: 'IsClosed',
    won: 'IsWon',
    ownerId: 'OwnerId',
  },
  task: {
    accountId: 'AccountId',
    whoId: 'WhoId',
    whatId: 'WhatId',
    subject: 'Subject',
    status: 'Status',
    priority: 'Priority',
    dueOn: 'ActivityDate',
    closed: 'IsClosed',
    ownerId: 'OwnerId',
  },
};
const FLAGS = new Set(['converted', 'doNotCall', 'emailOptOut', 'closed', 'won']);

/** Names of the model's fields that are compared. */
export const comparedFields = (object: ObjectKind): string[] => Object.keys(COPIED[object]);

/** A record as it should be: its stamp and the compared fields, in their order. */
type Expected = readonly unknown[];

/** What a copy of these objects has to hold: no portal users, no converted Leads. By id. */
export function orgContent({ org }: Sandbox, wanted: ReadonlySet<ObjectKind>): Record<ObjectKind, Map<string, Expected>> {
  const contents = OBJECTS.map((object) => {
    const rows = wanted.has(object) ? org.rows(SALESFORCE[object]).filter((row) => isCopied(object, row)) : [];
    return [object, new Map(rows.map((row) => [row.Id, expectedOf(object, row)]))] as const;
  });
  return Object.fromEntries(contents) as Record<ObjectKind, Map<string, Expected>>;
}

function isCopied(object: ObjectKind, row: Row): boolean {
  if (object === 'user') return row.UserType === 'Standard';
  return object !== 'lead' || row.IsConverted !== true;
}

function expectedOf(object: ObjectKind, row: Row): Expected {
  const stamp = new Date(String(row.SystemModstamp).replace('+0000', 'Z')).toISOString();
  return [stamp, ...Object.entries(COPIED[object]).map(([name, raw]) => row[raw] ?? (FLAGS.has(name) ? false : null))];
}
