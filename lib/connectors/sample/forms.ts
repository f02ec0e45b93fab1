import type { ObjectKind } from '@/lib/crm/records';
import type { CreatableObject, DescribedField, DescribedType, ObjectDescription } from '../creation-contract';
import { labelsOf } from './fields';
import { CURRENCIES, PRIORITIES, STAGES, TYPES } from './rows';

interface Plan {
  name: string;
  type?: DescribedType;
  required?: true;
  short?: true;
  options?: readonly string[];
  to?: readonly ObjectKind[];
  /** Taken at creation alone: the model keeps a name as one. */
  once?: true;
  preset?: string;
}

const NAMES: readonly Plan[] = [
  { name: 'firstName', short: true, once: true },
  { name: 'lastName', short: true, once: true, required: true },
];
const REACHED: readonly Plan[] = [
  { name: 'email', type: 'email', short: true },
  { name: 'phone', type: 'phone', short: true },
];
const OPTED_OUT: readonly Plan[] = [
  { name: 'doNotCall', type: 'checkbox' },
  { name: 'emailOptOut', type: 'checkbox' },
];
const OWNER: Plan = { name: 'ownerId', type: 'reference', to: ['user'] };
const WORDS: Plan = { name: 'description', type: 'textarea', once: true };
const ACCOUNT: Plan = { name: 'accountId', type: 'reference', to: ['account'], short: true };
const WEBSITE: Plan = { name: 'website', type: 'url', short: true };

export const DONE = 'Completed';
const PLANS: Record<CreatableObject, readonly Plan[]> = {
  lead: [
    ...NAMES,
    { name: 'company', required: true, short: true },
    { name: 'title', short: true },
    ...REACHED,
    WEBSITE,
    { name: 'status', type: 'picklist', options: ['Open', 'Working'], preset: 'Open', short: true },
    ...OPTED_OUT,
    OWNER,
    WORDS,
  ],
  contact: [
    ...NAMES,
    { name: 'title', short: true },
    ACCOUNT,
    ...REACHED,
    { name: 'mobile', type: 'phone' },
    { name: 'department' },
    ...OPTED_OUT,
    OWNER,
    WORDS,
  ],
  account: [
    { name: 'name', required: true, short: true },
    WEBSITE,
    { name: 'phone', type: 'phone', short: true },
    { name: 'industry', short: true },
    { name: 'type', type: 'picklist', options: [...new Set(TYPES)], short: true },
    { name: 'city' },
    { name: 'country' },
    { name: 'parentId', type: 'reference', to: ['account'] },
    OWNER,
    WORDS,
  ],
  opportunity: [
    { name: 'name', required: true, short: true },
    ACCOUNT,
    { name: 'stage', type: 'picklist', options: STAGES, required: true, short: true },
    { name: 'amount', type: 'number', short: true },
    { name: 'currency', type: 'picklist', options: [...new Set(['EUR', ...Object.values(CURRENCIES)])], preset: 'EUR' },
    { name: 'closeOn', type: 'date', required: true, short: true },
    OWNER,
    WORDS,
  ],
  task: [
    { name: 'subject', required: true, short: true },
    { name: 'whoId', type: 'reference', to: ['contact', 'lead'], short: true },
    { name: 'whatId', type: 'reference', to: ['account', 'opportunity'], short: true },
    { name: 'dueOn', type: 'date', short: true },
    { name: 'status', type: 'picklist', options: ['Not Started', 'In Progress', DONE], preset: 'Not Started', short: true },
    { name: 'priority', type: 'picklist', options: PRIORITIES, preset: PRIORITIES[0] ?? '', short: true },
    OWNER,
    WORDS,
  ],
};

/** Labels of what is no field of the model. */
const LABELS: Readonly<Record<string, string>> = { firstName: 'First Name', lastName: 'Last Name', description: 'Description' };

/** Objects that a reference field of the sample may point to. Pure. */
export function targetsOf(object: CreatableObject, field: string): readonly ObjectKind[] {
  return PLANS[object].find(({ name }) => name === field)?.to ?? [];
}

/** Fields that are changed after creation too. Pure. */
export function isChangeable(object: CreatableObject, field: string): boolean {
  return PLANS[object].some(({ name, once }) => name === field && !once);
}

/** What a form of the sample is made of: its fields have the names of the domain model. Pure. */
export function sampleDescription(object: CreatableObject): ObjectDescription {
  const labels = new Map(labelsOf(object));
  const fields = PLANS[object].map((plan) => described(plan, labels.get(plan.name) ?? LABELS[plan.name] ?? plan.name));
  return {
    object,
    fields,
    recordTypes: [],
    modelNames: Object.fromEntries(fields.map(({ name }) => [name, name])),
    deletable: true,
    convertible: object === 'lead',
    basisPlace: null,
  };
}

function described(
  { name, type = 'text', required, short, options = [], to = [], once, preset }: Plan,
  label: string,
): DescribedField {
  return {
    name,
    label,
    help: null,
    type,
    required: required ?? false,
    maxLength: type === 'textarea' ? 4000 : type === 'text' ? 255 : null,
    digits: type === 'number' ? { whole: 12, fraction: 2 } : null,
    options: options.map((value) => ({ value, label: value, validFor: null })),
    restricted: type === 'picklist',
    controller: null,
    references: to,
    defaultValue: preset ?? '',
    updateable: !once,
    short: short ?? false,
  };
}
