import { activityItems, familyItems, type Family } from './account-surroundings';
import type { CrmRecord, LeadFields, ContactFields, ObjectKind } from './records';
import type { ExtraField } from './selection';

/** From one Account's records to what the views show of it. Pure: the day and the links come in by argument. */
export interface AccountRecords {
  account: CrmRecord<'account'>;
  contacts: readonly CrmRecord<'contact'>[];
  opportunities: readonly CrmRecord<'opportunity'>[];
  tasks: readonly CrmRecord<'task'>[];
  leads: readonly CrmRecord<'lead'>[];
  /** Users by id, for the names of owners. */
  users: ReadonlyMap<string, CrmRecord<'user'>>;
  family: Family;
}

export interface ContextOptions {
  /** Today as `2026-05-01`, in the user's time zone. */
  today: string;
  recordUrl: (object: ObjectKind, id: string) => string;
  /** Records that the CRM's live answer has just brought or changed, by id. */
  fresh?: ReadonlyMap<string, Fresh>;
  /** Fields beyond the model that the user has chosen, with their labels. */
  extra?: Partial<Record<ObjectKind, readonly ExtraField[]>>;
  /** The stages of Opportunities in the org's order, closing ones included; absent when the CRM does not describe them. */
  stages?: readonly string[];
}

type Users = AccountRecords['users'];
const nameOf = (users: Users, id: string | null) => users.get(id ?? '')?.fields.name ?? null;

type Fresh = 'new' | 'changed';

/** What an item has only sometimes: the mark of a record that has just come, and chosen extra fields. */
function sometimes(record: CrmRecord, options: ContextOptions): { fresh?: Fresh; extra?: ExtraValue[] } {
  const mark = options.fresh?.get(record.id);
  const extra = extraOf(record, options);
  return { ...(mark ? { fresh: mark } : {}), ...(extra.length > 0 ? { extra } : {}) };
}

interface ExtraValue {
  label: string;
  value: string | number | boolean;
}

/** The chosen extra fields of a record that have a value. */
function extraOf({ object, custom }: CrmRecord, { extra = {} }: ContextOptions): ExtraValue[] {
  return (extra[object] ?? []).flatMap(({ name, label }) => {
    const value = custom[name];
    return value === undefined || value === null || value === '' ? [] : [{ label, value }];
  });
}

export interface Money {
  amount: number;
  currency: string | null;
}

/** Open amounts added up by currency, largest first. An amount without a currency falls back to the Account's. */
export function pipelineOf(opportunities: readonly CrmRecord<'opportunity'>[], accountCurrency: string | null): Money[] {
  const sums = new Map<string | null, number>();
  for (const { fields } of opportunities) {
    if (fields.closed || fields.amount === null) continue;
    const currency = fields.currency ?? accountCurrency;
    sums.set(currency, (sums.get(currency) ?? 0) + fields.amount);
  }
  return [...sums]
    .map(([currency, amount]) => ({ amount, currency }))
    .sort((a, b) => b.amount - a.amount || (a.currency ?? '').localeCompare(b.currency ?? ''));
}

/** City and country as one line, or null. */
export function locationOf(account: CrmRecord<'account'>): string | null {
  return [account.fields.city, account.fields.country].filter((part) => part).join(', ') || null;
}

/** A date that sorts missing ones last. */
const dateOrLast = (date: string | null) => date ?? '9999-12-31';

function person(
  object: 'contact' | 'lead',
  record: CrmRecord<'contact'> | CrmRecord<'lead'>,
  users: Users,
  options: ContextOptions,
) {
  const fields: ContactFields | LeadFields = record.fields;
  return {
    id: record.id,
    url: options.recordUrl(object, record.id),
    name: fields.name,
    title: fields.title,
    department: 'department' in fields ? fields.department : null,
    email: fields.email,
    phone: fields.phone,
    mobile: 'mobile' in fields ? fields.mobile : null,
    doNotCall: fields.doNotCall,
    emailOptOut: fields.emailOptOut,
    lastActivityOn: 'lastActivityOn' in fields ? fields.lastActivityOn : null,
    ownerName: nameOf(users, fields.ownerId),
    ...sometimes(record, options),
  };
}

