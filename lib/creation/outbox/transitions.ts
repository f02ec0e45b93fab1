import type { CreateOutcome, ObjectionOutcome, UpdateOutcome } from '@/lib/connectors/creation-contract';
import { AppError } from '@/lib/shared/errors';
import { type Done, isUndoable, type OutboxEntry, type Way } from './entry';
import { createdAfter, isFinal, retryAt } from './failures';

/** So long after a lost answer the CRM may still be at work on the request: that nothing is there counts only later. */
export const SETTLED_MS = 90_000;
/** So many lost answers in a row are no accident: a person looks. */
export const MOST_LOST = 3;

export type OutboxEvent =
  /** The call is about to be made. */
  | { kind: 'begun' }
  | { kind: 'answered'; outcome: CreateOutcome }
  | { kind: 'failed'; error: AppError }
  /** Records in the CRM that can be this one and are no other entry's, the oldest first. */
  | { kind: 'looked'; ids: string[] }
  | { kind: 'look-failed'; error: AppError }
  | { kind: 'updated'; outcome: UpdateOutcome }
  | { kind: 'update-failed'; error: AppError }
  | { kind: 'objected'; outcome: ObjectionOutcome }
  | { kind: 'used' }
  | { kind: 'no-basis'; reasons: string[] }
  /** The record that this one was to point to will never be there. */
  | { kind: 'no-link' }
  /** There is no network; nothing was sent. */
  | { kind: 'offline' }
  | { kind: 'undo' }
  | { kind: 'removed'; gone: boolean }
  | { kind: 'remove-failed'; error: AppError }
  /** The user wants it tried again, in this way. */
  | { kind: 'retry'; way: Way };

type State<K extends OutboxEntry['state']['kind']> = Extract<OutboxEntry['state'], { kind: K }>;

const triesOf = ({ state }: OutboxEntry) => (state.kind === 'waiting' || state.kind === 'undoing' ? state.tries : 0);

function waiting(entry: OutboxEntry, error: AppError, now: number): State<'waiting'> {
  const tries = triesOf(entry);
  return { kind: 'waiting', why: error.code, until: retryAt(error, tries, now), tries: tries + 1 };
}

function done(how: Done['how'], id: string, now: number, taskIds: string[] = []): Done {
  return { kind: 'done', id, taskIds, how, at: now, undoable: true };
}

function afterAnswer(entry: OutboxEntry, outcome: CreateOutcome, now: number): OutboxEntry {
  const known = { ...entry, open: null, attempts: 0 };
  if (outcome.kind === 'created') return { ...known, state: done('created', outcome.id, now, outcome.taskIds) };
  if (outcome.kind === 'invalid') {
    const { fieldErrors, formErrors } = outcome;
    return { ...known, state: { kind: 'invalid', fieldErrors, formErrors } };
  }
  const { message, allowSave, matches } = outcome;
  return { ...known, state: { kind: 'duplicates', message, allowSave, matches } };
}

function afterFailure(entry: OutboxEntry, error: AppError, now: number): OutboxEntry {
  if (createdAfter(error.code) === 'no') {
    const state = isFinal(error.code) ? ({ kind: 'refused', why: error.code } as const) : waiting(entry, error, now);
    return { ...entry, open: null, attempts: 0, state };
  }
  // At once, since most of what was lost on the way back is there; the look itself waits when it has to.
  const open = entry.open && { ...entry.open, last: now };
  return { ...entry, open, state: { kind: 'waiting', why: error.code, until: now, tries: triesOf(entry) } };
}

function afterLook(entry: OutboxEntry, ids: readonly string[], now: number): OutboxEntry {
  const [id] = ids;
  if (id !== undefined) return { ...entry, open: null, attempts: 0, state: done('created', id, now) };
  const settledAt = (entry.open?.last ?? 0) + SETTLED_MS;
  if (now < settledAt) return { ...entry, state: { kind: 'waiting', why: 'create.unclear', until: settledAt, tries: 0 } };
  if (entry.attempts >= MOST_LOST) return { ...entry, state: { kind: 'unclear', why: null } };
  return { ...entry, open: null, state: { kind: 'queued' } };
}

function afterLookFailed(entry: OutboxEntry, error: AppError, now: number): OutboxEntry {
  return { ...entry, state: isFinal(error.code) ? { kind: 'unclear', why: error.code } : waiting(entry, error, now) };
}

function afterUpdate(entry: OutboxEntry, outcome: UpdateOutcome, now: number): OutboxEntry {
  const { way } = entry;
  if (way.kind !== 'update') return entry;
  if (outcome.kind === 'invalid') {
    const { fieldErrors, formErrors } = outcome;
    return { ...entry, state: { kind: 'invalid', fieldErrors, formErrors } };
  }
  if (outcome.kind === 'gone') return { ...entry, state: { kind: 'refused', why: 'record.missing' } };
  // What it holds already is what was to be written: an answer to the same request was lost before.
  const isOurs = outcome.kind === 'conflict' && Object.entries(way.values).every(([name, to]) => outcome.current[name] === to);
  if (outcome.kind === 'updated' || isOurs) return { ...entry, state: done('updated', way.id, now) };
  return { ...entry, state: { kind: 'conflict', current: outcome.current, modifiedAt: outcome.modifiedAt } };
}

