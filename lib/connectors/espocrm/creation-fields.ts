import type { CreatableObject } from '../creation-contract';

/** EspoCRM's attribute of each name of the domain model that forms, links and duplicates know. */
const NAMES: Record<CreatableObject, Readonly<Record<string, string>>> = {
  lead: {
    firstName: 'firstName',
    lastName: 'lastName',
    title: 'title',
    company: 'accountName',
    website: 'website',
    email: 'emailAddress',
    phone: 'phoneNumber',
    leadSource: 'source',
    status: 'status',
    industry: 'industry',
    description: 'description',
    ownerId: 'assignedUserId',
  },
  contact: {
    firstName: 'firstName',
    lastName: 'lastName',
    accountId: 'accountId',
    email: 'emailAddress',
    phone: 'phoneNumber',
    description: 'description',
    ownerId: 'assignedUserId',
  },
  account: {
    name: 'name',
    website: 'website',
    email: 'emailAddress',
    phone: 'phoneNumber',
    industry: 'industry',
    type: 'type',
    city: 'billingAddressCity',
    country: 'billingAddressCountry',
    description: 'description',
    ownerId: 'assignedUserId',
  },
  opportunity: {
    name: 'name',
    accountId: 'accountId',
    stage: 'stage',
    amount: 'amount',
    closeOn: 'closeDate',
    probability: 'probability',
    leadSource: 'leadSource',
    description: 'description',
    ownerId: 'assignedUserId',
  },
  task: {
    subject: 'name',
    status: 'status',
    priority: 'priority',
    dueOn: 'dateEndDate',
    // A Task has one parent, of whatever kind.
    whoId: 'parentId',
    whatId: 'parentId',
    description: 'description',
    ownerId: 'assignedUserId',
  },
};

/** Names of the model that stand in the short form. */
const SHORT: Record<CreatableObject, readonly string[]> = {
  lead: ['firstName', 'lastName', 'title', 'company', 'website', 'email', 'phone', 'leadSource', 'status'],
  contact: ['firstName', 'lastName', 'accountId', 'email', 'phone'],
  account: ['name', 'website', 'phone', 'industry', 'type'],
  opportunity: ['name', 'accountId', 'stage', 'amount', 'closeOn'],
  task: ['subject', 'whatId', 'dueOn', 'priority', 'status', 'ownerId'],
};

/** EspoCRM's attributes by the model's names, of those that are among `fields`. Pure. */
export function modelNames(object: CreatableObject, fields: ReadonlySet<string>): Record<string, string> {
  return Object.fromEntries(Object.entries(NAMES[object]).filter(([, name]) => fields.has(name)));
}

/** Whether an attribute stands in the short form. Pure. */
export function isShort(object: CreatableObject, attribute: string): boolean {
  return SHORT[object].some((model) => NAMES[object][model] === attribute);
}

const KINDS = new Map<string, CreatableObject>([
  ['Lead', 'lead'],
  ['Contact', 'contact'],
  ['Account', 'account'],
  ['Opportunity', 'opportunity'],
  ['Task', 'task'],
]);

/** The model's object of one of EspoCRM's entity types, or null when it is none of ours. Pure. */
export const kindOf = (entityType: string): CreatableObject | null => KINDS.get(entityType) ?? null;
