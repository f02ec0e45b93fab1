import type { ObjectKind } from '@/lib/crm/records';
import type { Org } from '../../sandbox-crm/org/org.ts';
import type { Row } from '../../sandbox-crm/org/table.ts';
import type { Choices } from './choices';
import { SALESFORCE, SITES } from './small-org';

/** What the copy has to hold, worked out from the org's own rows and from nothing of lib. */

/** The domain model's fields and Salesforce's, where a `?` marks a flag; for those that are not copied what stands there instead. */
const FIELDS: Record<ObjectKind, Record<string, string | null | true>> = {
  user: { name: 'Name', active: true },
  account: {
    ...{ name: 'Name', website: 'Website', industry: 'Industry', type: 'Type', phone: 'Phone', city: 'BillingCity' },
    ...{ country: 'BillingCountry', ownerId: 'OwnerId', parentId: 'ParentId', currency: 'CurrencyIsoCode' },
    lastActivityOn: 'LastActivityDate',
  },
  contact: {
    ...{ accountId: 'AccountId', name: 'Name', title: 'Title', department: 'Department', email: 'Email', phone: 'Phone' },
    ...{ mobile: 'MobilePhone', ownerId: 'OwnerId', doNotCall: 'DoNotCall?', emailOptOut: 'HasOptedOutOfEmail?' },
    lastActivityOn: 'LastActivityDate',
  },
  lead: {
    ...{ name: 'Name', company: 'Company', title: 'Title', email: 'Email', phone: 'Phone', website: 'Website' },
    ...{ status: 'Status', ownerId: 'OwnerId', converted: 'IsConverted?' },
    ...{ doNotCall: 'DoNotCall?', emailOptOut: 'HasOptedOutOfEmail?' },
  },
  opportunity: {
    ...{ accountId: 'AccountId', name: 'Name', stage: 'StageName', amount: 'Amount', currency: 'CurrencyIsoCode' },
    ...{ closeOn: 'CloseDate', probability: 'Probability', closed: 'IsClosed?', won: 'IsWon?', ownerId: 'OwnerId' },
  },
  task: {
    ...{ accountId: 'AccountId', whoId: 'WhoId', whatId: 'WhatId', subject: 'Subject', status: 'Status' },
    ...{ priority: 'Priority', dueOn: 'ActivityDate', closed: 'IsClosed?', ownerId: 'OwnerId' },
  },
};

export interface ExpectedRecord {
  object: ObjectKind;
  id: string;
  connectionId: string;
  modifiedAt: string;
  fields: Record<string, unknown>;
  custom: Record<string, unknown>;
}

/** The rows of an object that the copy has to have: those that the user sees, has chosen and that are what views show. */
function chosenRows(org: Org, object: ObjectKind, choices: Choices): Row[] {
  if (!choices.wanted(object) || !org.schema.object(SALESFORCE[object])) return [];
  const seen = (name: string) => org.rows(name).filter(({ Id }) => !org.hidden(name).has(Id));
  const rows = seen(SALESFORCE[object]);
  if (object === 'user') return rows.filter((row) => row.UserType === 'Standard');
  if (object === 'lead')
    return rows.filter((row) => row.IsConverted !== true && (!choices.onlyMine || row.OwnerId === org.userId));
  if (choices.choosesAll) return rows;
  const accounts = new Set(
    seen('Account')
      .filter((row) => choices.choosesAccount(row, org.userId))
      .map(({ Id }) => Id),
  );
  return rows.filter((row) => accounts.has(String(object === 'account' ? row.Id : row.AccountId)));
}

/** Every record of the object as the copy has to have it, by id. */
export function expectedRecords(org: Org, object: ObjectKind, choices: Choices): Map<string, ExpectedRecord> {
  const visible = (field: string) => org.schema.object(SALESFORCE[object])?.field(field) !== undefined;
  const value = (row: Row, name: string, raw: string | null | true) => {
    if (raw === null || raw === true) return raw;
    const field = raw.replace('?', '');
    const known = visible(field) && !choices.leavesOut(object, name) ? (row[field] ?? null) : null;
    return raw.endsWith('?') ? known === true : known;
  };
  const records = chosenRows(org, object, choices).map((row): ExpectedRecord => {
    const named = Object.entries(FIELDS[object]).map(([name, raw]) => [name, value(row, name, raw)]);
    const extra = choices.extra(object).filter((name) => visible(name) && row[name] != null);
    return {
      ...{ object, id: row.Id, connectionId: 'c1' },
      modifiedAt: String(row.SystemModstamp).replace('+0000', 'Z'),
      fields: Object.fromEntries(named),
      custom: Object.fromEntries(extra.map((name) => [name, row[name]])),
    };
  });
  return new Map(records.map((record) => [record.id, record]));
}

const domainsOf = (website: unknown) => SITES.find((site) => site.website === website)?.domains ?? [];

/** The place at which views look for a record. */
export function homeOf({ object, id, fields }: ExpectedRecord): string {
  if (object === 'account' || object === 'user') return id;
  if (object !== 'lead') return String(fields.accountId ?? (object === 'task' ? fields.whoId : null) ?? id);
  const mailDomain = String(fields.email ?? '').split('@')[1] ?? '';
  const isKnown = SITES.some(({ domains }) => domains.includes(mailDomain));
  return domainsOf(fields.website)[0] ?? (isKnown ? mailDomain : id);
}

/** Every domain that a website may name, with the Accounts to be found under it. */
export function expectedDomains(accounts: Iterable<ExpectedRecord>): Map<string, string[]> {
  const found = new Map(SITES.flatMap(({ domains }) => domains.map((domain) => [domain, [] as string[]])));
  for (const { id, fields } of accounts) for (const domain of domainsOf(fields.website)) found.get(domain)?.push(id);
  return found;
}
