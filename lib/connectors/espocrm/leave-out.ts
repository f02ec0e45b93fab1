import { leavesOut } from '@/lib/crm/leave-out';
import type { Want } from '../connector';
import { TASK_OVER } from './mappers';
import { espoTime, type Where } from './queries';

const FLAGS = ['doNotCall', 'emailAddressIsOptedOut'];

/** Conditions that keep what is left out from being asked for, as far as this user may see what they name. Pure. */
export function leftOutWhere({ object, leftOut }: Pick<Want, 'object' | 'leftOut'>, visible: ReadonlySet<string>): Where[] {
  if (!leftOut || !leavesOut(object, leftOut)) return [];
  if (object !== 'task') return FLAGS.filter((flag) => visible.has(flag)).map((attribute) => ({ type: 'isFalse', attribute }));
  if (!visible.has('status') || leftOut.closedBefore === null) return [];
  const either: Where[] = [
    { type: 'notIn', attribute: 'status', value: [...TASK_OVER] },
    { type: 'isNull', attribute: 'status' },
    { type: 'greaterThanOrEquals', attribute: 'modifiedAt', value: espoTime(leftOut.closedBefore) },
  ];
  return [{ type: 'or', value: either }];
}

/** What was left out, in words that stay the same from day to day; null when that is nothing. Pure. */
export function leftOutMark({ object, leftOut }: Pick<Want, 'object' | 'leftOut'>): string | null {
  if (!leftOut || !leavesOut(object, leftOut)) return null;
  return object === 'task' ? `closed ${leftOut.closedTaskDays}` : 'opted out';
}
