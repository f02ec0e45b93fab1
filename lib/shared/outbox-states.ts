/** How an entry of the outbox stands. Here, since the diagnostics report names them and knows nothing else of creating. */
export const OUTBOX_STATES = [
  'queued',
  'sending',
  'waiting',
  'unclear',
  'duplicates',
  'invalid',
  'conflict',
  'basis',
  'refused',
  'no-place',
  'done',
  'undoing',
  'undone',
] as const;

export type OutboxStateName = (typeof OUTBOX_STATES)[number];
