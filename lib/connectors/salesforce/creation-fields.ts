import type { CreatableObject } from '../creation-contract';

/** Salesforce's field of each name of the domain model that forms, links and duplicates know. */
const NAMES: Record<CreatableObject, Readonly<Record<string, string>>> = {
  lead: {
    firstName: 'FirstName',
    lastName: 'LastName',
    title: 'Title',
    company: 'Company',
    website: 'Website',
    street: 'Street',
    city: 'City',
    postalCode: 'PostalCode',
    state: 'State',
    country: 'Country',
    countryCode: 'CountryCode',
    email: 'Email',
    phone: 'Phone',
    mobile: 'MobilePhone',
    leadSource: 'LeadSource',
    status: 'Status',
    industry: 'Industry',
    description: 'Description',
    ownerId: 'OwnerId',
  },
  contact: {
    firstName: 'FirstName',
    lastName: 'LastName',
    title: 'Title',
    accountId: 'AccountId',
    email: 'Email',
    phone: 'Phone',
    mobile: 'MobilePhone',
    department: 'Department',
    leadSource: 'LeadSource',
    description: 'Description',
    ownerId: 'OwnerId',
  },
  account: {
    name: 'Name',
    website: 'Website',
    phone: 'Phone',
    industry: 'Industry',
    type: 'Type',
    street: 'BillingStreet',
    city: 'BillingCity',
    postalCode: 'BillingPostalCode',
    state: 'BillingState',
    country: 'BillingCountry',
    countryCode: 'BillingCountryCode',
    parentId: 'ParentId',
    description: 'Description',
    ownerId: 'OwnerId',
  },
  opportunity: {
    name: 'Name',
    accountId: 'AccountId',
    stage: 'StageName',
    amount: 'Amount',
    closeOn: 'CloseDate',
    probability: 'Probability',
    currency: 'CurrencyIsoCode',
    leadSource: 'LeadSource',
    type: 'Type',
    description: 'Description',
    ownerId: 'OwnerId',
  },
  task: {
    subject: 'Subject',
    status: 'Status',
    priority: 'Priority',
    dueOn: 'ActivityDate',
    whoId: 'WhoId',
    whatId: 'WhatId',
    description: 'Description',
    ownerId: 'OwnerId',
  },
};

/** Model names of the fields that stand in the short form. */
const SHORT: Record<CreatableObject, readonly string[]> = {
  lead: ['firstName', 'lastName', 'title', 'company', 'website', 'email', 'phone', 'leadSource', 'status'],
  contact: ['firstName', 'lastName', 'title', 'accountId', 'email', 'phone', 'mobile'],
  account: ['name', 'website', 'phone', 'industry', 'type'],
  opportunity: ['name', 'accountId', 'stage', 'amount', 'closeOn'],
  task: ['subject', 'whoId', 'whatId', 'dueOn', 'priority', 'status'],
};

/** Salesforce's names by the model's, of those fields of `object` that are among `fields`. Pure. */
export function modelNames(object: CreatableObject, fields: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(NAMES[object]).filter(([, name]) => fields.has(name)));
}

/** Whether a field stands in the short form. Pure. */
export function isShort(object: CreatableObject, field: string): boolean {
  return SHORT[object].some((model) => NAMES[object][model] === field);
}

const KINDS = new Map<string, CreatableObject>([
  ['Lead', 'lead'],
  ['Contact', 'contact'],
  ['Account', 'account'],
  ['Opportunity', 'opportunity'],
  ['Task', 'task'],
]);

/** The model's object of one of Salesforce's, or null when it is none of ours. Pure. */
export const kindOf = (name: string): CreatableObject | null => KINDS.get(name) ?? null;
