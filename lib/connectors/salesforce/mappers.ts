import type * as z from 'zod/mini';
import type { AnyRecord, CrmRecord, FieldsOf, FieldValue, ObjectKind } from '@/lib/crm/records';
import type { FieldType } from '../connector';
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

/**
 * The record in a row of a query answer, or null when the row is malformed. `extra` are fields beyond the model that are
 * copied as they are; what is no plain value (an address) is left out.
 */
export function toRecord<K extends ObjectKind>(
  object: K,
  connectionId: string,
  row: unknown,
  extra: readonly string[] = [],
): AnyRecord | null {
  const mapped = MAPPERS[object](row);
  if (!mapped || Number.isNaN(Date.parse(mapped.stamp.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')))) return null;
  const record: CrmRecord<K> = {
    object,
    id: mapped.id,
    connectionId,
    modifiedAt: isoTime(mapped.stamp),
    fields: mapped.fields,
    custom: customOf(row, extra),
  };
  return record as unknown as AnyRecord;
}

function customOf(row: unknown, extra: readonly string[]): Record<string, FieldValue> {
  const values = row as Record<string, unknown>;
  const plain = extra.filter((name) => ['string', 'number', 'boolean'].includes(typeof values[name]));
  return Object.fromEntries(plain.map((name) => [name, inOurWords(values[name] as FieldValue)]));
}

/** A page writes a time with `+0000`, a Bulk job with `Z`: the copy must not differ by the way it was read. */
function inOurWords(value: FieldValue): FieldValue {
  return typeof value === 'string' && PAGE_TIME.test(value) ? isoTime(value) : value;
}
const PAGE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/;

/** A row of a CSV as a row of a query answer: empty is null, and numbers and flags are what their type says. */
export function rowOfText(
  names: readonly string[],
  values: readonly string[],
  types: Readonly<Record<string, FieldType>>,
): Record<string, FieldValue> {
  const row: Record<string, FieldValue> = {};
  for (const [index, name] of names.entries()) {
    const text = values[index] ?? '';
    const type = types[name];
    if (text === '') row[name] = type === 'flag' ? false : null;
    else if (type === 'number') row[name] = Number(text);
    else row[name] = type === 'flag' ? text === 'true' : text;
  }
  return row;
}
