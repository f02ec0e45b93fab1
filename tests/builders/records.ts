import type { AnyRecord, CrmRecord, FieldsOf, ObjectKind } from '@/lib/crm/records';

const EMPTY: { [K in ObjectKind]: FieldsOf[K] } = {
  user: { name: 'Uma User', active: true },
  account: {
    name: 'Acme',
    website: null,
    industry: null,
    type: null,
    phone: null,
    city: null,
    country: null,
    ownerId: null,
    parentId: null,
    currency: null,
    lastActivityOn: null,
  },
  contact: {
    accountId: null,
    name: 'Cora Contact',
    title: null,
    department: null,
    email: null,
    phone: null,
    mobile: null,
    ownerId: null,
    doNotCall: false,
    emailOptOut: false,
    lastActivityOn: null,
  },
  lead: {
    name: 'Leo Lead',
    company: null,
    title: null,
    email: null,
    phone: null,
    website: null,
    status: null,
    ownerId: null,
    converted: false,
    doNotCall: false,
    emailOptOut: false,
  },
  opportunity: {
    accountId: null,
    name: 'Deal',
    stage: null,
    amount: null,
    currency: null,
    closeOn: null,
    probability: null,
    closed: false,
    won: false,
    ownerId: null,
  },
  task: {
    accountId: null,
    whoId: null,
    whatId: null,
    subject: 'Call',
    status: null,
    priority: null,
    dueOn: null,
    closed: false,
    ownerId: null,
  },
};

/** A record with the given id and fields; everything else is empty. */
export function record<K extends ObjectKind>(
  object: K,
  id: string,
  fields: Partial<FieldsOf[K]> = {},
  modifiedAt = '2026-01-01T00:00:00.000Z',
): CrmRecord<K> & AnyRecord {
  const built = { object, id, connectionId: 'c1', modifiedAt, fields: { ...EMPTY[object], ...fields }, custom: {} };
  return built as CrmRecord<K> & AnyRecord;
}
