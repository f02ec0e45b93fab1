import type { Checkpoint, Want } from '../connector';
import { joined } from './scope';

const FLAGS = ['HasOptedOutOfEmail', 'DoNotCall'];

/** The scope of a copy, which names what is left out for every day, with the day as the copy drops it today. Pure. */
export function scopeToday(
  want: Pick<Want, 'object' | 'leftOut'>,
  { scope, fields }: Pick<Checkpoint, 'scope' | 'fields'>,
): string {
  const { now, always } = leftOutConditions(want, fields);
  return always === '' ? scope : scope.replace(always, () => now);
}

/**
 * Conditions that keep what is left out from being asked for: `now` with the day as it is today, so that it is exactly what the copy drops,
 * `always` with a date literal that means the same and is the same tomorrow. `fields` are those that this user may see. Pure.
 */
export function leftOutConditions(
  { object, leftOut }: Pick<Want, 'object' | 'leftOut'>,
  fields: readonly string[],
): { now: string; always: string } {
  const both = (condition: string) => ({ now: condition, always: condition });
  if (object === 'contact' || object === 'lead') {
    return both(leftOut?.optedOut ? joined(FLAGS.filter((flag) => fields.includes(flag)).map((flag) => `${flag} = false`)) : '');
  }
  const { closedBefore = null, closedTaskDays = null } = leftOut ?? {};
  if (object !== 'task' || closedBefore === null || closedTaskDays === null) return both('');
  const since = (moment: string) => `(IsClosed = false OR SystemModstamp >= ${moment})`;
  return { now: since(closedBefore), always: since(`LAST_N_DAYS:${closedTaskDays}`) };
}