/** Leads that are still leads, by name. A converted one lives on as Contact and Account. */
export function leadItems(leads: readonly CrmRecord<'lead'>[], users: Users, options: ContextOptions) {
  return leads
    .filter((lead) => !lead.fields.converted)
    .sort((a, b) => a.fields.name.localeCompare(b.fields.name) || a.id.localeCompare(b.id))
    .map((lead) => ({ ...person('lead', lead, users, options), company: lead.fields.company, status: lead.fields.status }));
}

/** The context of one Account: people by last touch, open deals by close date, open tasks by due date, what has happened. */
export function accountContext(records: AccountRecords, options: ContextOptions) {
  const { account, users } = records;
  const { today, recordUrl } = options;
  const open = records.opportunities.filter((opportunity) => !opportunity.fields.closed);
  const names = new Map<string, string>(
    [...records.contacts, ...records.leads, ...records.opportunities, account].map((record) => [record.id, record.fields.name]),
  );
  const about = (task: CrmRecord<'task'>) => names.get(task.fields.whoId ?? '') ?? names.get(task.fields.whatId ?? '') ?? null;

  return {
    account: {
      id: account.id,
      url: recordUrl('account', account.id),
      name: account.fields.name,
      website: account.fields.website,
      industry: account.fields.industry,
      type: account.fields.type,
      phone: account.fields.phone,
      location: locationOf(account),
      ownerName: nameOf(users, account.fields.ownerId),
      extra: [],
      ...sometimes(account, options),
    },
    pipeline: pipelineOf(open, account.fields.currency),
    contacts: [...records.contacts]
      .sort(
        (a, b) =>
          (b.fields.lastActivityOn ?? '').localeCompare(a.fields.lastActivityOn ?? '') ||
          a.fields.name.localeCompare(b.fields.name) ||
          a.id.localeCompare(b.id),
      )
      .map((contact) => person('contact', contact, users, options)),
    opportunities: open
      .sort((a, b) => dateOrLast(a.fields.closeOn).localeCompare(dateOrLast(b.fields.closeOn)) || a.id.localeCompare(b.id))
      .map((opportunity) => opportunityItem(opportunity, account.fields.currency, users, options)),
    tasks: records.tasks
      .filter((task) => !task.fields.closed)
      .sort((a, b) => dateOrLast(a.fields.dueOn).localeCompare(dateOrLast(b.fields.dueOn)) || a.id.localeCompare(b.id))
      .map((task) => ({
        id: task.id,
        url: recordUrl('task', task.id),
        subject: task.fields.subject,
        status: task.fields.status,
        priority: task.fields.priority,
        dueOn: task.fields.dueOn,
        overdue: task.fields.dueOn !== null && task.fields.dueOn < today,
        about: about(task),
        ownerName: nameOf(users, task.fields.ownerId),
        ...sometimes(task, options),
      })),
    leads: leadItems(records.leads, users, options),
    activity: activityItems(records, { about, recordUrl }),
    family: familyItems(records.family, users, recordUrl),
  };
}

/** Where a stage stands among the org's, counted from 1; null when the org does not name it. */
function positionOf(stage: string | null, stages: readonly string[] = []): { at: number; of: number } | null {
  const index = stage === null ? -1 : stages.indexOf(stage);
  return index < 0 ? null : { at: index + 1, of: stages.length };
}

function opportunityItem(
  opportunity: CrmRecord<'opportunity'>,
  accountCurrency: string | null,
  users: Users,
  options: ContextOptions,
) {
  const { id, fields } = opportunity;
  return {
    id,
    url: options.recordUrl('opportunity', id),
    name: fields.name,
    stage: fields.stage,
    amount: fields.amount === null ? null : { amount: fields.amount, currency: fields.currency ?? accountCurrency },
    closeOn: fields.closeOn,
    overdue: fields.closeOn !== null && fields.closeOn < options.today,
    probability: fields.probability,
    position: positionOf(fields.stage, options.stages),
    ownerName: nameOf(users, fields.ownerId),
    ...sometimes(opportunity, options),
  };
}
