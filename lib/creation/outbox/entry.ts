import type { CreatableObject, CreateValues, FoundDuplicate, NewRecords, ObjectionGap } from '@/lib/connectors/creation-contract';
import type { ErrorCode } from '@/lib/shared/errors';
import type { OutboxStateName } from '@/lib/shared/outbox-states';

/** What was typed, as it was typed: with it an entry can be made a draft again. */
export interface Typed {
  recordTypeId: string | null;
  values: Record<string, string>;
  /** What records are called that were chosen for reference fields. */
  labels: Record<string, string>;
  basis: unknown;
  source: { url: string } | null;
  assign: boolean;
  followUp: { entryId: string; field: string } | null;
}

/** What is to be done in the CRM. */
export type Way =
  | { kind: 'create'; allowDuplicate: boolean }
  /** Nothing is sent: the user has found the record that was meant. */
  | { kind: 'use'; id: string }
  /** `readAt`: what the user saw of the record is from then; null changes it whatever it holds. */
  | { kind: 'update'; id: string; values: CreateValues; readAt: string | null }
  /**
   * The person whose record this is objects to being contacted: the CRM's own flags. `noted`: all that follows from it is done here. Until
   * then it is done again before the CRM is told; from then on whoever is not on the list any more has taken it back.
   */
  | { kind: 'objection'; id: string; noted?: boolean };

/** Attempts to create the record whose outcome is not known. As long as there are any, nothing is sent before it is looked for. */
interface OpenAttempts {
  /** When the first of them began (ms). */
  since: number;
  /** When the last one began or was given up. */
  last: number;
}

export interface Done {
  kind: 'done';
  id: string;
  taskIds: string[];
  how: 'created' | 'used' | 'updated';
  at: number;
  /** False once the CRM has refused to delete it. */
  undoable: boolean;
}

export type EntryState =
  | { kind: 'queued' }
  /** Sealed before the call: an entry that is found so by a later run is one whose worker died. */
  | { kind: 'sending' }
  /** Goes on at `until` (ms); null: when something happens that may help, such as a login or the network. */
  | { kind: 'waiting'; why: ErrorCode | null; until: number | null; tries: number }
  | { kind: 'unclear'; why: ErrorCode | null }
  | { kind: 'duplicates'; message: string | null; allowSave: boolean; matches: FoundDuplicate[] }
  | { kind: 'invalid'; fieldErrors: Record<string, string>; formErrors: string[] }
  | { kind: 'conflict'; current: CreateValues; modifiedAt: string }
  | { kind: 'basis'; reasons: string[] }
  | { kind: 'refused'; why: ErrorCode }
  /** The CRM has no place for these flags, or none that this user may fill: they are told what to do there. */
  | { kind: 'no-place'; missing: ObjectionGap[] }
  | Done
  | { kind: 'undoing'; of: Done; why: ErrorCode | null; until: number | null; tries: number }
  | { kind: 'undone'; at: number };

/** The name by which a state is told where nothing else of it may be. Each state has one, or this does not compile. */
export const stateName = ({ kind }: EntryState): OutboxStateName => kind;

/** One record on its way to the CRM, as it lies sealed. */
export interface OutboxEntry {
  /** The draft's own id: a form that is sent twice is one entry. */
  id: string;
  object: CreatableObject;
  /** The record's name as far as it was typed. */
  label: string;
  sealedAt: number;
  /** Null once the record is there and cannot be taken back any more: nothing is kept longer than it is needed. */
  typed: Typed | null;
  records: NewRecords | null;
  way: Way;
  open: OpenAttempts | null;
  /** How often it was sent since the CRM has last answered. */
  attempts: number;
  state: EntryState;
}

export const UNDO_MS = 60_000;

/** Whether the record can still be taken back at `now`. */
export function isUndoable({ state }: OutboxEntry, now: number): boolean {
  return state.kind === 'done' && state.how === 'created' && state.undoable && now - state.at < UNDO_MS;
}