function afterObjection(entry: OutboxEntry, outcome: ObjectionOutcome, now: number): OutboxEntry {
  const { way } = entry;
  if (way.kind !== 'objection') return entry;
  if (outcome.kind === 'noted') {
    const { missing } = outcome;
    return { ...entry, state: missing.length > 0 ? { kind: 'no-place', missing } : done('updated', way.id, now) };
  }
  return { ...entry, state: outcome.kind === 'gone' ? { kind: 'refused', why: 'record.missing' } : outcome };
}

/** A change may be sent twice, so that a lost answer is tried again like any other failure. */
function afterUpdateFailed(entry: OutboxEntry, error: AppError, now: number): OutboxEntry {
  return { ...entry, state: isFinal(error.code) ? { kind: 'refused', why: error.code } : waiting(entry, error, now) };
}

function afterRemoval(entry: OutboxEntry, state: State<'undoing'>, gone: boolean, now: number): OutboxEntry {
  return { ...entry, state: gone ? { kind: 'undone', at: now } : { ...state.of, undoable: false } };
}

function afterRemoveFailed(entry: OutboxEntry, state: State<'undoing'>, error: AppError, now: number): OutboxEntry {
  if (isFinal(error.code)) return { ...entry, state: { ...state.of, undoable: false } };
  const { why, until, tries } = waiting(entry, error, now);
  return { ...entry, state: { ...state, why, until, tries } };
}

const MAY_RETRY = new Set<OutboxEntry['state']['kind']>([
  'queued',
  'waiting',
  'unclear',
  'duplicates',
  'invalid',
  'conflict',
  'basis',
  'refused',
  'no-place',
]);

function retried(entry: OutboxEntry, way: Way, now: number): OutboxEntry | null {
  if (entry.state.kind === 'undoing') return { ...entry, state: { ...entry.state, until: now } };
  // While the record may be there nothing else is done than looking for it.
  if (!MAY_RETRY.has(entry.state.kind) || (entry.open !== null && way.kind !== 'create')) return null;
  // Where Sidelight cannot look, the user has; everywhere else the look comes first all the same.
  const isLooked = entry.state.kind === 'unclear' && entry.state.why !== null;
  return { ...entry, open: isLooked ? null : entry.open, attempts: 0, way, state: { kind: 'queued' } };
}

const isGoing = ({ state }: OutboxEntry) => state.kind === 'queued' || state.kind === 'waiting';

function begun(entry: OutboxEntry, now: number): OutboxEntry | null {
  // Nothing is sent while an earlier attempt may have arrived.
  if (entry.open !== null || !isGoing(entry)) return null;
  return { ...entry, open: { since: now, last: now }, attempts: entry.attempts + 1, state: { kind: 'sending' } };
}

/** What the CRM says to an attempt, or where it is looked for. */
function ofAttempt(entry: OutboxEntry, event: OutboxEvent, now: number): OutboxEntry | null {
  const isSending = entry.state.kind === 'sending';
  if (event.kind === 'answered') return isSending ? afterAnswer(entry, event.outcome, now) : null;
  if (event.kind === 'failed') return isSending ? afterFailure(entry, event.error, now) : null;
  if (event.kind === 'looked') return entry.open ? afterLook(entry, event.ids, now) : null;
  if (event.kind === 'look-failed') return entry.open ? afterLookFailed(entry, event.error, now) : null;
  return null;
}

/** What comes of an entry whose turn it is, without an attempt to create it. */
function ofTurn(entry: OutboxEntry, event: OutboxEvent, now: number): OutboxEntry | null {
  const { way } = entry;
  if (event.kind === 'updated') return way.kind === 'update' ? afterUpdate(entry, event.outcome, now) : null;
  if (event.kind === 'objected') return way.kind === 'objection' ? afterObjection(entry, event.outcome, now) : null;
  if (event.kind === 'update-failed')
    return way.kind === 'update' || way.kind === 'objection' ? afterUpdateFailed(entry, event.error, now) : null;
  if (event.kind === 'used') return way.kind === 'use' ? { ...entry, state: done('used', way.id, now) } : null;
  if (event.kind === 'no-basis') return { ...entry, state: { kind: 'basis', reasons: event.reasons } };
  if (event.kind === 'no-link') return { ...entry, state: { kind: 'refused', why: 'record.missing' } };
  return event.kind === 'offline' ? { ...entry, state: waiting(entry, new AppError('crm.offline'), now) } : null;
}

function ofUndo(entry: OutboxEntry, event: OutboxEvent, now: number): OutboxEntry | null {
  const { state } = entry;
  if (event.kind === 'undo') {
    if (state.kind !== 'done' || !isUndoable(entry, now)) return null;
    return { ...entry, state: { kind: 'undoing', of: state, why: null, until: now, tries: 0 } };
  }
  if (state.kind !== 'undoing') return null;
  if (event.kind === 'removed') return afterRemoval(entry, state, event.gone, now);
  return event.kind === 'remove-failed' ? afterRemoveFailed(entry, state, event.error, now) : null;
}

/**
 * The entry after `event` at `now` (ms), or null when the event cannot happen in its state. Pure; the one place that knows what
 * follows what. Every state but `sending` holds for as long as nobody does anything, so that a kill between two of them loses nothing.
 */
export function next(entry: OutboxEntry, event: OutboxEvent, now: number): OutboxEntry | null {
  if (event.kind === 'begun') return begun(entry, now);
  if (event.kind === 'retry') return retried(entry, event.way, now);
  return ofAttempt(entry, event, now) ?? (isGoing(entry) ? ofTurn(entry, event, now) : null) ?? ofUndo(entry, event, now);
}
