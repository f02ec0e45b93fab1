/** What creating and changing records asks of a CRM, and what it answers. Types alone: a connector's folder implements them. */

export const CREATABLE_OBJECTS = ['lead', 'contact', 'account', 'opportunity', 'task'] as const;
export type CreatableObject = (typeof CREATABLE_OBJECTS)[number];

/** Objects that are people. */
export type PersonObject = Extract<CreatableObject, 'lead' | 'contact'>;

export type CreateValue = string | number | boolean | null;
/** Values by the CRM's own field names. */
export type CreateValues = Readonly<Record<string, CreateValue>>;

export type DescribedType =
  | 'text'
  | 'email'
  | 'phone'
  | 'url'
  | 'picklist'
  | 'multi-picklist'
  | 'reference'
  | 'checkbox'
  | 'textarea'
  | 'number'
  | 'date'
  | 'moment';

export interface PicklistOption {
  value: string;
  label: string;
  /** Of a dependent picklist: values of the controlling field that this one goes with; null when it goes with all. */
  validFor: readonly string[] | null;
}

/** A field as this user may fill it in. */
export interface DescribedField {
  name: string;
  label: string;
  /** The CRM's help text for it, or null. */
  help: string | null;
  type: DescribedType;
  required: boolean;
  /** In UTF-16 units; null when the CRM names none. */
  maxLength: number | null;
  /** Digits in front of and behind the point, of a number. */
  digits: { whole: number; fraction: number } | null;
  options: PicklistOption[];
  /** Values beyond `options` are refused by the CRM. */
  restricted: boolean;
  /** The field whose value decides which options there are, or null. */
  controller: string | null;
  /** Of a reference: the CRM's names of the objects it may point to. */
  references: readonly string[];
  defaultValue: string;
  /** May be changed after creation too. */
  updateable: boolean;
  /** True for the fields that stand in the short form of this CRM, whatever they are required or not. */
  short: boolean;
}

export interface RecordType {
  id: string;
  label: string;
  isDefault: boolean;
  /** Options by field, of picklists that hold other options with this record type. */
  options: Readonly<Record<string, readonly string[]>>;
}

export interface ObjectDescription {
  object: CreatableObject;
  fields: DescribedField[];
  /** Those this user may choose; empty when there is nothing to choose. */
  recordTypes: RecordType[];
  /** The field of the model's name by the CRM's: `{ email: 'Email', accountId: 'AccountId' }`. A field this user may not see is left out. */
  modelNames: Readonly<Record<string, string>>;
  /** True when this user may delete what he has created, so that it can be undone. */
  deletable: boolean;
  /** True when such a record can be converted by us; of Leads alone. */
  convertible: boolean;
  /** Where this CRM keeps the legal basis of such a record, beside or instead of its description; null for what is no person. */
  basisPlace: BasisPlace | null;
}

/** What a CRM has for the legal basis of a person. Its fields are in no form: what the user says of the basis fills them. */
export interface BasisPlace {
  /** The field that says which basis it is, and how it says each. */
  kind: { field: string; values: Readonly<Partial<Record<BasisToStore['kind'], string>>> } | null;
  /** The field that holds the words, when they all fit into it. */
  note: { field: string; maxLength: number } | null;
  day: { field: string; isMoment: boolean } | null;
  /** A record of its own for the human being, by the CRM's object name, and the field that points to it. */
  person: { object: string; field: string } | null;
}

/** A record to be created. `values` hold strings, numbers and flags as the CRM takes them. */
export interface NewRecord {
  object: CreatableObject;
  recordTypeId: string | null;
  values: CreateValues;
  /** The basis a person is kept on, for the CRM's own place for it; null for what is no person. */
  basis: BasisToStore | null;
}

/** The legal basis of a person, as words and as data. */
export interface BasisToStore {
  kind: 'consent' | 'contract' | 'legitimate-interest' | 'legal-obligation';
  /** The marked block for a description, in the user's language. */
  note: string;
  /** ISO day. */
  recordedOn: string;
  /** As the description named it; null: below the record's description, which every CRM has. */
  place: BasisPlace | null;
}

