/** What views ask about records on their way to the CRM: the outbox, drafts, and records that are there already. */
import type { CreatableObject, ObjectionGap } from '@/lib/connectors/creation-contract';
import type { CrmKind } from '@/lib/crm/crm-kind';
import type { ErrorCode } from '@/lib/shared/errors';

/** What is typed into a form, as it was typed. There is one draft for each connection and object. */
export interface FormDraft {
  /** The form's own id: sent once, it names the entry of the outbox, so that a second click never sends a second record. */
  draftId: string;
  connectionId: string;
  object: CreatableObject;
  recordTypeId: string | null;
  /** By the CRM's own field names. */
  values: Record<string, string>;
  /** What the records are called that were chosen for reference fields, by field name; for the form alone. */
  labels?: Record<string, string> | undefined;
  /** The legal basis as far as it is filled in; null for what is no person. Checked when it is sent, not before. */
  basis: unknown;
  /** The page that the form was opened for, as the user sees it. */
  source: { url: string } | null;
  assign: boolean;
  /** The record of another entry that this one is to point to, in this field, once it is there. */
  followUp?: { entryId: string; field: string } | null | undefined;
}

/** What is to become of a record that may be there already. `ask`: look, and ask when something is found. */
export type DuplicateChoice = 'ask' | 'create' | { use: string } | { update: string };

export type DuplicateReason = 'email' | 'name' | 'domain' | 'phone';

/** A record that may be the one that is about to be created, field by field beside what was typed. */
export interface DuplicateView {
  id: string;
  /** The CRM's own object name, for those that are none of ours too. */
  object: string;
  kind: CreatableObject | null;
  name: string | null;
  url: string;
  /** A person who wants neither calls nor e-mail; absent for everybody else. */
  objected?: true;
  /** What is the same; empty when only the CRM knows. */
  why: DuplicateReason[];
  fields: { label: string; typed: string | null; held: string | null }[];
  /** True when what was typed can be written into it. */
  updatable: boolean;
}

/** What only the user can answer about an entry. */
export type OutboxNeed =
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  /** `allowCreate`: the CRM's rule lets it be created all the same. `message` is what the CRM says. */
  | { kind: 'duplicates'; message: string | null; allowCreate: boolean; matches: DuplicateView[] }
  /** The record that was to be changed has been changed in the CRM meanwhile. */
  | { kind: 'conflict'; fields: { label: string; typed: string | null; held: string | null }[] }
  /** What speaks against the legal basis, in words. */
  | { kind: 'basis'; reasons: string[] }
  | { kind: 'refused'; code: ErrorCode }
  /** An objection that could not be written into the CRM, or not all of it: what is left to do there, at `url`. `reasons` and `code` are why. */
  | { kind: 'objection'; crm: CrmKind; url: string; missing: ObjectionGap[]; reasons: string[]; code: ErrorCode | null };

/**
 * `unclear`: whether the CRM has the record could not be found out, the user looks. `checking`: it is being found out.
 * `waiting`: goes on by itself.
 */
type OutboxState = 'sending' | 'checking' | 'waiting' | 'unclear' | 'needs-you' | 'created' | 'undoing' | 'undone';

export type OutboxAction = 'edit' | 'retry' | 'drop' | 'undo';

/** How a record came out. */
export interface OutboxResult {
  id: string;
  url: string;
  how: 'created' | 'used' | 'updated';
  /** ISO; until then it can be taken back. Null when it cannot. */
  undoUntil: string | null;
}

/** One record on its way. Times are ISO. */
export interface OutboxEntryView {
  id: string;
  connectionId: string;
  crmLabel: string;
  object: CreatableObject;
  /** The record's name as far as it was typed. */
  label: string;
  at: string;
  state: OutboxState;
  /** Why it waits or is unclear; null when it only waits for its turn. */
  why: ErrorCode | null;
  /** When it is tried again, when that is known. */
  until: string | null;
  needs: OutboxNeed | null;
  result: OutboxResult | null;
  /** What the user may do with it now. */
  can: OutboxAction[];
}

export interface OutboxRequests {
  /**
   * Checks, seals and sends a record. Comes back when it is known what became of it, or why it has to wait; whoever closes the
   * view finds it in `outbox.list`. What cannot be sent as it is (`needs-you`, `invalid`) costs no call.
   */
  'outbox.send': { in: FormDraft & { duplicates: DuplicateChoice }; out: OutboxEntryView };
  /** Entries of all connections, the newest first. */
  'outbox.list': { in: Record<never, never>; out: OutboxEntryView[] };
  /** How records are called that are not in the CRM for certain, the oldest first: what a disconnect would lose. */
  'outbox.unsent': { in: { connectionId: string }; out: string[] };
  /** Tries again at once, or does what the user has chosen. @throws `outbox.missing`, `outbox.under-way` */
  'outbox.retry': { in: { connectionId: string; id: string; duplicates: DuplicateChoice }; out: OutboxEntryView };
  /** Makes it a draft again, which the form then loads. @throws `outbox.missing`, `outbox.under-way` */
  'outbox.edit': { in: { connectionId: string; id: string }; out: FormDraft };
  /** Takes it off the list; in the CRM nothing changes. @throws `outbox.under-way` */
  'outbox.drop': { in: { connectionId: string; id: string }; out: null };
  /** Deletes in the CRM what was created less than a minute ago. @throws `outbox.missing`, `outbox.too-late` */
  'outbox.undo': { in: { connectionId: string; id: string }; out: OutboxEntryView };
  /** Begins a new list in the place of each that was damaged. */
  'outbox.reset': { in: Record<never, never>; out: null };
  'draft.save': { in: FormDraft; out: null };
  'draft.load': { in: { connectionId: string; object: CreatableObject }; out: FormDraft | null };
  'draft.drop': { in: { connectionId: string; object: CreatableObject }; out: null };
  /** Records in the copy that may be the one that is typed: same e-mail, same name at the same domain, same phone. No call. */
  'creation.duplicates': {
    in: { connectionId: string; object: CreatableObject; values: Record<string, string> };
    out: DuplicateView[];
  };
}

export interface OutboxEvents {
  /** Something about an entry is another one; a view asks again. */
  'outbox.changed': { connectionId: string };
}
