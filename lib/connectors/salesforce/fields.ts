import type { FieldsOf, ObjectKind } from '@/lib/crm/records';
import { type AccountScope, isNeeded, type ObjectSelection } from '@/lib/crm/selection';
import type { FieldType } from '../connector';
import type { RawDescribedField } from './api-schemas';

/**
 * Which of Salesforce's fields stands for which field of the domain model. What is not here is not asked for: only what
 * views show, match or sort by is copied. `Id` and `SystemModstamp` are always asked for.
 */
const MODEL: { [K in ObjectKind]: Partial<Record<keyof FieldsOf[K], string>> } = {
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
    lastActivityOn: 'LastActivityDate',
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
    lastActivityOn: 'LastActivityDate',
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

const entriesOf = (object: ObjectKind) => Object.entries(MODEL[object]);

/** The name in the domain model of a Salesforce field, or null for one beyond it. */
export function modelNameOf(object: ObjectKind, field: string): string | null {
  return entriesOf(object).find(([, raw]) => raw === field)?.[0] ?? null;
}

/** Salesforce's names of the fields that a selection asks for; for an Account also those that its scope names. */
export function wantedFields(object: ObjectKind, selection: ObjectSelection, scope: AccountScope): string[] {
  const { without, only } = selection;
  const isOut = (name: string, raw: string) => without.includes(name) || (only && !only.includes(raw) && !isNeeded(object, name));
  const model = entriesOf(object).flatMap(([name, raw]) => (isOut(name, raw) ? [] : [raw]));
  const asked = new Set([...model, ...selection.extra.map(({ name }) => name)]);
  return object === 'account' ? [...asked, ...scopeOnlyFields(asked, scope)] : [...asked];
}

/** Fields that the scope's conditions name and nobody copies: their types have to be known all the same. */
function scopeOnlyFields(asked: ReadonlySet<string>, scope: AccountScope): string[] {
  const named = new Set(scope.conditions.map(({ field }) => field));
  return [...named].filter((name) => !asked.has(name)).map((name) => `${SCOPE_ONLY}${name}`);
}
const SCOPE_ONLY = '?';

/** What a description grants of the wanted fields, with their types. A hidden field is simply absent from it (crm-apis 1.4). */
export function grantedFields(
  wanted: readonly string[],
  described: readonly RawDescribedField[],
): { fields: string[]; types: Record<string, FieldType> } {
  const byName = new Map(described.map((field) => [field.name, field]));
  const types: Record<string, FieldType> = {};
  for (const name of wanted) {
    const field = byName.get(name.replace(SCOPE_ONLY, ''));
    const type = field && typeOf(field.type);
    if (type && field) types[field.name] = type;
  }
  return { fields: wanted.filter((name) => !name.startsWith(SCOPE_ONLY) && byName.has(name)), types };
}

/**
 * The stages of Opportunities in the org's order, or undefined for another object. Closing stages are among them: a
 * description does not tell them apart, nor which of several sales processes a record follows.
 */
export function stagesIn(object: ObjectKind, described: readonly RawDescribedField[]): string[] | undefined {
  if (object !== 'opportunity') return undefined;
  const stage = described.find(({ name }) => name === MODEL.opportunity.stage);
  return stage?.picklistValues.filter(({ active }) => active).map(({ value }) => value);
}

/** How a value is written in a query and read from a CSV. */
export function typeOf(rawType: string): FieldType {
  if (rawType === 'boolean') return 'flag';
  if (rawType === 'date') return 'day';
  if (rawType === 'datetime') return 'moment';
  return ['double', 'currency', 'percent', 'int', 'long'].includes(rawType) ? 'number' : 'text';
}

/** Names (of the model, else Salesforce's) of the fields that were copied before and are not any more. */
export function droppedFields(object: ObjectKind, before: readonly string[], after: readonly string[]): string[] {
  return before.filter((name) => !after.includes(name)).map((name) => modelNameOf(object, name) ?? name);
}

/** Copied fields that are no field of the model: they stand in a record's `custom`. */
export function extraFields(object: ObjectKind, fields: readonly string[]): string[] {
  return fields.filter((name) => modelNameOf(object, name) === null);
}
