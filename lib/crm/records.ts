/**
 * The domain model: the same names in every CRM. A connector parses its raw answers into these shapes; everything
 * behind it knows nothing else. Times are ISO 8601 in UTC (`2026-05-01T07:25:37.000Z`), dates are `2026-05-01`.
 */
export const OBJECTS = ['user', 'account', 'contact', 'lead', 'opportunity', 'task'] as const;
export type ObjectKind = (typeof OBJECTS)[number];

/** A record's value. Anything else a CRM may send is turned into one of these or dropped by its mapper. */
export type FieldValue = string | number | boolean | null;

export interface AccountFields {
  name: string;
  website: string | null;
  industry: string | null;
  type: string | null;
  phone: string | null;
  city: string | null;
  country: string | null;
  ownerId: string | null;
  parentId: string | null;
  currency: string | null;
  lastActivityOn: string | null;
}

export interface ContactFields {
  accountId: string | null;
  name: string;
  title: string | null;
  department: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  ownerId: string | null;
  doNotCall: boolean;
  emailOptOut: boolean;
  lastActivityOn: string | null;
}

export interface LeadFields {
  name: string;
  company: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  website: string | null;
  status: string | null;
  ownerId: string | null;
  converted: boolean;
  doNotCall: boolean;
  emailOptOut: boolean;
}

interface OpportunityFields {
  accountId: string | null;
  name: string;
  stage: string | null;
  amount: number | null;
  currency: string | null;
  closeOn: string | null;
  probability: number | null;
  closed: boolean;
  won: boolean;
  ownerId: string | null;
}

interface TaskFields {
  accountId: string | null;
  whoId: string | null;
  whatId: string | null;
  subject: string | null;
  status: string | null;
  priority: string | null;
  dueOn: string | null;
  closed: boolean;
  ownerId: string | null;
}

interface UserFields {
  name: string;
  active: boolean;
}

export interface FieldsOf {
  user: UserFields;
  account: AccountFields;
  contact: ContactFields;
  lead: LeadFields;
  opportunity: OpportunityFields;
  task: TaskFields;
}

/** One record of one connection. `modifiedAt` is the CRM's own change stamp; `custom` holds selected custom fields. */
export interface CrmRecord<K extends ObjectKind = ObjectKind> {
  object: K;
  id: string;
  connectionId: string;
  modifiedAt: string;
  fields: FieldsOf[K];
  custom: Record<string, FieldValue>;
}

/** Any record, as a union that narrows on `object`. */
export type AnyRecord = { [K in ObjectKind]: CrmRecord<K> }[ObjectKind];
