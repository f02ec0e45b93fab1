import type { OutboxEntry } from './entry';

/** What is to be done next for an entry. */
export type Step = 'look' | 'send' | 'update' | 'objection' | 'use' | 'remove' | 'no-link';

/** The id that a follow-up is to point to; `waits` while it is not known yet, `never` when it cannot come any more. */
type Link = { id: string; field: string } | 'none' | 'waits' | 'never';

/** What `entry` is to point to, of the entries there are. An entry that was taken off the list took its link along. */
export function linkOf(entry: OutboxEntry, all: readonly OutboxEntry[]): Link {
  const followUp = entry.typed?.followUp ?? null;
  if (followUp === null) return 'none';
  const first = all.find(({ id }) => id === followUp.entryId);
  if (!first || first.state.kind === 'undone') return 'never';
  return first.state.kind === 'done' ? { id: first.state.id, field: followUp.field } : 'waits';
}

const isDue = (until: number | null, now: number) => until !== null && until <= now;

/**
 * The step that is due for `entry` at `now` (ms), or null. Only for whoever holds the lease: an entry that is being sent without
 * a sender is one whose sender has died.
 */
export function stepOf(entry: OutboxEntry, all: readonly OutboxEntry[], now: number): Step | null {
  const { state, way, open } = entry;
  if (state.kind === 'undoing') return isDue(state.until, now) ? 'remove' : null;
  if (state.kind === 'sending') return 'look';
  if (state.kind !== 'queued' && !(state.kind === 'waiting' && isDue(state.until, now))) return null;
  if (open !== null) return 'look';
  if (way.kind !== 'create') return way.kind;
  const link = linkOf(entry, all);
  if (link === 'waits') return null;
  return link === 'never' ? 'no-link' : 'send';
}

/** When there is something to be done next (ms), 0 for now; null when nothing goes on by itself. */
export function nextDue(all: readonly OutboxEntry[], now: number): number | null {
  const times = all.flatMap((entry) => {
    const { state } = entry;
    if ((state.kind === 'waiting' || state.kind === 'undoing') && state.until !== null && state.until > now) return [state.until];
    return stepOf(entry, all, now) === null ? [] : [0];
  });
  return times.length === 0 ? null : Math.min(...times);
}

/** The entries at a moment at which a login or the network may have come back: what has waited for it is due. Pure. */
export function roused(all: readonly OutboxEntry[], now: number): OutboxEntry[] {
  return all.map((entry): OutboxEntry => {
    const { state } = entry;
    if (state.kind !== 'waiting' && state.kind !== 'undoing') return entry;
    return state.until === null || state.why === 'crm.offline' ? { ...entry, state: { ...state, until: now } } : entry;
  });
}

/** Long enough to see what has become of it; the ids are needed to tell one's own records apart. */
const DONE_KEPT_MS = 60 * 60_000;
const UNDONE_KEPT_MS = 24 * 60 * 60_000;
/** A look reaches back a little before its attempt, since the CRM's clock is another one. */
const MARGIN_MS = 15 * 60_000;

/** The entries without what is not needed any more at `now`: old ones go, and of what is in the CRM the typed text. Pure. */
export function pruned(all: readonly OutboxEntry[], now: number, undoMs: number): OutboxEntry[] {
  const looksBackTo = Math.min(...all.map(({ open }) => (open ? open.since - MARGIN_MS : Number.POSITIVE_INFINITY)));
  return all.flatMap((entry) => {
    const { state } = entry;
    if (state.kind === 'undone') return now - state.at < UNDONE_KEPT_MS ? [entry] : [];
    if (state.kind !== 'done') return [entry];
    if (now - state.at < undoMs) return [entry];
    if (now - state.at >= DONE_KEPT_MS && state.at < looksBackTo) return [];
    return [entry.typed === null && entry.records === null ? entry : { ...entry, typed: null, records: null }];
  });
}