/** Records that are created together or not at all: the first is the one the user has asked for, others belong to it. */
export interface NewRecords {
  record: NewRecord;
  /** Tasks that point to the new record (`WhoId` or `WhatId` is filled in by the connector). */
  tasks: CreateValues[];
}

export interface CreateOptions {
  /** Create although a duplicate rule that allows it has found something. */
  allowDuplicate: boolean;
  /** Let the CRM's assignment rules choose the owner. */
  assign: boolean;
}

export interface FoundDuplicate {
  /** The CRM's object name, and the model's when it is one of ours. */
  object: string;
  kind: CreatableObject | null;
  id: string;
  /** Fields the CRM has shown of it, by its names; empty when it showed none. */
  values: CreateValues;
}

export type CreateOutcome =
  | {
      kind: 'created';
      id: string;
      taskIds: string[] /** Same records that a resent request has made as well: to be removed. */;
      doubles: string[];
    }
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  | { kind: 'duplicates'; message: string; allowSave: boolean; matches: FoundDuplicate[] };

export type UpdateOutcome =
  | { kind: 'updated' }
  /** The CRM's record was changed since it was read: `current` is what it holds in the fields that were to be changed. */
  | { kind: 'conflict'; current: CreateValues; modifiedAt: string }
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  | { kind: 'gone' };

/** What of an objection a CRM has no place for, or none that this user may fill: in the record, or in the human being's own one beside it. */
export type ObjectionGap = 'call' | 'email' | 'individual';

export type ObjectionOutcome =
  /** The flags stand in the CRM, but for `missing`. */
  { kind: 'noted'; missing: ObjectionGap[] } | Exclude<UpdateOutcome, { kind: 'updated' | 'conflict' }>;

export interface LookUpHit {
  id: string;
  /** The CRM's object name. */
  object: string;
  label: string;
  detail: string | null;
}

/** The writing side of a connector. Every method: @throws AppError of the `crm.` and `auth.` groups. */
export interface RecordWriter {
  /** What a form is made of. At most two calls. @throws AppError `crm.forbidden` when this user may not create the object */
  describe(object: CreatableObject): Promise<ObjectDescription>;
  /** Records a reference field may point to, by the beginning of a word of the name. One call, and one more when the CRM holds things back. */
  lookUp(object: CreatableObject, field: string, text: string): Promise<LookUpHit[]>;
  /**
   * Creates all or nothing, in one request.
   * @throws AppError `create.unclear` when the answer was lost, so that nobody sends it again without `findCreated`
   */
  create(records: NewRecords, options: CreateOptions): Promise<CreateOutcome>;
  /**
   * After a lost answer: records with exactly these values that this user has created since `since` (the CRM's time less a
   * margin), the oldest first. One call. Empty: it was not created.
   */
  findCreated(record: NewRecord, since: string): Promise<string[]>;
  /** Changes a record if nobody has since `readAt` (its `modifiedAt`); null changes it anyway. */
  update(object: CreatableObject, id: string, values: CreateValues, readAt: string | null): Promise<UpdateOutcome>;
  /**
   * Writes into a person's record that they object to being contacted, by the CRM's own flags. It may be done twice. What the CRM has
   * no place for is said, and no reason to leave out the rest.
   */
  noteObjection(object: PersonObject, id: string): Promise<ObjectionOutcome>;
  /**
   * Deletes a record, and what was made along with a person for the basis. True: it is gone (now or before). False: this user may
   * not.
   */
  remove(object: CreatableObject, id: string): Promise<boolean>;
  /** Turns a Lead into a Contact of an Account (an existing one, or a new one). */
  convertLead(
    id: string,
    into: { accountId: string | null },
  ): Promise<{ accountId: string; contactId: string } | { invalid: string }>;
}
