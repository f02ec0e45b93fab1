/** Requests about one person: what is held of them, as a file, and erasing it. Types only; protocol.ts takes them in. */
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { FieldValue } from '@/lib/crm/records';

export type PersonObject = 'contact' | 'lead';

/** One Contact or Lead that is the person who is looked for. */
export interface FoundPerson {
  connectionId: string;
  crm: CrmKind;
  crmLabel: string;
  orgName: string;
  object: PersonObject;
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
  company: string | null;
  /** The record in the CRM. */
  url: string;
}

/** A draft, or a record on its way to the CRM, in which the person is named. */
export interface FoundTyped {
  connectionId: string;
  where: 'outbox' | 'draft';
  label: string;
}

/** Everything that is held of one person in one connection. */
export interface PersonFile {
  crm: string;
  organisation: string;
  /** Contacts, Leads and Tasks, as the copy has them. */
  records: {
    object: PersonObject | 'task';
    id: string;
    url: string;
    modifiedAt: string;
    fields: Record<string, FieldValue>;
    custom: Record<string, FieldValue>;
  }[];
  /** What was typed into forms and names the person. */
  typed: { where: 'outbox' | 'draft'; content: unknown }[];
}

interface OfPerson {
  connectionId: string;
  object: PersonObject;
  id: string;
}

export interface RightsRequests {
  /**
   * Reads every Contact and Lead, so it takes a moment in a large copy; another search ends it. At most 50 people; `more`: there are others.
   * @throws `person.unclear`
   */
  'rights.find': { in: { text: string }; out: { people: FoundPerson[]; typed: FoundTyped[]; more: boolean } };
  /** The record, those with the same e-mail address, their Tasks and what was typed. @throws `record.missing` */
  'rights.export': { in: OfPerson; out: PersonFile };
  /**
   * Takes the same out of the copy and keeps it out. The CRM is not changed. @throws `record.missing`, `outbox.under-way`, `erased.damaged`;
   * once more may be tried after any of them
   */
  'rights.erase': { in: OfPerson; out: { records: { object: PersonObject | 'task'; url: string }[]; typed: number } };
  /** How many people each connection keeps out; null: its list was damaged. */
  'rights.erased': {
    in: Record<never, never>;
    out: { connectionId: string; orgName: string; crmLabel: string; people: number | null }[];
  };
  /** Begins the list of a connection anew when it was damaged; one that can be read is left as it is. */
  'rights.reset': { in: { connectionId: string }; out: null };
}
