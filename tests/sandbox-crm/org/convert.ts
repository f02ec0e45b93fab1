/** Converting a Lead: an Account, a Contact and perhaps a deal take its place, and the Lead stays as a closed record. */
import type { Records } from './records.ts';
import { STAGES } from './schema/picklists.ts';
import type { Row, Value } from './table.ts';
import { DAY, toWireDate } from './wire-time.ts';

export interface Conversion {
  /** An Account to use instead of a new one. */
  accountId?: string;
  /** A Contact to use instead of a new one. */
  contactId?: string;
  /** The name of an Opportunity to make; none when left out. */
  opportunity?: string;
}

export interface Converted {
  accountId: string;
  contactId: string;
  opportunityId: string | undefined;
}

/** @throws when the Lead is not there, deleted or already converted */
export function convert(records: Records, leadId: string, how: Conversion = {}): Converted {
  const { insert, update, clock } = records;
  const lead = records.existing('Lead', leadId);
  if (lead.IsDeleted === true || lead.IsConverted === true) throw new Error(`${leadId} can not be converted`);
  const accountId = how.accountId ?? insert('Account', taken(lead, ACCOUNT)).Id;
  const contactId = how.contactId ?? insert('Contact', { ...taken(lead, CONTACT), AccountId: accountId }).Id;
  const deal = how.opportunity === undefined ? undefined : { ...taken(lead, DEAL), Name: how.opportunity };
  const opportunityId =
    deal &&
    insert('Opportunity', {
      ...deal,
      AccountId: accountId,
      ContactId: contactId,
      StageName: STAGES[0]?.name ?? 'Prospecting',
      CloseDate: toWireDate(clock.now() + 90 * DAY),
    }).Id;
  for (const task of records.rows('Task').filter((row) => row.WhoId === leadId)) {
    update('Task', task.Id, { WhoId: contactId, WhatId: task.WhatId ?? opportunityId ?? accountId });
  }
  update('Lead', leadId, {
    IsConverted: true,
    Status: 'Closed - Converted',
    ConvertedDate: toWireDate(clock.now()),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId ?? null,
  });
  return { accountId, contactId, opportunityId };
}

/** Which field of the new record each field of the Lead goes to. */
const OWN = { OwnerId: 'OwnerId', CurrencyIsoCode: 'CurrencyIsoCode' };
const ACCOUNT = {
  ...OWN,
  Company: 'Name',
  Website: 'Website',
  Phone: 'Phone',
  Industry: 'Industry',
  City: 'BillingCity',
  Country: 'BillingCountry',
};
const CONTACT = {
  ...OWN,
  FirstName: 'FirstName',
  LastName: 'LastName',
  Salutation: 'Salutation',
  Title: 'Title',
  Email: 'Email',
  Phone: 'Phone',
  MobilePhone: 'MobilePhone',
  LeadSource: 'LeadSource',
  City: 'MailingCity',
  Country: 'MailingCountry',
};
const DEAL = { ...OWN, LeadSource: 'LeadSource' };

const taken = (lead: Row, fields: Readonly<Record<string, string>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(fields).map(([from, to]) => [to, lead[from] ?? null]));
