/** The part of the protocol that is about forms for new records, and small changes of records that are there. Plain types only. */
import type { CreatableObject, DescribedField, LookUpHit, RecordType } from '@/lib/connectors/creation-contract';
import type { PageSite } from '@/lib/prefill/own-host';
import type { PageText } from '@/lib/prefill/page-text';
import type { SuggestionSource } from '@/lib/prefill/suggestion';
import type { BasisOffer } from '@/lib/shared/person-basis';
import type { Site } from './site-protocol';

export type { CreatableObject, LookUpHit, RecordType };

/** A field of a form, from the CRM's own description of the object. */
export interface RecordFormField extends Omit<DescribedField, 'defaultValue' | 'short' | 'updateable'> {
  /** As it would be typed, in the user's way of writing numbers. */
  value: string;
  /** Where a prefilled value came from; null when it is empty, a default of the CRM, or what the form was opened for. */
  source: SuggestionSource | null;
}

/** A record that a new one belongs to: the Account of the site, or what was just created. */
export interface FormLink {
  kind: CreatableObject;
  id: string;
}

export interface RecordForm {
  connectionId: string;
  crmLabel: string;
  orgName: string;
  object: CreatableObject;
  site: Site | null;
  /** Those of the short form first, in their order. */
  fields: RecordFormField[];
  short: string[];
  /** Empty when there is nothing to choose. */
  recordTypes: RecordType[];
  /** Names of fields by the model's: `{ lastName: 'LastName' }`. */
  names: Record<string, string>;
  /** Of references that the form comes with: what the record is called, by field name. */
  labels: Record<string, string>;
  /** The CRM's rules may choose the owner of such a record. */
  mayAssign: boolean;
  /** It can be converted once it is there, without going to the CRM. */
  convertible: boolean;
  /** What can be chosen as the legal basis; null for what is no person. */
  basis: BasisOffer | null;
  /** Of Tasks: the status of one that is done. */
  doneStatus: string | null;
}

/** What a form is filled from, unjudged: see lib/prefill. */
export interface Prefill {
  site: PageSite | null;
  /** Null: it was not read, or gave nothing that was asked for. */
  page: PageText | null;
}

/** Fields that can be put into the short form. */
export interface FormChoice {
  fields: { name: string; label: string; required: boolean }[];
  /** Those that are in it, in their order. */
  short: string[];
  /** True when the user has chosen them. */
  isChosen: boolean;
}

export const CHANGEABLE = ['stage', 'closeOn', 'status', 'dueOn'] as const;
/** What can be changed without a form, by the model's name. */
export type Changeable = (typeof CHANGEABLE)[number];

/** A field that can be changed without a form, as this user may change it. */
export interface ChangeableField {
  model: Changeable;
  label: string;
  /** Empty for a date. */
  options: { value: string; label: string }[];
}

/** How a change of a record came out. Values as they are typed, by the model's name. */
export type ChangeResult =
  | { kind: 'changed'; before: Partial<Record<Changeable, string>> }
  /** Somebody has changed it meanwhile: what the CRM holds now. */
  | { kind: 'conflict'; current: Partial<Record<Changeable, string>>; changedAt: string }
  | { kind: 'invalid'; reasons: string[] }
  | { kind: 'gone' };

/** What a form is opened for. */
interface FormWish {
  connectionId: string | null;
  object: CreatableObject;
  tabId: number | null;
  text: string | null;
  link: FormLink | null;
}

export interface CreationRequests {
  /** Kinds of records of which there may be new ones. */
  'creation.objects': { in: Record<never, never>; out: CreatableObject[] };
  /** The form for a new record. No page is read for it. `connectionId` null: the first real connection. */
  'creation.form': { in: FormWish; out: RecordForm };
  /**
   * What the form is filled from: the page in front, which is read for this alone; not when somebody has marked or typed a text, nor
   * when it is opened for a `link` that is no Account. A request of its own, so that no form waits for a page.
   */
  'creation.prefill': { in: FormWish; out: Prefill };
  /** Records that a reference field may point to, by the beginning of a word. */
  'creation.lookUp': { in: { connectionId: string; object: CreatableObject; field: string; text: string }; out: LookUpHit[] };
  'creation.choice': { in: { connectionId: string; object: CreatableObject }; out: FormChoice };
  /** Null: the usual fields again. */
  'creation.choose': { in: { connectionId: string; object: CreatableObject; short: string[] | null }; out: null };
  /** What this user may change of such records without a form, and of Tasks the status of one that is done. */
  'creation.changeable': {
    in: { connectionId: string; object: 'opportunity' | 'task' };
    out: { fields: ChangeableField[]; doneStatus: string | null };
  };
  /** Changes a record that is in the copy. `force`: although somebody has changed it meanwhile. */
  'creation.change': {
    in: {
      connectionId: string;
      object: 'opportunity' | 'task';
      id: string;
      values: Partial<Record<Changeable, string>>;
      force: boolean;
    };
    out: ChangeResult;
  };
  /** Turns a Lead into a Contact, of an Account that is there or of a new one. */
  'creation.convert': {
    in: { connectionId: string; id: string; accountId: string | null };
    out: { kind: 'converted'; accountUrl: string; contactUrl: string } | { kind: 'invalid'; reason: string };
  };
}
