/** What is written down. `calls`: nothing but that these hosts were called; `begun-anew`: the log before this was not what was written. */
export const ACTS = [
  'connected',
  'signed-in',
  'synced',
  'looked',
  'created',
  'changed',
  'taken-back',
  'exported',
  'handed-out',
  'erased',
  'let-in',
  'objected',
  'expired',
  'locked',
  'unlocked',
  'calls',
  'begun-anew',
] as const;
export type Act = (typeof ACTS)[number];

/** What was done with records: received from the CRM, gone from the copy, written to the CRM, given out as a file, erased with the person, marked as those of somebody who objects. */
export const DEEDS = ['received', 'deleted', 'created', 'changed', 'taken-back', 'exported', 'erased', 'objected'] as const;
export type RecordDeed = (typeof DEEDS)[number];
