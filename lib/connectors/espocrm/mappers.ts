import type * as z from 'zod/mini';
import type { AnyRecord, CrmRecord, FieldsOf, FieldValue, ObjectKind } from '@/lib/crm/records';
import { rawAccount, rawContact, rawLead, rawOpportunity, rawTask, rawUser } from './api-schemas';

/** Rows of lists to records. Pure; a row that does not fit its schema gives null and is counted by the caller. */
type Raw<S extends z.ZodMiniType> = z.infer<S>;

/** What the metadata say that a row alone does not. */
export interface Meanings {
  /** Stages of Opportunities that end it, and whether it is won then. */
  closing: ReadonlyMap<string, boolean>;
}

/** A stage whose probability is certain ends an Opportunity (EspoCRM's own rule); these are the ones it comes with. */
export const USUAL_CLOSING: ReadonlyMap<string, boolean> = new Map([
  ['Closed Won', true],
  ['Closed Lost', false],
]);
/** A Task in one of these is over. */
export const TASK_OVER = new Set(['Completed', 'Canceled']);
export const CONVERTED = 'Converted';

const text = (value: string | null | undefined) => value || null;
const day = (value: string | null | undefined) => value?.slice(0, 10) || null;

/** `2026-05-01 07:25:37`, as EspoCRM writes it in UTC, as `2026-05-01T07:25:37.000Z`; null when it is no time. */
export function isoTime(stamp: string | null | undefined): string | null {
  if (!stamp || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(stamp)) return null;
  const time = Date.parse(`${stamp.replace(' ', 'T')}Z`);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

const toUser = (raw: Raw<typeof rawUser>): FieldsOf['user'] | null =>
  raw.name ? { name: raw.name, active: raw.isActive ?? true } : null;

const toAccount = (raw: Raw<typeof rawAccount>): FieldsOf['account'] | null =>
  raw.name
    ? {
        name: raw.name,
        website: text(raw.website),
        industry: text(raw.industry),
        type: text(raw.type),
        phone: text(raw.phoneNumber),
        city: text(raw.billingAddressCity),
        country: text(raw.billingAddressCountry),
        ownerId: text(raw.assignedUserId),
        parentId: null,
        currency: null,
        lastActivityOn: null,
      }
    : null;

/** EspoCRM takes people without any name: an address, or the company of a Lead, tells who is meant then. */
const toContact = (raw: Raw<typeof rawContact>): FieldsOf['contact'] => ({
  accountId: text(raw.accountId),
  name: raw.name || raw.emailAddress || raw.id,
  title: text(raw.title),
  department: null,
  email: text(raw.emailAddress),
  phone: text(raw.phoneNumber),
  mobile: null,
  ownerId: text(raw.assignedUserId),
  doNotCall: raw.doNotCall ?? false,
  emailOptOut: raw.emailAddressIsOptedOut ?? false,
  lastActivityOn: null,
});

const toLead = (raw: Raw<typeof rawLead>): FieldsOf['lead'] => ({
  name: raw.name || raw.accountName || raw.emailAddress || raw.id,
  company: text(raw.accountName),
  title: text(raw.title),
  email: text(raw.emailAddress),
  phone: text(raw.phoneNumber),
  website: text(raw.website),
  status: text(raw.status),
  ownerId: text(raw.assignedUserId),
  converted: raw.status === CONVERTED,
  doNotCall: raw.doNotCall ?? false,
  emailOptOut: raw.emailAddressIsOptedOut ?? false,
});

const toOpportunity = (raw: Raw<typeof rawOpportunity>, { closing }: Meanings): FieldsOf['opportunity'] | null =>
  raw.name
    ? {
        accountId: text(raw.accountId),
        name: raw.name,
        stage: text(raw.stage),
        amount: raw.amount ?? null,
        currency: text(raw.amountCurrency),
        closeOn: day(raw.closeDate),
        probability: raw.probability ?? null,
        closed: closing.has(raw.stage ?? ''),
        won: closing.get(raw.stage ?? '') ?? false,
        ownerId: text(raw.assignedUserId),
      }
    : null;

const PEOPLE = new Set(['Contact', 'Lead']);
const THINGS = new Set(['Account', 'Opportunity']);

function toTask(raw: Raw<typeof rawTask>): FieldsOf['task'] {
  const parent = (types: ReadonlySet<string>) => (types.has(raw.parentType ?? '') ? text(raw.parentId) : null);
  return {
    accountId: text(raw.accountId),
    whoId: parent(PEOPLE) ?? text(raw.contactId),
    whatId: parent(THINGS),
    subject: text(raw.name),
    status: text(raw.status),
    priority: text(raw.priority),
    dueOn: day(raw.dateEndDate) ?? day(raw.dateEnd),
    closed: TASK_OVER.has(raw.status ?? ''),
    ownerId: text(raw.assignedUserId),
  };
}

interface Mapped<K extends ObjectKind> {
  id: string;
  stamp: string | null;
  fields: FieldsOf[K];
}

function mapper<S extends z.ZodMiniType<{ id: string; modifiedAt?: unknown; createdAt?: unknown }>, F>(
  schema: S,
  fieldsOf: (raw: z.infer<S>, meanings: Meanings) => F | null,
) {
  return (row: unknown, meanings: Meanings) => {
    const parsed = schema.safeParse(row);
    const fields = parsed.success ? fieldsOf(parsed.data, meanings) : null;
    if (!parsed.success || !fields) return null;
    const { id, modifiedAt, createdAt } = parsed.data as { id: string; modifiedAt?: string | null; createdAt?: string | null };
    return { id, stamp: modifiedAt ? isoTime(modifiedAt) : isoTime(createdAt), fields };
  };
}

const MAPPERS: { [K in ObjectKind]: (row: unknown, meanings: Meanings) => Mapped<K> | null } = {
  user: mapper(rawUser, toUser),
  account: mapper(rawAccount, toAccount),
  contact: mapper(rawContact, toContact),
  lead: mapper(rawLead, toLead),
  opportunity: mapper(rawOpportunity, toOpportunity),
  task: mapper(rawTask, toTask),
};

/**
 * The record in a row of a list, or null when the row is malformed. `extra` are attributes beyond the model that are copied as
 * they are; what is no plain value is left out.
 */
export function toRecord<K extends ObjectKind>(
  object: K,
  connectionId: string,
  row: unknown,
  { extra, meanings }: { extra: readonly string[]; meanings: Meanings },
): AnyRecord | null {
  const mapped = MAPPERS[object](row, meanings);
  if (!mapped?.stamp) return null;
  const record: CrmRecord<K> = {
    object,
    id: mapped.id,
    connectionId,
    modifiedAt: mapped.stamp,
    fields: mapped.fields,
    custom: customOf(row as Record<string, unknown>, extra),
  };
  return record as unknown as AnyRecord;
}

function customOf(row: Record<string, unknown>, extra: readonly string[]): Record<string, FieldValue> {
  return Object.fromEntries(
    extra.flatMap((name): [string, FieldValue][] => {
      const value = row[name];
      if (typeof value === 'string') return [[name, isoTime(value) ?? value]];
      return typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [];
    }),
  );
}
