/** Requests about one person: what is held of them, as a file, and erasing it. Types only; protocol.ts takes them in. */
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { OutboxEntryView } from './outbox-protocol';
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
  /** Neither to be called nor to be e-mailed, as the CRM has it or as it was noted here. */
  objected: boolean;
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

/** Lists of people, who are known by hashes alone. */
export type RightsList = 'erased' | 'objections';

interface OfPerson {
  connectionId: string;
  object: PersonObject;
  id: string;
}

export interface RightsRequests {
  /**
   * Reads every Contact and Lead, so it takes a moment in a large copy; another search ends it. At most 50 people; `more`: there are others.
   * @throws `person.unclear`, `person.overtaken`
   */
  'rights.find': { in: { text: string }; out: { people: FoundPerson[]; typed: FoundTyped[]; more: boolean } };
  /** The record, those with the same e-mail address, their Tasks and what was typed. @throws `record.missing` */
  'rights.export': { in: OfPerson; out: PersonFile };
  /**
   * Takes the same out of the copy and keeps it out; `namesakes`: also what was typed with the same name and nothing else of theirs. `left` is how
   * many such were left. The CRM is not changed. @throws `record.missing`, `outbox.under-way`, `erased.damaged`;
   * once more may be tried after any of them
   */
  'rights.erase': {
    in: OfPerson & { namesakes: boolean };
    out: { records: { object: PersonObject | 'task'; url: string }[]; typed: number; left: number };
  };
  /**
   * Notes that the person objects to being contacted (Art. 21): here at once and for good, and in the CRM by its own flags, through the outbox. Gives
   * where each of their records stands. What the CRM cannot take changes nothing of what holds here.
   * @throws `record.missing`, `outbox.damaged`, `outbox.full`, `objections.damaged`, `suppression.damaged`; once more may be tried after any of them
   */
  'rights.object': { in: OfPerson; out: { entries: OutboxEntryView[] } };
  /** How many people are on the lists of each connection; null: the list was damaged. */
  'rights.lists': {
    in: Record<never, never>;
    out: { connectionId: string; orgName: string; crmLabel: string; erased: number | null; objections: number | null }[];
  };
  /**
   * Takes a person off a list, by what the list knows them by, and starts a sync that brings their records as the CRM has them.
   * @throws `person.unclear`, `person.not-kept-out`, `person.several`, and of a list that is damaged
   */
  'rights.letIn': { in: { connectionId: string; list: RightsList; text: string }; out: null };
  /** Begins a list of a connection anew when it was damaged; one that can be read is left as it is. */
  'rights.reset': { in: { connectionId: string; list: RightsList }; out: null };
}
