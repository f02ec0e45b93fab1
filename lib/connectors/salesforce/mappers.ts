import type * as z from 'zod/mini';
import type { AnyRecord, CrmRecord, FieldsOf, ObjectKind } from '@/lib/crm/records';
import { rawAccount, rawContact, rawLead, rawOpportunity, rawTask, rawUser } from './api-schemas';

/** Raw rows to records. Pure; a row that does not fit its schema gives null and is counted by the caller. */
type Raw<S extends z.ZodMiniType> = z.infer<S>;

const text = (value: string | null | undefined) => value ?? null;
const day = (value: string | null | undefined) => value?.slice(0, 10) ?? null;

/** `2026-05-01T07:25:37.000+0000`, as Salesforce writes it, as `2026-05-01T07:25:37.000Z`. */
export function isoTime(stamp: string): string {
  return new Date(stamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')).toISOString();
}

const toUser = (raw: Raw<typeof rawUser>): FieldsOf['user'] => ({ name: raw.Name, active: raw.IsActive ?? true });

const toAccount = (raw: Raw<typeof rawAccount>): FieldsOf['account'] => ({
  name: raw.Name,
  website: text(raw.Website),
  industry: text(raw.Industry),
  type: text(raw.Type),
  phone: text(raw.Phone),
  city: text(raw.BillingCity),
  country: text(raw.BillingCountry),
  ownerId: text(raw.OwnerId),
  parentId: text(raw.ParentId),
  currency: text(raw.CurrencyIsoCode),
  lastActivityOn: day(raw.LastActivityDate),
});

const toContact = (raw: Raw<typeof rawContact>): FieldsOf['contact'] => ({
  accountId: text(raw.AccountId),
  name: raw.Name,
  title: text(raw.Title),
  department: text(raw.Department),
  email: text(raw.Email),
  phone: text(raw.Phone),
  mobile: text(raw.MobilePhone),
  ownerId: text(raw.OwnerId),
  doNotCall: raw.DoNotCall ?? false,
  emailOptOut: raw.HasOptedOutOfEmail ?? false,
  lastActivityOn: day(raw.LastActivityDate),
});

const toLead = (raw: Raw<typeof rawLead>): FieldsOf['lead'] => ({
  name: raw.Name,
  company: text(raw.Company),
  title: text(raw.Title),
  email: text(raw.Email),
  phone: text(raw.Phone),
  website: text(raw.Website),
  status: text(raw.Status),
  ownerId: text(raw.OwnerId),
  converted: raw.IsConverted ?? false,
  doNotCall: raw.DoNotCall ?? false,
  emailOptOut: raw.HasOptedOutOfEmail ?? false,
});

const toOpportunity = (raw: Raw<typeof rawOpportunity>): FieldsOf['opportunity'] => ({
  accountId: text(raw.AccountId),
  name: raw.Name,
  stage: text(raw.StageName),
  amount: raw.Amount ?? null,
  currency: text(raw.CurrencyIsoCode),
  closeOn: day(raw.CloseDate),
  probability: raw.Probability ?? null,
  closed: raw.IsClosed ?? false,
  won: raw.IsWon ?? false,
  ownerId: text(raw.OwnerId),
});

const toTask = (raw: Raw<typeof rawTask>): FieldsOf['task'] => ({
  accountId: text(raw.AccountId),
  whoId: text(raw.WhoId),
  whatId: text(raw.WhatId),
  subject: text(raw.Subject),
  status: text(raw.Status),
  priority: text(raw.Priority),
  dueOn: day(raw.ActivityDate),
  closed: raw.IsClosed ?? false,
  ownerId: text(raw.OwnerId),
});

type Mapper<K extends ObjectKind> = (row: unknown) => { id: string; stamp: string; fields: FieldsOf[K] } | null;

function mapper<S extends z.ZodMiniType<{ Id: string; SystemModstamp: string }>, F>(schema: S, fields: (raw: z.infer<S>) => F) {
  return (row: unknown) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? { id: parsed.data.Id, stamp: parsed.data.SystemModstamp, fields: fields(parsed.data) } : null;
  };
}

const MAPPERS: { [K in ObjectKind]: Mapper<K> } = {
  user: mapper(rawUser, toUser),
  account: mapper(rawAccount, toAccount),
  contact: mapper(rawContact, toContact),
  lead: mapper(rawLead, toLead),
  opportunity: mapper(rawOpportunity, toOpportunity),
  task: mapper(rawTask, toTask),
};

/** The record in a row of a query answer, or null when the row is malformed. */
export function toRecord<K extends ObjectKind>(object: K, connectionId: string, row: unknown): AnyRecord | null {
  const mapped = MAPPERS[object](row);
  if (!mapped || Number.isNaN(Date.parse(mapped.stamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))) return null;
  const record: CrmRecord<K> = {
    object,
    id: mapped.id,
    connectionId,
    modifiedAt: isoTime(mapped.stamp),
    fields: mapped.fields,
    custom: {},
  };
  return record as unknown as AnyRecord;
}
