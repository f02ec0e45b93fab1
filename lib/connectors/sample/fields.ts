import type { FieldsOf, ObjectKind } from '@/lib/crm/records';
import type { ObjectSelection } from '@/lib/crm/selection';

/** The sample's fields are those of the domain model, under the names that a CRM would show. */
const LABELS: { [K in ObjectKind]: Record<keyof FieldsOf[K], string> } = {
  user: { name: 'Name', active: 'Active' },
  account: {
    name: 'Account Name',
    website: 'Website',
    industry: 'Industry',
    type: 'Type',
    phone: 'Phone',
    city: 'City',
    country: 'Country',
    ownerId: 'Owner',
    parentId: 'Parent Account',
    currency: 'Currency',
    lastActivityOn: 'Last Activity',
  },
  contact: {
    accountId: 'Account',
    name: 'Name',
    title: 'Title',
    department: 'Department',
    email: 'Email',
    phone: 'Phone',
    mobile: 'Mobile',
    ownerId: 'Owner',
    doNotCall: 'Do Not Call',
    emailOptOut: 'Email Opt Out',
    lastActivityOn: 'Last Activity',
  },
  lead: {
    name: 'Name',
    company: 'Company',
    title: 'Title',
    email: 'Email',
    phone: 'Phone',
    website: 'Website',
    status: 'Status',
    ownerId: 'Owner',
    converted: 'Converted',
    doNotCall: 'Do Not Call',
    emailOptOut: 'Email Opt Out',
  },
  opportunity: {
    accountId: 'Account',
    name: 'Opportunity Name',
    stage: 'Stage',
    amount: 'Amount',
    currency: 'Currency',
    closeOn: 'Close Date',
    probability: 'Probability (%)',
    closed: 'Closed',
    won: 'Won',
    ownerId: 'Owner',
  },
  task: {
    accountId: 'Account',
    whoId: 'Person',
    whatId: 'Related To',
    subject: 'Subject',
    status: 'Status',
    priority: 'Priority',
    dueOn: 'Due Date',
    closed: 'Closed',
    ownerId: 'Owner',
  },
};

/** The fields of an object with their labels. */
export const labelsOf = (object: ObjectKind): [name: string, label: string][] => Object.entries(LABELS[object]);

/** The fields that a selection asks for, in the model's order. There are none beyond the model. */
export function chosenFields(object: ObjectKind, { without }: ObjectSelection): string[] {
  return labelsOf(object).flatMap(([name]) => (without.includes(name) ? [] : [name]));
}
