import type { FieldsOf, FieldValue } from '@/lib/crm/records';
import type { CreatableObject, CreateValues } from '../creation-contract';
import { DONE } from './forms';
import { PROBABILITY, SAMPLE_USER_ID, STAGES } from './rows';

type Fields = Record<string, FieldValue>;

/** A record of which nothing is known. */
const EMPTY: { [K in CreatableObject]: FieldsOf[K] } = {
  lead: {
    ...{ name: '', company: null, title: null, email: null, phone: null, website: null, status: 'Open' },
    ...{ ownerId: SAMPLE_USER_ID, converted: false, doNotCall: false, emailOptOut: false },
  },
  contact: {
    ...{ accountId: null, name: '', title: null, department: null, email: null, phone: null, mobile: null },
    ...{ ownerId: SAMPLE_USER_ID, doNotCall: false, emailOptOut: false, lastActivityOn: null },
  },
  account: {
    ...{ name: '', website: null, industry: null, type: null, phone: null, city: null, country: null },
    ...{ ownerId: SAMPLE_USER_ID, parentId: null, currency: 'EUR', lastActivityOn: null },
  },
  opportunity: {
    ...{ accountId: null, name: '', stage: null, amount: null, currency: 'EUR', closeOn: null },
    ...{ probability: null, closed: false, won: false, ownerId: SAMPLE_USER_ID },
  },
  task: {
    ...{ accountId: null, whoId: null, whatId: null, subject: null, status: 'Not Started' },
    ...{ priority: null, dueOn: null, closed: false, ownerId: SAMPLE_USER_ID },
  },
};

/** The fields of a new record of the sample, from what a form sends. What the domain model has no field for is left out. Pure. */
export function newFields(object: CreatableObject, values: CreateValues): Fields {
  const empty: Readonly<Fields> = { ...EMPTY[object] };
  const { firstName, lastName } = values;
  const name = [firstName, lastName].filter((part) => typeof part === 'string' && part !== '').join(' ');
  const given = Object.entries(values).filter(([field, value]) => Object.hasOwn(empty, field) && value !== null);
  return { ...empty, ...withDerived(object, Object.fromEntries(given)), ...(name ? { name } : {}) };
}

/** Values with what follows from them, as a CRM works it out. Pure. */
export function withDerived(object: CreatableObject, values: CreateValues): Fields {
  if (object === 'opportunity' && typeof values.stage === 'string') {
    const place = STAGES.indexOf(values.stage);
    const isOver = place >= STAGES.length - 2;
    return { ...values, probability: PROBABILITY[place] ?? null, closed: isOver, won: place === STAGES.length - 2 };
  }
  if (object === 'task' && 'status' in values) return { ...values, closed: values.status === DONE };
  return { ...values };
}
